"""Every store adapter, for the exams that all of them sit."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from clew.sessions.ports.clock import Clock
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.memory.store import MemoryStore, memory_store
from tests.kit.data import emptied_data_in
from tests.kit.postgres import emptied_database

AnyStore = MemoryStore | SqliteStore | PostgresStore
OpenStore = Callable[[Path, Clock], AbstractAsyncContextManager[AnyStore]]


@asynccontextmanager
async def open_memory(folder: Path, clock: Clock) -> AsyncGenerator[AnyStore]:
    del folder
    yield memory_store(clock)


@asynccontextmanager
async def open_sqlite(folder: Path, clock: Clock) -> AsyncGenerator[AnyStore]:
    with open_data(emptied_data_in(folder), clock) as store:
        yield store


@asynccontextmanager
async def open_in_postgres(folder: Path, clock: Clock) -> AsyncGenerator[AnyStore]:
    del folder
    async with open_postgres(await emptied_database(), clock) as store:
        yield store


ADAPTERS: dict[str, OpenStore] = {"memory": open_memory, "postgres": open_in_postgres, "sqlite": open_sqlite}
