"""Whether the files under an open database are still those that were opened, and still to be believed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from clew.sessions.faults import NeedsOperator

WAL: Final = "-wal"
SHM: Final = "-shm"


class DatabaseFile:
    """A database's files by device and inode. SQLite itself goes on writing to a file that has lost its name, and what
    it writes there is gone with the process: so what has no name is not promised.

    One for all connections of a store; ``lost`` is asked in the loop, ``condemn`` may be called by any thread.
    """

    def __init__(self, path: Path) -> None:
        """Remember the files as they are now, all three there: the database was opened and read."""
        self.wal_bytes = 0
        """How large the write-ahead log was when ``lost`` was last asked."""
        self._main, self._wal = str(path), f"{path}{WAL}"
        self._paths = (self._main, self._wal, f"{path}{SHM}")
        self._known = tuple(_identity(Path(each).stat()) for each in self._paths)
        self._damage: NeedsOperator | None = None

    def condemn(self, damage: NeedsOperator) -> None:
        """Believe no later success: what is stored is damaged."""
        self._damage = self._damage or damage

    def lost(self) -> NeedsOperator | None:
        """Why nothing may be promised on these files any more; None: they are as they were.

        Files that were moved away and back are. Three ``stat``: five microseconds, beside a commit's flush.
        """
        if self._damage is not None:
            return self._damage
        for path, known in zip(self._paths, self._known, strict=True):
            try:
                found = os.stat(path)  # noqa: PTH116 - for each commit: a Path takes twice as long
            except OSError as gone:
                return _is_not_there(path, gone.strerror or "gone")
            if _identity(found) != known:
                return _is_not_there(path, "it is another file now")
            if path is self._wal:
                self.wal_bytes = found.st_size
            elif found.st_size == 0 and path is self._main:
                return _is_not_there(path, "it was emptied")
        return None


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _is_not_there(path: str, why: str) -> NeedsOperator:
    return NeedsOperator(
        f"{path} is not the file that was opened: {why}",
        "move the very files back and play goes on; if they were removed, don't stop the server before you have copied "
        "what it still holds open (docs/operating.md, The database's file is gone)",
    )
