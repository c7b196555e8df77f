"""What takes seconds to make is made once for a run of the tests, by whichever of its processes comes first."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

MADE: Final = "made"
"""Stands in a folder that is whole."""


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """One that all processes of this run have; each has its own below."""
    own = factory.getbasetemp()
    return own if "PYTEST_XDIST_WORKER" not in os.environ else own.parent


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """The folder, filled: by this process, by another at its side, or by one before. Nobody changes what is in it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / MADE).exists():
            shutil.rmtree(folder, ignore_errors=True)  # what somebody left half-made
            folder.mkdir()
            make(folder)
            (folder / MADE).touch()
    return folder
