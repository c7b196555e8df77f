"""Time, chance and tasks come in by the front: the linter refuses the back doors (STYLE 5)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

BACK_DOORS = [
    "import time\n\nBEGAN = time.time()\n",
    "import random\n\nLOT = random.choice([1, 2])\n",
    "from uuid import uuid4\n\nNAME = uuid4()\n",
    "from datetime import UTC, datetime\n\nBEGAN = datetime.now(UTC)\n",
    "import asyncio\n\n\nasync def rest() -> None:\n    await asyncio.sleep(1)\n",
    "import asyncio\n\n\nasync def begin() -> None:\n    asyncio.create_task(rest())\n",
]


def lint(text: str, filename: str) -> str:
    """What ruff says of the text, were it that file."""
    return subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--select", "TID251", "--stdin-filename", filename, "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


@pytest.mark.parametrize("text", BACK_DOORS)
@pytest.mark.parametrize(
    "layer", ["minotaur/rules", "minotaur/play", "clew/sessions", "clew/stores", "clew/gateway", "clew/web"]
)
def test_a_hidden_input_is_refused_everywhere_but_in_the_wiring(text: str, layer: str) -> None:
    refused = lint(text, f"src/{layer}/planted.py")
    admitted = lint(text, "src/clew/wiring/planted.py")

    assert "TID251" in refused
    assert "TID251" not in admitted
