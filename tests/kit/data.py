"""A data folder as Minotaur's command has it."""

from pathlib import Path

from clew.stores.folder import DataFolder

FILE_NAME = "minotaur.db"
LOCK_NAME = "minotaur.lock"
UNFINISHED_NAME = "minotaur.db.restoring"


def data_in(folder: Path) -> DataFolder:
    return DataFolder(folder, "minotaur")
