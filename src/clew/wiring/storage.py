"""The data folder, opened for one server or one migration. Only here an adapter is named."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Final

from clew.sessions.ports.clock import Clock
from clew.stores.folder import DataFolder
from clew.stores.lock import DataInUse, DataLock
from clew.stores.schema.revision import Migrated, UnknownSchema, Unopenable
from clew.stores.sqlite.copy import companions_of
from clew.stores.sqlite.schema import bring_up_to_date
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.stores.sqlite.wal import WalKeeper
from clew.wiring.clock import RealClock
from clew.wiring.faults import CannotStart

_OWNER_ONLY: Final = 0o700

WAL_LOOK_S: Final = 1.0
"""How often the size of SQLite's write-ahead log is looked at."""


@contextmanager
def open_storage(data: DataFolder, url: str) -> Generator[SqliteStore]:
    """The folder's store, its schema brought up to date, held by this process until the end of the block.

    Raises ``CannotStart``: another server serves from it (its process and URL are named), a newer release made it, or
    the system says no.
    """
    with ExitStack() as held:
        with _refused_in_one_line(data):
            _make_folder(data)
            _refuse_unfinished_restore(data)
            _refuse_orphans(data)
            store = held.enter_context(open_data(data, RealClock(), url))
        yield store


def migrate_storage(data: DataFolder) -> Migrated:
    """Bring the folder's schema up to date without serving from it. Raises ``CannotStart`` as ``open_storage`` does."""
    with _refused_in_one_line(data):
        _make_folder(data)
        _refuse_unfinished_restore(data)
        _refuse_orphans(data)
        lock = DataLock(data.lock)
        try:
            return bring_up_to_date(data.database)
        finally:
            lock.release()


async def keep_wal_small(keeper: WalKeeper, clock: Clock) -> None:
    """Have it look once a second, until cancelled."""
    while True:
        await clock.sleep(WAL_LOOK_S)
        await keeper.look()


def _make_folder(data: DataFolder) -> None:
    data.path.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)


def _refuse_orphans(data: DataFolder) -> None:
    """Or an empty database would be made, and SQLite throw away the log of the one that is missing."""
    if not data.database.exists() and (left := companions_of(data.database)):
        raise CannotStart(
            f"{left[0]} is there, and {data.database.name}, which it belongs to, is not: put that back, or restore a"
            " backup into an empty folder."
        )


def _refuse_unfinished_restore(data: DataFolder) -> None:
    """Or whoever meant to serve the restored games would serve none, and the next restore would be refused."""
    if data.unfinished.exists() and not data.database.exists():
        raise CannotStart(
            f"A restore into {data} has not finished. Run it again, or remove {data.unfinished} to begin anew."
        )


@contextmanager
def _refused_in_one_line(data: DataFolder) -> Generator[None]:
    try:
        yield
    except DataInUse as taken:
        raise CannotStart(f"{taken}. Open that one, stop it, or choose another folder with --data.") from taken
    except UnknownSchema as newer:
        raise CannotStart(f"{data} was made by another release: {newer}.") from newer
    except Unopenable as broken:
        raise CannotStart(f"The database in {data} cannot be opened: {broken}.") from broken
    except OSError as refused:
        raise CannotStart(f"Cannot keep games in {data}: {refused.strerror}.") from refused
