"""Connections to PostgreSQL: opened when needed, given up when they hang or break, opened again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Protocol, TypeAlias, TypeVar, cast

import asyncpg

from clew.sessions.faults import Busy, Fault
from clew.sessions.store_health import StoreHealth
from clew.stores.bounds import (
    ANSWER_TIMEOUT_S,
    CONNECT_TIMEOUT_S,
    KEEPALIVE_COUNT,
    KEEPALIVE_IDLE_S,
    KEEPALIVE_INTERVAL_S,
    QUEUE_TIMEOUT_S,
    STATEMENT_TIMEOUT_MS,
)
from clew.stores.postgres.faults import fault_of, fault_of_connecting, is_lost

T = TypeVar("T")
Row: TypeAlias = Sequence[Any]


class PgConnection(Protocol):
    """What we use of ``asyncpg.Connection``, which has no types of its own."""

    async def fetch(self, query: str, *args: object) -> Sequence[Row]: ...
    async def execute(self, query: str, *args: object) -> str: ...
    async def close(self, *, timeout: float) -> None: ...
    def terminate(self) -> None: ...
    def is_closed(self) -> bool: ...
    def add_termination_listener(self, callback: Callable[[PgConnection], None]) -> None: ...


_connect = cast("Callable[..., Awaitable[PgConnection]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]

SETTINGS: Final = {
    "synchronous_commit": "on",
    "statement_timeout": str(STATEMENT_TIMEOUT_MS),
    # Every statement here has its index. Told so, the planner takes it on the day a database is new or restored too,
    # when it knows nothing of what is in it.
    "enable_seqscan": "off",
    "enable_mergejoin": "off",
    "jit": "off",
    "tcp_keepalives_idle": str(KEEPALIVE_IDLE_S),
    "tcp_keepalives_interval": str(KEEPALIVE_INTERVAL_S),
    "tcp_keepalives_count": str(KEEPALIVE_COUNT),
}
"""Of every session we open, whatever the server's or the user's own are."""


async def connect(url: str, name: str, **settings: str) -> PgConnection:
    """A connection that shows as ``clew name``.

    Raises ``Busy`` (it never tells the password; ``NeedsOperator`` where the server lets nobody in like this), or
    ``ValueError``: the URL is none.
    """
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            return await _connect(
                url,
                timeout=CONNECT_TIMEOUT_S,
                max_cached_statement_lifetime=0,
                server_settings={"application_name": f"clew {name}", **SETTINGS, **settings},
            )
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InternalClientError) as error:
        raise fault_of_connecting(error) from error


async def connect_to_look(url: str, name: str, **settings: str) -> PgConnection:
    """As ``connect``; the server refuses whatever would change something."""
    connection = await connect(url, name, **settings)
    try:
        # Not one of the settings it begins with: the driver would take a primary for a standby by it.
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            await connection.execute("SET default_transaction_read_only = on")
    except BaseException as error:
        connection.terminate()
        if not isinstance(error, Exception):
            raise
        raise fault_of(error, writes=False) or error from error
    return connection


class PostgresConnections:
    """A few connections for one purpose. What comes while all are in use waits its turn, bounded."""

    def __init__(
        self, url: str, name: str, size: int, health: StoreHealth, *, read_only: bool = False, **settings: str
    ) -> None:
        """``health`` is told how each write went."""
        self._url = url
        self._health = health
        self._name = name
        self._connect = connect_to_look if read_only else connect
        self._settings = settings
        self._turns = asyncio.Semaphore(size)
        self._idle: list[PgConnection] = []
        self._closed = False

    async def read(self, statement: str, *arguments: object) -> Sequence[Row]:
        """The rows of a statement that changes nothing. Raises ``Busy``."""
        return await self._use(lambda connection: connection.fetch(statement, *arguments), writes=False)

    async def write(self, statement: str, *arguments: object) -> Sequence[Row]:
        """The rows of one statement, which is a transaction. Raises ``Busy``, ``OutcomeUnknown``."""
        return await self._use(lambda connection: connection.fetch(statement, *arguments), writes=True)

    async def transact(self, work: Callable[[PgConnection], Awaitable[T]]) -> T:
        """Do the work in one transaction of several statements. Raises ``Busy``, ``OutcomeUnknown``."""

        async def all_or_nothing(connection: PgConnection) -> T:
            try:
                await connection.execute("BEGIN")
                done = await work(connection)
            except Exception as error:
                connection.terminate()  # the server undoes what it was told so far
                raise fault_of(error, writes=False) or error from error
            await connection.execute("COMMIT")
            return done

        return await self._use(all_or_nothing, writes=True)

    async def close(self) -> None:
        """Close what is idle now, and each of the others once it is done."""
        self._closed = True
        while self._idle:
            await _close(self._idle.pop())

    async def _use(self, work: Callable[[PgConnection], Awaitable[T]], *, writes: bool) -> T:
        if not writes:
            return await self._use_one(work, writes=False)
        try:
            done = await self._use_one(work, writes=True)
        except Fault as fault:
            self._health.failed(fault)
            raise
        self._health.wrote()
        return done

    async def _use_one(self, work: Callable[[PgConnection], Awaitable[T]], *, writes: bool) -> T:
        await self._wait_turn()
        try:
            connection = await self._take()
            try:
                async with asyncio.timeout(ANSWER_TIMEOUT_S):
                    return await work(connection)
            except BaseException as error:
                raise _judged(error, connection, writes=writes) from error
            finally:
                await self._give_back(connection)
        finally:
            self._turns.release()

    async def _wait_turn(self) -> None:
        try:
            async with asyncio.timeout(QUEUE_TIMEOUT_S):
                await self._turns.acquire()
        except TimeoutError as late:
            raise Busy(f"no connection to PostgreSQL for {self._name} was free") from late

    async def _take(self) -> PgConnection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await self._connect(self._url, self._name, **self._settings)

    async def _give_back(self, connection: PgConnection) -> None:
        if connection.is_closed():
            return
        if self._closed:
            await _close(connection)
        else:
            self._idle.append(connection)


def _judged(error: BaseException, connection: PgConnection, *, writes: bool) -> BaseException:
    """What to raise; the connection is given up unless the error was an orderly answer to one statement."""
    closed = connection.is_closed()
    orderly = isinstance(error, asyncpg.PostgresError) and not is_lost(error) and not closed
    if orderly and isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        orderly = False  # this server is no primary (any more): the next connection may find the one that is
    if not orderly:
        connection.terminate()
    if not isinstance(error, Exception):
        return error
    fault = fault_of(error, writes=writes)
    if fault is None and closed and isinstance(error, asyncpg.InterfaceError):
        fault = fault_of(ConnectionError(str(error)), writes=writes)
    return fault or error


async def _close(connection: PgConnection) -> None:
    try:
        await connection.close(timeout=CONNECT_TIMEOUT_S)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()
