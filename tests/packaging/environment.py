"""Commands run in environments of their own."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """The standard output of a command that succeeded; its whole output is the failure's message otherwise."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def pip(bin_folder: Path, *command: str | Path) -> str:
    """Our pip at work on another environment, which so needs none of its own."""
    return run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        bin_folder / "python",
        "--disable-pip-version-check",
        "--no-input",
        *command,
    )
