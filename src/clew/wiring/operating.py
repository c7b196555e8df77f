"""Where operators ask and order: the store of a running cluster, or a data folder. Only here their store is named."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from clew.people.ids import plain_join_code
from clew.sessions.faults import Busy, NeedsOperator, OutcomeUnknown, Unreadable
from clew.sessions.ids import GameId
from clew.sessions.ports.store import Store
from clew.sessions.records import Stored
from clew.stores.folder import DataFolder
from clew.stores.schema.revision import (
    Migrated,
    OlderNodes,
    SchemaBehind,
    TablesInUse,
    ThisRelease,
    UnknownSchema,
    Unopenable,
)
from clew.stores.sqlite.beside import NoGames, open_beside
from clew.wiring.clock import RealClock, refuse_wrong_clock

MIGRATION_TRIES: Final = 10
MIGRATION_PAUSE_S: Final = 2.0
"""A database that is read for longer than that is left as it is: its operator has to wait for who reads."""


class CannotOperate(Exception):
    """Tell the message to whoever gave the command: it could not be carried out."""


class NotThere(CannotOperate):
    """What the command names does not exist, or no longer."""


@dataclass(frozen=True)
class Where:
    """A PostgreSQL database, or the data folder where no ``database_url`` is given."""

    data: DataFolder
    database_url: str | None = None


@asynccontextmanager
async def open_operators(where: Where, *, orders: bool, unmigrated: bool = False) -> AsyncGenerator[Store]:
    """The store, open in the block, beside whatever serves from it. Without ``orders`` nothing can be changed.

    ``unmigrated``: its schema may be an older one, if sessions can be read from it.

    Raises ``CannotOperate``, from inside the block too: the store can't be reached, or isn't of this release's schema.
    """
    with refused_in_one_line():
        if where.database_url is None:
            if orders:  # in a database they are told by its own clock
                refuse_wrong_clock(RealClock(), CannotOperate)
            with open_beside(where.data, RealClock(), read_only=not orders, unmigrated=unmigrated) as beside:
                yield beside
            return
        from clew.stores.postgres.schema import check_postgres  # noqa: PLC0415
        from clew.stores.postgres.store import open_postgres  # noqa: PLC0415 - its driver is a good part of a start

        await check_postgres(where.database_url, unmigrated=unmigrated)
        async with open_postgres(where.database_url, read_only=not orders) as store:
            yield store


async def migrate_database(url: str, *, beside_older: bool = False, serving: ThisRelease | None = None) -> Migrated:
    """Bring a PostgreSQL database to this release's schema; any number may try at once. Raises ``CannotOperate``.

    ``beside_older`` and ``serving`` as for ``migrate_postgres``: only what nodes of the release before can live with,
    or everything unless there are any. Where somebody reads the tables it is tried again, so that play goes on between.
    """
    from clew.stores.postgres.schema import migrate_postgres  # noqa: PLC0415 - as above

    clock = RealClock()
    with refused_in_one_line():
        for _ in range(MIGRATION_TRIES - 1):
            with suppress(TablesInUse):
                return await migrate_postgres(url, beside_older=beside_older, serving=serving)
            await clock.sleep(MIGRATION_PAUSE_S)
        return await migrate_postgres(url, beside_older=beside_older, serving=serving)


async def find_session(store: Store, named: str) -> Stored:
    """The session with this id or, typed in any way, this join code. Raises ``NotThere``."""
    code = plain_join_code(named)
    listed = None if code is None else await store.listings.find(code)
    stored = await store.journal.load(GameId(named) if listed is None else listed.game_id)
    if stored is None:
        raise NotThere(f"no game has the id or the join code {named!r}")
    return stored


@contextmanager
def refused_in_one_line() -> Generator[None]:
    """Whatever a store may raise becomes a ``CannotOperate`` that says what to do."""
    try:
        yield
    except NoGames as empty:
        raise CannotOperate(f"{empty}: name their folder with --data, or a database with --database-url") from empty
    except SchemaBehind as behind:
        raise CannotOperate(str(behind)) from behind
    except OlderNodes as older:
        raise CannotOperate(
            f"{older}. Nothing was changed; `clew migrate --before` applies what they can live with"
        ) from older
    except UnknownSchema as newer:
        raise CannotOperate(f"a newer release made the database: {newer}") from newer
    except TablesInUse as used:
        raise CannotOperate(
            f"{used}: an export, a dump or an open transaction holds them. Nothing was changed: try again after it"
        ) from used
    except Unopenable as broken:
        raise CannotOperate(f"the database cannot be opened: {broken}") from broken
    except Unreadable as damaged:
        raise CannotOperate(str(damaged)) from damaged
    except NeedsOperator as broken:
        raise CannotOperate(f"the database cannot be used: {broken}: {broken.advice}") from broken
    except OutcomeUnknown as unknown:
        raise CannotOperate(f"the database was lost meanwhile, look whether it was done: {unknown}") from unknown
    except Busy as busy:
        raise CannotOperate(f"the database is busy or cannot be reached: {busy}") from busy
