"""What a command loads: the web is half of a start, and only who serves has need of it."""

import subprocess
import sys
from typing import Final

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


def test_who_only_asks_does_not_load_the_web() -> None:
    assert loaded_by("version") == "[]"
