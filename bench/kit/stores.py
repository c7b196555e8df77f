"""Each store as it is in earnest: a commit waits for the disk."""

import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from clew.local.postgres import temporary_postgres
from clew.stores.folder import DataFolder
from clew.stores.postgres.schema import migrate_postgres
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.memory.store import MemoryStore, memory_store
from clew.wiring.clock import RealClock


@asynccontextmanager
async def open_store(
    kind: str, folder: Path | None = None
) -> AsyncGenerator[MemoryStore | SqliteStore | PostgresStore]:
    """An empty store, gone after the block. ``folder``: where SQLite's file is made."""
    if kind == "memory":
        yield memory_store(RealClock())
    elif kind == "postgres":
        with temporary_postgres() as server:
            await migrate_postgres(server.url())
            async with open_postgres(server.url()) as store:
                yield store
    else:
        with (
            tempfile.TemporaryDirectory(dir=folder) as made,
            open_data(DataFolder(Path(made), "bench"), RealClock()) as store,
        ):
            yield store
