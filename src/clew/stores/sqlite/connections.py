"""The two connections that a SQLite store works through: one writes, the other reads beside it."""

from __future__ import annotations

from pathlib import Path

from clew.sessions.ports.clock import Clock
from clew.sessions.store_health import StoreHealth
from clew.stores.metrics import WalMetrics
from clew.stores.sqlite.connection import SqliteConnection
from clew.stores.sqlite.file import DatabaseFile
from clew.stores.sqlite.sign import SUFFIX, SignOfLife
from clew.stores.sqlite.wal import WalKeeper
from clew.stores.store_clock import StoreClock


class SqliteConnections:
    """One file of this release's schema, open. Each connection has a thread of its own: nobody waits for the loop."""

    def __init__(self, path: Path, clock: Clock, *, read_only: bool = False) -> None:
        """Raises ``sqlite3.Error``. ``clock`` tells the leases; ``read_only`` as for ``SqliteConnection``."""
        self._path = path
        self.clock = StoreClock(clock)
        self.health = StoreHealth(clock.monotonic)
        self.sign: SignOfLife | None = None
        """When the file could last be written to, where its files are watched."""
        self._file: DatabaseFile | None = None
        self.writer = SqliteConnection(path, "sqlite-writer", read_only=read_only)
        try:
            self.reader = SqliteConnection(path, "sqlite-reader", read_only=read_only)
        except BaseException:
            self.writer.close()
            raise

    def watch_files(self) -> None:
        """From now on promise nothing unless it is in the very files that are open."""
        self._file = DatabaseFile(self._path)
        self.sign = SignOfLife(self._path.with_name(self._path.name + SUFFIX), self.clock)
        for connection in (self.writer, self.reader):
            connection.watch(self._file, self.health, self.sign)

    def wal_keeper(self, metrics: WalMetrics) -> WalKeeper:
        """Who keeps the write-ahead log of the watched files small, if asked to look now and then."""
        assert self._file is not None, "only who watches its files serves from them"
        return WalKeeper(self._path, self.writer, self._file, self.clock.monotonic, metrics)

    def close(self) -> None:
        """Finish what was handed over, and close the file."""
        self.reader.close()
        self.writer.close()
        if self.sign is not None:
            self.sign.close()
