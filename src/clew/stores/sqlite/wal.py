"""Keeps SQLite's write-ahead log small, though somebody reads from it for long, and says so where it can't."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

import structlog

from clew.sessions.faults import Busy
from clew.stores.bounds import WAL_CUT_EVERY_S, WAL_CUT_WAIT_MS, WAL_WARN_BYTES
from clew.stores.metrics import WalMetrics
from clew.stores.sqlite.connection import LOCK_WAIT_MS, SqliteConnection
from clew.stores.sqlite.file import DatabaseFile

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.stores.sqlite.wal")


class WalKeeper:
    """Looks once a second. Ordinarily there is nothing to do: each commit past ``WAL_PAGES`` empties the log by itself.

    That comes to nothing while a reader looks at an older moment: the log can't be emptied past what it may still read,
    and grows. Then its content is brought over on a connection of its own, beside play; and once the reader is gone
    the writer cuts it back, which costs commits ``WAL_CUT_WAIT_MS`` at most.
    """

    def __init__(
        self,
        path: Path,
        writer: SqliteConnection,
        file: DatabaseFile,
        monotonic: Callable[[], float],
        metrics: WalMetrics,
    ) -> None:
        self._path = path
        self._writer = writer
        self._file = file
        self._monotonic = monotonic
        self._metrics = metrics
        self._warned_bytes = 0
        self._cut_at_s = -WAL_CUT_EVERY_S

    async def look(self) -> None:
        """See how large it is, as of the latest write, and do what there is to do about it."""
        size = self._file.wal_bytes
        self._metrics.bytes.set(size)
        if size <= WAL_WARN_BYTES:
            if self._warned_bytes:
                log.info("wal_small_again", wal_bytes=size)
            self._warned_bytes = 0
            return
        if size >= 2 * self._warned_bytes:
            self._warned_bytes = size
            log.warning(
                "wal_large",
                wal_bytes=size,
                what_to_do=f"end who reads {self._path.name} for long (a sqlite3 shell, a backup), or leave it room",
            )
        result = await self._bring_back()
        self._metrics.checkpoints.labels(result).inc()

    async def _bring_back(self) -> Literal["cut", "pinned", "busy", "failed"]:
        try:
            if not await self._bring_over():
                return "pinned"
            if self._monotonic() - self._cut_at_s < WAL_CUT_EVERY_S:
                return "busy"
            self._cut_at_s = self._monotonic()
            return "cut" if await self._writer.outside(_cut) else "busy"
        except (Busy, sqlite3.Error) as fault:
            log.debug("wal_not_brought_back", fault=repr(fault))  # what ails the store its writes tell
            return "failed"

    async def _bring_over(self) -> bool:
        """Copy what no reader holds back, beside the writer; whether that was everything as of then."""
        with closing(SqliteConnection(self._path, "sqlite-keeper")) as keeper:
            return await keeper.outside(_copy)


def _copy(connection: sqlite3.Connection) -> bool:
    _, logged, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return copied >= logged


def _cut(connection: sqlite3.Connection) -> bool:
    connection.execute(f"PRAGMA busy_timeout = {WAL_CUT_WAIT_MS}")
    try:
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
