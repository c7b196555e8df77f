"""A PostgreSQL that several nodes share, opened for one of them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from minotaur.sessions.faults import Busy
from minotaur.sessions.ports_lifelines import Lifelines
from minotaur.stores.postgres import PostgresStore, open_postgres
from minotaur.stores.postgres_lifelines import PostgresLifelines
from minotaur.stores.postgres_schema import check_postgres, without_password
from minotaur.stores.revision import SchemaBehind, UnknownSchema, Unopenable
from minotaur.wiring.faults import CannotStart


@dataclass(frozen=True)
class Database:
    """Sessions and users, and how deaths are heard of."""

    store: PostgresStore
    lifelines: Lifelines


@asynccontextmanager
async def open_database(url: str) -> AsyncGenerator[Database]:
    """The database, with exactly this release's schema. Raises ``CannotStart`` with the command to run."""
    await _check(url)
    async with open_postgres(url) as store:
        yield Database(store, PostgresLifelines(url))


async def _check(url: str) -> None:
    try:
        await check_postgres(url)
    except SchemaBehind as behind:
        raise CannotStart(f"{behind}.") from behind
    except UnknownSchema as newer:
        raise CannotStart(f"The database was made by another release: {newer}.") from newer
    except Unopenable as wrong:
        raise CannotStart(f"The database cannot be used: {wrong}.") from wrong
    except Busy as away:
        raise CannotStart(f"The database at {without_password(url)} cannot be reached: {away}.") from away
