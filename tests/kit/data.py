"""A data folder as Minotaur's command has it."""

from pathlib import Path

from clew.stores.folder import DataFolder

FILE_NAME = "minotaur.db"
LOCK_NAME = "minotaur.lock"
UNFINISHED_NAME = "minotaur.db.restoring"


def data_in(folder: Path) -> DataFolder:
    return DataFolder(folder, "minotaur")


def fill(path: Path) -> None:
    """Grow a file until nothing fits on its disk any more."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return
