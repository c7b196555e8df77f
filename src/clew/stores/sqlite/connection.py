"""A SQLite connection with its own thread, and what its errors mean to a caller."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

from clew.sessions.faults import Fault, NeedsOperator, OutcomeUnknown
from clew.sessions.store_health import StoreHealth
from clew.stores.bounds import WAL_KEPT_BYTES
from clew.stores.sqlite.faults import fault_of, meaning_of, worded
from clew.stores.sqlite.file import DatabaseFile
from clew.stores.sqlite.sign import SignOfLife

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

        ``read_only``: nothing done with it can change the file; to write is ``NeedsOperator``.
        """
        self._file: DatabaseFile | None = None
        self._health: StoreHealth | None = None
        self._sign: SignOfLife | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
        )
        self._connection.text_factory = _text
        try:
            for pragma in (
                *(() if read_only else ("journal_mode = WAL",)),
                "synchronous = FULL",
                f"cache_size = -{CACHE_KIB}",
                f"wal_autocheckpoint = {WAL_PAGES}",
                f"journal_size_limit = {WAL_KEPT_BYTES}",
                f"busy_timeout = {LOCK_WAIT_MS}",
                "temp_store = MEMORY",
            ):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("SELECT count(*) FROM sqlite_schema")  # so that all its files are open
        except BaseException:
            self._connection.close()
            raise

    def watch(self, file: DatabaseFile, health: StoreHealth, sign: SignOfLife) -> None:
        """From now on promise nothing that is not in these files, tell ``health`` how each write went, and give a sign
        of those that went well.
        """
        self._file, self._health, self._sign = file, health, sign

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work in one transaction, committed to disk. Raises ``Busy``, ``NeedsOperator``, ``OutcomeUnknown``."""
        if self._file is None or self._health is None or self._sign is None:
            return await self._in_thread(self._write, work)
        # The files are looked at here, not by the thread that writes: each look lets go of the interpreter, which that
        # thread would have to wait for while the loop is busy.
        if (lost := self._file.lost()) is not None:
            self._health.failed(lost)
            raise lost
        try:
            # A cancel of whoever waits leaves the thread at its work: the transaction ends by itself, and how nobody
            # is told.
            done = await self._in_thread(self._write, work)
        except Fault as fault:
            self._health.failed(fault)
            raise
        # Asked again, before anybody hears of the commit: a file that lost its name meanwhile took it along.
        if (lost := self._file.lost()) is not None:
            self._health.failed(lost)
            raise OutcomeUnknown(str(lost), lost.advice)
        self._health.wrote()
        self._sign.give()
        return done

    async def probe(self) -> None:
        """Take the lock that a writer takes, and let it go. Raises ``Busy``, ``NeedsOperator``."""
        if self._file is not None and (lost := self._file.lost()) is not None:
            raise lost
        await self._in_thread(self._outside, _lock_and_let_go)
        if self._sign is not None:
            self._sign.give()

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work on one unchanging view of the file. Raises ``Busy``, ``NeedsOperator``."""
        return await self._in_thread(self._read, work)

    async def outside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what can't be done in a transaction, in its turn. Raises ``Busy``, ``NeedsOperator``."""
        return await self._in_thread(self._outside, work)

    def close(self) -> None:
        """Finish what was handed over, and close."""
        self._thread.shutdown(wait=True)
        self._connection.close()

    async def _in_thread(
        self, do: Callable[[Callable[[sqlite3.Connection], T]], T], work: Callable[[sqlite3.Connection], T]
    ) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, do, work)

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        with self._undone(connection):
            connection.execute("BEGIN IMMEDIATE")
            done = work(connection)
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._not_committed(connection, error)
        return done

    def _not_committed(self, connection: sqlite3.Connection, error: sqlite3.Error) -> NoReturn:
        self._condemn(error)
        if not connection.in_transaction:
            raise OutcomeUnknown(f"commit: {worded(error)}", meaning_of(error).advice) from error
        _roll_back(connection)
        raise fault_of(error, "commit: ") or error from error

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection
        with self._undone(connection):
            connection.execute("BEGIN")
            done = work(connection)
            connection.execute("COMMIT")
            return done

    def _outside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._undone(self._connection):
            return work(self._connection)

    @contextmanager
    def _undone(self, connection: sqlite3.Connection) -> Generator[None]:
        """Whatever goes wrong inside is rolled back; what the file could not do is the fault that it is."""
        try:
            yield
        except BaseException as error:
            _roll_back(connection)
            if not isinstance(error, Exception):
                raise
            self._condemn(error)
            raise fault_of(error) or error from error

    def _condemn(self, error: Exception) -> None:
        if self._file is not None and meaning_of(error).final:
            damage = fault_of(error)
            assert isinstance(damage, NeedsOperator), "damage does not pass"
            self._file.condemn(damage)


def _lock_and_let_go(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _roll_back(connection: sqlite3.Connection) -> None:
    """Undo. Where the file could not even do that, nobody sees anything of it, and the next attempt says why."""
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _text(raw: bytes) -> str:
    """Text that is none would else fail the whole statement, and with it every other row."""
    return raw.decode(errors="replace")
