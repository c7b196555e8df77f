"""The store in one SQLite file: WAL, ``synchronous=FULL``, one thread that writes and one that reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.stores.folder import DataFolder
from clew.stores.lock import DataLock
from clew.stores.schema.revision import Unopenable
from clew.stores.sqlite.account_book import SqliteAccountBook
from clew.stores.sqlite.archives import SqliteArchives
from clew.stores.sqlite.connections import SqliteConnections
from clew.stores.sqlite.counts import SqliteCounts
from clew.stores.sqlite.faults import in_words
from clew.stores.sqlite.histories import SqliteHistories
from clew.stores.sqlite.journal import SqliteJournal
from clew.stores.sqlite.listings import SqliteListings
from clew.stores.sqlite.nodes import SqliteNodes
from clew.stores.sqlite.ownership import SqliteOwnership
from clew.stores.sqlite.passkey_book import SqlitePasskeyBook
from clew.stores.sqlite.pushes import SqlitePushes
from clew.stores.sqlite.results import SqliteResults
from clew.stores.sqlite.schema import bring_up_to_date
from clew.stores.sqlite.users import SqliteUsers


@contextmanager
def open_data(data: DataFolder, clock: Clock, url: str = "") -> Generator[SqliteStore]:
    """A server's data folder: held, its schema brought up to date, open until the end of the block.

    ``url`` is told to whoever tries to open it too. Raises ``DataInUse``, ``UnknownSchema``, ``Unopenable``.
    """
    lock = DataLock(data.lock, url)
    try:
        bring_up_to_date(data.database)
        try:
            store = sqlite_store(data.database, clock)
        except sqlite3.Error as error:
            raise Unopenable(in_words(error)) from error
        try:
            store.connections.watch_files()
            yield store
        finally:
            store.connections.close()
    finally:
        lock.release()


@dataclass(frozen=True)
class SqliteStore(Store):
    """``Store`` in one file."""

    connections: SqliteConnections


def sqlite_store(path: Path, clock: Clock, *, read_only: bool = False) -> SqliteStore:
    """The store in a file of this release's schema; ``clock`` tells its leases. Raises ``sqlite3.Error``."""
    connections = SqliteConnections(path, clock, read_only=read_only)
    return SqliteStore(
        journal=SqliteJournal(connections),
        ownership=SqliteOwnership(connections),
        nodes=SqliteNodes(connections),
        listings=SqliteListings(connections),
        archives=SqliteArchives(connections),
        histories=SqliteHistories(connections),
        counts=SqliteCounts(connections),
        users=SqliteUsers(connections),
        account_book=SqliteAccountBook(connections),
        passkey_book=SqlitePasskeyBook(connections),
        results=SqliteResults(connections),
        pushes=SqlitePushes(connections),
        health=connections.health,
        connections=connections,
    )
