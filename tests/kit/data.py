"""A data folder as Minotaur's command has it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from clew.stores.folder import DataFolder
from clew.stores.sqlite.schema import bring_up_to_date

FILE_NAME = "minotaur.db"
LOCK_NAME = "minotaur.lock"
UNFINISHED_NAME = "minotaur.db.restoring"


def data_in(folder: Path) -> DataFolder:
    return DataFolder(folder, "minotaur")


def emptied_data_in(folder: Path) -> DataFolder:
    """The same, with a database of this release's schema and nothing in it where there was none: 45 ms less each time
    than to have it migrated.
    """
    data = data_in(folder)
    if not data.database.exists():
        folder.mkdir(parents=True, exist_ok=True)
        data.database.touch(mode=0o600)
        data.database.write_bytes(_emptied())
    return data


@cache
def _emptied() -> bytes:
    with TemporaryDirectory() as folder:
        bring_up_to_date(data_in(Path(folder)).database)
        return data_in(Path(folder)).database.read_bytes()


def fill(path: Path) -> None:
    """Grow a file until nothing fits on its disk any more."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return
