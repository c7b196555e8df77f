"""The stores in one SQLite file: WAL, ``synchronous=FULL``, one thread that writes and one that reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from minotaur.sessions.ids import GameId, Millis, Owner, UserId
from minotaur.sessions.records import (
    Creation,
    NewSession,
    NodeInfo,
    Part,
    SessionPage,
    SessionSummary,
    SignIn,
    Stored,
    StoredEntry,
    StoredStatus,
    User,
    Verdict,
)
from minotaur.stores import sqlite_nodes, sqlite_sessions, sqlite_users
from minotaur.stores.lock import DataLock
from minotaur.stores.revision import Unopenable, bring_up_to_date
from minotaur.stores.sqlite_connection import SqliteConnection

FILE_NAME = "minotaur.db"


@contextmanager
def open_data(folder: Path, url: str = "") -> Generator[SqliteStore]:
    """A server's data folder: held, its schema brought up to date, open until the end of the block.

    ``url`` is told to whoever tries to open it too. Raises ``DataInUse``, ``UnknownSchema``, ``Unopenable``.
    """
    lock = DataLock(folder, url)
    try:
        bring_up_to_date(folder / FILE_NAME)
        try:
            store = SqliteStore(folder / FILE_NAME)
        except sqlite3.Error as error:
            raise Unopenable(str(error)) from error
        try:
            yield store
        finally:
            store.close()
    finally:
        lock.release()


class SqliteStore:
    """``Store`` and ``Users`` in one file of this release's schema."""

    def __init__(self, path: Path) -> None:
        self.writer = SqliteConnection(path, "sqlite-writer")
        self.reader = SqliteConnection(path, "sqlite-reader")

    def close(self) -> None:
        """Finish what was handed over, and close the file."""
        self.reader.close()
        self.writer.close()

    # --- Store ---------------------------------------------------------------------------------------------------

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return await self.writer.write(partial(sqlite_sessions.create, sessions))

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        return await self.writer.write(partial(sqlite_sessions.commit, parts))

    async def count_claimable(self, owner: Owner, now: Millis) -> int:
        return await self.reader.read(partial(sqlite_nodes.count_claimable, owner, now))

    async def claim(self, owner: Owner, now: Millis, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        return await self.writer.write(partial(sqlite_nodes.claim, owner, now, limit, only))

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        return await self.writer.write(partial(sqlite_nodes.refence, game_id, owner, epoch))

    async def load(self, game_id: GameId) -> Stored | None:
        return await self.reader.read(partial(sqlite_sessions.load, game_id))

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        return await self.reader.read(partial(sqlite_sessions.journal, game_id, after, limit))

    async def release(self, owner: Owner, now: Millis) -> int:
        return await self.writer.write(partial(sqlite_nodes.release, owner, now))

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        await self.writer.write(partial(sqlite_sessions.quarantine, game_id, owner, reason, now))

    async def find(self, join_code: str) -> SessionSummary | None:
        return await self.reader.read(partial(sqlite_sessions.find, join_code))

    async def sessions_of(
        self, user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        return await self.reader.read(partial(sqlite_sessions.sessions_of, user_id, statuses, cursor, limit))

    async def register(self, node: NodeInfo, now: Millis, lease_expires_at: Millis) -> Owner:
        return await self.writer.write(partial(sqlite_nodes.register, node, now, lease_expires_at))

    async def renew(self, owner: Owner, now: Millis, lease_expires_at: Millis) -> bool:
        return await self.writer.write(partial(sqlite_nodes.renew, owner, now, lease_expires_at))

    async def retire(self, owner: Owner, now: Millis) -> None:
        await self.writer.write(partial(sqlite_nodes.retire, owner, now))

    # --- Users ---------------------------------------------------------------------------------------------------

    async def add_user(self, user: User, sign_in: SignIn) -> None:
        await self.writer.write(partial(sqlite_users.add_user, user, sign_in))

    async def user(self, user_id: UserId) -> User | None:
        return await self.reader.read(partial(sqlite_users.user, user_id))

    async def user_by_token(self, token_hash: bytes, now: Millis) -> User | None:
        return await self.reader.read(partial(sqlite_users.user_by_token, token_hash, now))

    async def add_sign_in(self, sign_in: SignIn) -> None:
        await self.writer.write(partial(sqlite_users.add_sign_in, sign_in))

    async def revoke(self, token_hash: bytes) -> None:
        await self.writer.write(partial(sqlite_users.revoke, token_hash))
