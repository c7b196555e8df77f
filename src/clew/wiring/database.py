"""A PostgreSQL that several nodes share, opened for one of them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

import structlog

from clew.sessions.faults import Busy
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.lifelines import Lifelines
from clew.stores.postgres.lifelines import PostgresLifelines
from clew.stores.postgres.schema import check_postgres, without_password
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.schema.revision import SchemaBehind, UnknownSchema, Unopenable
from clew.wiring.faults import CannotStart

START_WAIT_S: Final = 60.0
START_PAUSE_S: Final = 1.0
"""A database that can't be reached when a node starts is tried so often for so long; then the node ends with status 1.

One that lets nobody in by this name, or is not there on a server that is, ends it at once.
"""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


@dataclass(frozen=True)
class Database:
    """Sessions and users, and how deaths are heard of."""

    store: PostgresStore
    lifelines: Lifelines


@asynccontextmanager
async def open_database(url: str, clock: Clock, asked: asyncio.Event) -> AsyncGenerator[Database]:
    """The database, with exactly this release's schema. Raises ``CannotStart`` with the command to run.

    One that can't be reached just now is waited for, ``START_WAIT_S`` at most, and while nobody ``asked`` to stop.
    """
    await _wait(url, clock, asked)
    async with open_postgres(url) as store:
        yield Database(store, PostgresLifelines(url))


async def _wait(url: str, clock: Clock, asked: asyncio.Event) -> None:
    """It may be starting as this node is, after a power cut say: supervisors give up on who ends too often too soon."""
    began_s, logged = clock.monotonic(), False
    while True:
        try:
            await _check(url)
        except Busy as away:
            if asked.is_set() or clock.monotonic() - began_s >= START_WAIT_S:
                name = without_password(url)
                raise CannotStart(f"The database at {name} cannot be reached: {away}: {away.advice}.") from away
            if not logged:
                log.warning("database_away", fault=str(away), what_to_do=away.advice, waiting_s=START_WAIT_S)
                logged = True
            with suppress(TimeoutError):
                await asyncio.wait_for(asked.wait(), START_PAUSE_S)
        else:
            return


async def _check(url: str) -> None:
    try:
        await check_postgres(url)
    except SchemaBehind as behind:
        raise CannotStart(f"{behind}.") from behind
    except UnknownSchema as newer:
        raise CannotStart(f"The database was made by another release: {newer}.") from newer
    except Unopenable as wrong:
        raise CannotStart(f"The database cannot be used: {wrong}.") from wrong
