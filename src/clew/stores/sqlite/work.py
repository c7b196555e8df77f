"""How a method of a port becomes work on a SQLite connection: on that one's thread, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from sqlite3 import Connection
from types import CoroutineType
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from clew.sessions.ids import Millis
from clew.stores.sqlite.connections import SqliteConnections

PartT = TypeVar("PartT", bound="SqlitePart")
P = ParamSpec("P")
T = TypeVar("T")


class Transaction(NamedTuple):
    """What a piece of work is done in. Whoever began it ends it: the work only says what is to happen."""

    connection: Connection
    now: Millis
    """What the store's clock showed when the work was asked for."""


class SqlitePart:
    """One port of a store in a file. Its methods are what they do there, and are awaited like any port's."""

    def __init__(self, connections: SqliteConnections) -> None:
        self._connections = connections

    @property
    def connections(self) -> SqliteConnections:
        return self._connections


def reading(
    work: Callable[Concatenate[PartT, Transaction, P], T],
) -> Callable[Concatenate[PartT, P], CoroutineType[Any, Any, T]]:
    """Have it look at one unchanging view of the file. Awaited, it raises what ``SqliteConnection.read`` does."""

    @wraps(work)
    async def read(part: PartT, *args: P.args, **named: P.kwargs) -> T:
        now = part.connections.clock.now()
        return await part.connections.reader.read(lambda found: work(part, Transaction(found, now), *args, **named))

    return read


def writing(
    work: Callable[Concatenate[PartT, Transaction, P], T],
) -> Callable[Concatenate[PartT, P], CoroutineType[Any, Any, T]]:
    """Have it change the file, all or nothing. Awaited, it raises what ``SqliteConnection.write`` does."""

    @wraps(work)
    async def write(part: PartT, *args: P.args, **named: P.kwargs) -> T:
        now = part.connections.clock.now()
        return await part.connections.writer.write(lambda found: work(part, Transaction(found, now), *args, **named))

    return write
