"""A SQLite connection with its own thread, and what its errors mean to a caller."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from minotaur.sessions.faults import Busy, OutcomeUnknown

T = TypeVar("T")

CACHE_KIB = 65_536
WAL_PAGES = 4_000
"""Pages in the write-ahead log before a checkpoint: 16 MB, so that a commit rarely has to wait for one."""
LOCK_WAIT_MS = 2_000
"""How long another process may hold the file's lock before a caller hears ``Busy``."""
STATEMENTS_KEPT = 256


class SqliteConnection:
    """One connection, used by one thread only: what is handed over is done in order, one after another."""

    def __init__(self, path: Path, name: str, *, read_only: bool = False) -> None:
        """Open the file, which must have its tables. Raises ``sqlite3.Error``.

        ``read_only``: nothing done with it can change the file; to write is ``Busy``.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
        )
        self._connection.text_factory = _text
        for pragma in (
            *(() if read_only else ("journal_mode = WAL",)),
            "synchronous = FULL",
            f"cache_size = -{CACHE_KIB}",
            f"wal_autocheckpoint = {WAL_PAGES}",
            f"busy_timeout = {LOCK_WAIT_MS}",
            "temp_store = MEMORY",
        ):
            self._connection.execute(f"PRAGMA {pragma}")

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work in one transaction, committed to disk. Raises ``Busy``, ``OutcomeUnknown``."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._write, work)

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work on one unchanging view of the file. Raises ``Busy``."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read, work)

    def close(self) -> None:
        """Finish what was handed over, and close."""
        self._thread.shutdown(wait=True)
        self._connection.close()

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        with self._undone(connection):
            connection.execute("BEGIN IMMEDIATE")
            done = work(connection)
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if not connection.in_transaction:
                raise OutcomeUnknown(f"commit: {error}") from error
            connection.execute("ROLLBACK")
            raise Busy(f"commit: {error}") from error
        return done

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        with self._undone(connection):
            connection.execute("BEGIN")
            done = work(connection)
            connection.execute("COMMIT")
            return done

    @contextmanager
    def _undone(self, connection: sqlite3.Connection) -> Generator[None]:
        """Whatever goes wrong inside is rolled back; what the file could not do just now is ``Busy``."""
        try:
            yield
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise Busy(str(error)) from error
            raise


def _text(raw: bytes) -> str:
    """Text that is none would else fail the whole statement, and with it every other row."""
    return raw.decode(errors="replace")
