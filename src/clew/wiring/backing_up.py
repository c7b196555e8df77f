"""A data folder's games as one file, taken beside the server; and such a file as the beginning of another folder."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from clew.stores.folder import DataFolder
from clew.stores.lock import DataInUse, DataLock
from clew.stores.schema.revision import UnknownSchema, Unopenable
from clew.stores.sqlite.copy import (
    Contents,
    Damaged,
    NotOurs,
    begin_history,
    check_whole,
    companions_of,
    copy_database,
    look_at,
)
from clew.wiring.clock import RealClock, refuse_wrong_clock
from clew.wiring.files import refused_by_the_system, sync, whole_file
from clew.wiring.operating import CannotOperate, Where
from clew.wiring.secret import KEY_FILE

Progress = Callable[[int], None]
"""Told how many bytes are done, again and again."""

_NOTHING_RESTORED: Final = "; nothing was restored"
_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600


def back_up(source: Where, path: Path, progress: Progress) -> Contents:
    """Write a data folder's games, as they are at one moment, to a new file that stands alone; read it back whole.

    Whoever serves from the folder goes on. No file if anything fails. Raises ``CannotOperate``.
    """
    if source.database_url is not None:
        raise CannotOperate(
            "a PostgreSQL database is backed up by its own tools: base backups and archived WAL (pg_basebackup), or"
            " pg_dump; how is in docs/operating.md, Backups"
        )
    database = source.data.database
    if not database.is_file():
        raise CannotOperate(f"there are no games in {source.data}: name their folder with --data")
    with whole_file(path) as unfinished, _refused_in_one_line(database, "; no backup was made"):
        _clear_companions(unfinished)
        copy_database(database, unfinished, progress, served=True)
        held = look_at(unfinished)
        check_whole(unfinished)
    return held


def restore(path: Path, target: Where, progress: Progress) -> Contents:
    """Make a file that ``back_up`` wrote the games of a data folder that has none, held by nobody: all or nothing.

    The folder is made if it is missing. Whoever serves from it goes on from the backup's moment, with a history of its
    own: the same file restored twice makes two. Raises ``CannotOperate``.
    """
    if target.database_url is not None:
        raise CannotOperate(
            "a PostgreSQL database is restored by its own tools, with all nodes stopped; how is in docs/operating.md,"
            " An older backup is restored"
        )
    refuse_wrong_clock(RealClock(), CannotOperate)
    with _refused_in_one_line(path, _NOTHING_RESTORED):
        held = _looked_at(path)
    with refused_by_the_system(target.data.path), _held_folder(target.data) as unfinished:
        with _refused_in_one_line(path, _NOTHING_RESTORED):
            copy_database(path, unfinished, progress, served=False)
            check_whole(unfinished)
            begin_history(unfinished, RealClock().now())
        sync(unfinished)
        unfinished.rename(target.data.database)  # the folder's lock is ours: nobody else makes one
        sync(target.data.path)
    return held


def lacks_key(data: DataFolder) -> bool:
    """Whether a server would make the folder a new key, with which nobody is signed in."""
    return not (data.path / KEY_FILE).exists()


def _looked_at(path: Path) -> Contents:
    """The file may be somebody's database rather than a copy of one: what SQLite keeps beside it tells."""
    with refused_by_the_system(path), path.open("rb"):
        pass
    for beside in companions_of(path):
        raise CannotOperate(
            f"{beside} says that {path.name} is in use or was cut off: make one file of its folder with"
            " `clew backup FILE --data FOLDER`, and restore that"
        )
    return look_at(path)


@contextmanager
def _held_folder(data: DataFolder) -> Generator[Path]:
    """The folder, without games and held; inside, the path of an empty file that nobody takes for a database.

    A folder that was made for this goes again if anything fails; so does what a restore that was killed left behind.
    """
    folder, unfinished = data.path, data.unfinished
    made = not folder.exists()
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    try:
        lock = DataLock(data.lock)
    except DataInUse as taken:
        raise CannotOperate(f"{taken}: restore into another folder, or stop it and move its games away") from taken
    try:
        _refuse_leftovers(data.database)
        _clear_companions(unfinished)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=_FILE_MODE, exist_ok=False)
        yield unfinished
    finally:
        _clear_companions(unfinished)
        unfinished.unlink(missing_ok=True)
        if made and not data.database.exists():
            data.lock.unlink(missing_ok=True)
            folder.rmdir()
        lock.release()


def _refuse_leftovers(database: Path) -> None:
    """A log of another database would be played into this one when it is opened: that is how files are destroyed."""
    if database.exists():
        raise CannotOperate(f"{database} is there already: restore into an empty folder, or move it away")
    for beside in companions_of(database):
        raise CannotOperate(f"{beside} is left of another database: move it away, or restore into an empty folder")


def _clear_companions(unfinished: Path) -> None:
    for beside in companions_of(unfinished):
        beside.unlink(missing_ok=True)


@contextmanager
def _refused_in_one_line(path: Path, so: str) -> Generator[None]:
    try:
        yield
    except NotOurs as other:
        raise CannotOperate(f"{path} {other}{so}") from other
    except UnknownSchema as newer:
        raise CannotOperate(f"a newer release made {path}: {newer}{so}") from newer
    except Damaged as damaged:
        raise CannotOperate(f"{path} is damaged: {damaged}{so}") from damaged
    except Unopenable as broken:
        raise CannotOperate(f"{path}: {broken}{so}") from broken
