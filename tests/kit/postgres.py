"""PostgreSQL for tests: one server for each test process, which ends with it."""

import atexit
from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack, asynccontextmanager
from functools import cache
from itertools import count
from typing import Any, Final, TypeVar, cast

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from clew.local.postgres import LocalPostgres, temporary_postgres
from clew.stores.postgres.connections import connect
from clew.stores.postgres.schema import migrate_postgres

T = TypeVar("T")

_TABLES: Final = (
    "forgotten_nodes, game_setbacks, game_archives, game_events, player_game_session_summaries, game_session_summaries,"
    " nodes, game_results, game_tallies, pushes, nudges, passkeys, answered_challenges, accounts, sign_ins, users"
)
_EXAM: Final = "exam"
_numbers = count(1)


@cache
def server() -> LocalPostgres:
    """The server of this test process. Nothing here loses power, so it need not wait for a disk.

    It looks at no table by itself: how rows are found would hang on how long the tests before took.
    """
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(temporary_postgres(durable=False, settings={"autovacuum": "off"}))


async def emptied_database() -> str:
    """The URL of a database of this release's schema with nothing in it, the same one each time: 2 ms."""
    url = server().url(_EXAM)
    if _EXAM not in _made:
        await run(server().url(), f"CREATE DATABASE {_EXAM}")
        await migrate_postgres(url)
        _made.add(_EXAM)
    await run(url, f"TRUNCATE {_TABLES} RESTART IDENTITY")
    return url


_made: Final[set[str]] = set()


@asynccontextmanager
async def new_database(*, migrated: bool = True) -> AsyncGenerator[str]:
    """The URL of a database of its own, dropped after the block whoever is still in it: 30 ms."""
    name = f"test_{next(_numbers)}"
    if migrated:
        await emptied_database()
    await run(server().url(), f"CREATE DATABASE {name} TEMPLATE {_EXAM if migrated else 'template0'}")
    try:
        yield server().url(name)
    finally:
        await run(server().url(), f"DROP DATABASE {name} WITH (FORCE)")


async def run(url: str, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
    """What the database says to one statement from nowhere."""
    connection = cast("Any", await asyncpg.connect(url))  # pyright: ignore[reportUnknownMemberType]
    try:
        return [tuple(row) for row in await connection.fetch(statement, *arguments)]
    finally:
        await connection.close()


async def through_alchemy(url: str, work: Callable[[sa.Connection], T]) -> T:
    """Have this done in one transaction of SQLAlchemy's."""
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: connect(url, "test"))
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
