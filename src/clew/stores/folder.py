"""A data folder, and what a program's files are called in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DataFolder:
    """Where a program keeps its games on one machine. Its files bear its name: two programs in one folder don't meet.

    The folder need not be there.
    """

    path: Path
    program: str

    def __str__(self) -> str:
        return str(self.path)

    @property
    def database(self) -> Path:
        return self.path / f"{self.program}.db"

    @property
    def unfinished(self) -> Path:
        """What a restore fills; it becomes the database once it is whole."""
        return self.path / f"{self.program}.db.restoring"

    @property
    def lock(self) -> Path:
        return lock_in(self.path, self.program)


def lock_in(folder: Path, program: str) -> Path:
    """The file by which a program holds a folder."""
    return folder / f"{program}.lock"
