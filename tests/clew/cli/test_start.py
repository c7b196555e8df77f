"""What a command loads: the web is half of a start, and only who serves has need of it."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

COMMAND_AND_ITS_MODULES: Final = """
import sys
from minotaur.cli.main import app
try:
    app()
finally:
    print(sorted({"litestar", "uvicorn"} & set(sys.modules)))
"""


def loaded_by(*arguments: str) -> str:
    """What of the web was loaded at the end of a command, which ends with 0."""
    command = [sys.executable, "-c", COMMAND_AND_ITS_MODULES, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]


@pytest.mark.parametrize("command", [("version",), ("migrate", "--data", "there")], ids=" ".join)
def test_who_only_asks_does_not_load_the_web(command: tuple[str, ...], tmp_path: Path) -> None:
    assert loaded_by(*(str(tmp_path) if word == "there" else word for word in command)) == "[]"
