"""The stores in one SQLite file: WAL, ``synchronous=FULL``, one thread that writes and one that reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clew.sessions.census import Census, Made, Maker
from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId, Kind, Millis, NodeId, Owner, UserId
from clew.sessions.kinds import Reads
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.ports.users import Forgotten, Idle, SignedIn
from clew.sessions.records import (
    Compacted,
    Creation,
    Holding,
    LeftAsEntries,
    Mark,
    NewSession,
    Part,
    RowVersion,
    SessionPage,
    SessionRows,
    SessionSummary,
    SignIn,
    Stored,
    StoredEntry,
    StoredPage,
    StoredStatus,
    UserRecord,
    Verdict,
)
from clew.stores.folder import DataFolder
from clew.stores.lock import DataLock
from clew.stores.schema.revision import Unopenable
from clew.stores.sqlite import archives as sqlite_archives
from clew.stores.sqlite import census as sqlite_census
from clew.stores.sqlite import histories as sqlite_histories
from clew.stores.sqlite import listings as sqlite_listings
from clew.stores.sqlite import nodes as sqlite_nodes
from clew.stores.sqlite import ownership as sqlite_ownership
from clew.stores.sqlite import sessions as sqlite_sessions
from clew.stores.sqlite import users as sqlite_users
from clew.stores.sqlite.connections import SqliteConnections
from clew.stores.sqlite.faults import in_words
from clew.stores.sqlite.schema import bring_up_to_date


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
    all_of_it = _Everything(connections)
    return SqliteStore(
        journal=all_of_it,
        ownership=all_of_it,
        nodes=all_of_it,
        listings=all_of_it,
        archives=all_of_it,
        histories=all_of_it,
        counts=all_of_it,
        users=all_of_it,
        health=connections.health,
        connections=connections,
    )


class _Everything:
    def __init__(self, connections: SqliteConnections) -> None:
        self.writer, self.reader, self._clock = connections.writer, connections.reader, connections.clock
        self._connections = connections

    # --- Store ---------------------------------------------------------------------------------------------------

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return await self.writer.write(partial(sqlite_sessions.create, sessions))

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        try:
            return await self.writer.write(partial(sqlite_sessions.commit, parts))
        except sqlite_sessions.SomeFenced:
            # In a transaction of its own: whoever writes between the two fences more, and never less.
            return await self.writer.write(partial(sqlite_sessions.commit_fitting, parts))

    async def probe(self) -> None:
        await self.writer.probe()

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        return await self.reader.read(partial(sqlite_ownership.count_claimable, owner, reads, self._clock.now()))

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        return await self.writer.write(partial(sqlite_ownership.claim, owner, reads, limit, only, self._clock.now()))

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        return await self.writer.write(partial(sqlite_ownership.refence, game_id, owner, epoch))

    async def load(self, game_id: GameId) -> Stored | None:
        return await self.reader.read(partial(sqlite_sessions.load, game_id, self._clock.now()))

    async def entries(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        return await self.reader.read(partial(sqlite_archives.journal, game_id, after, limit))

    async def compactable(self, kinds: Collection[Kind], closed_before: Millis, limit: int) -> Sequence[GameId]:
        return await self.reader.read(partial(sqlite_archives.compactable, kinds, closed_before, limit))

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        return await sqlite_archives.compact(game_id, self._clock.now(), self.reader, self.writer)

    async def holding(self, game_id: GameId) -> Holding | None:
        return await self.reader.read(partial(sqlite_ownership.holding, game_id, self._clock.now()))

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        return await self.reader.read(partial(sqlite_ownership.held_by, owner))

    async def release(self, owner: Owner) -> int:
        return await self.writer.write(partial(sqlite_ownership.release, owner, self._clock.now()))

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        return await self.writer.write(partial(sqlite_ownership.transfer, owner, target, versions, self._clock.now()))

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        return await self.writer.write(partial(sqlite_ownership.put_to_sleep, owner, versions))

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        now = self._clock.now()
        return await self.writer.write(partial(sqlite_ownership.wake, owner, wake_before, limit, now))

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        await self.writer.write(partial(sqlite_sessions.quarantine, game_id, owner, reason, now))

    async def find(self, join_code: str) -> SessionSummary | None:
        return await self.reader.read(partial(sqlite_listings.find, join_code))

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        return await self.reader.read(partial(sqlite_listings.sessions_of, kinds, user_id, statuses, cursor, limit))

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        sign = self._connections.sign
        heard_at = None if sign is None else sign.last
        return await self.writer.write(partial(sqlite_nodes.register, node, self._clock.now(), lease_ms, heard_at))

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        return await self.writer.write(partial(sqlite_nodes.renew, owner, self._clock.now(), lease_ms, beat))

    async def retire(self, owner: Owner) -> None:
        await self.writer.write(partial(sqlite_nodes.retire, owner, self._clock.now()))

    async def declare_dead(self, owner: Owner) -> bool:
        return await self.writer.write(partial(sqlite_nodes.declare_dead, owner, self._clock.now()))

    async def rows(self) -> Sequence[NodeRow]:
        return await self.reader.read(partial(sqlite_nodes.nodes, self._clock.now()))

    async def forget(self, limit: int) -> int:
        return await self.writer.write(partial(sqlite_nodes.forget, self._clock.now(), limit))

    async def lineage(self) -> str:
        return ""  # a file is not replaced under a server that holds it

    async def standings(self, game_ids: Sequence[GameId]) -> Sequence[Standing]:
        return await self.reader.read(partial(sqlite_histories.standings, game_ids))

    async def note_setback(self, setback: Setback) -> None:
        await self.writer.write(partial(sqlite_histories.note_setback, setback))

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]:
        return await self.reader.read(partial(sqlite_histories.setbacks, game_id, limit))

    # --- Operators -----------------------------------------------------------------------------------------------

    async def ask_drain(self, node_id: NodeId) -> bool:
        return await self.writer.write(partial(sqlite_nodes.ask_drain, node_id, self._clock.now()))

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        return await self.reader.read(partial(sqlite_listings.list_sessions, statuses, owner, cursor, limit, kind))

    async def count_sessions(self) -> Mapping[StoredStatus, int]:
        return await self.reader.read(sqlite_listings.count_sessions)

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        return await self.reader.read(partial(sqlite_listings.leaf, status, after, limit, self._clock.now()))

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        put_back = partial(sqlite_ownership.put_back, game_id, self._clock.now(), only_quarantined=only_quarantined)
        return await self.writer.write(put_back)

    async def compacted(self, after: GameId | None, limit: int) -> Sequence[GameId]:
        return await self.reader.read(partial(sqlite_archives.compacted, after, limit))

    async def expand(self, game_id: GameId) -> bool:
        return await self.writer.write(partial(sqlite_archives.expand, game_id))

    # --- Counts --------------------------------------------------------------------------------------------------

    async def count_made(self, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        return await self.reader.read(partial(sqlite_census.count_made, maker, since, acting))

    async def census(self, acting: str) -> Census:
        return await self.reader.read(partial(sqlite_census.census, acting))

    # --- Lobbies -------------------------------------------------------------------------------------------------

    async def unseen_lobbies(self, kind: Kind, since: Millis, limit: int) -> list[GameId]:
        return await self.reader.read(partial(sqlite_census.unseen_lobbies, kind, since, limit))

    async def note_look(self, game_id: GameId, now: Millis) -> None:
        await self.writer.write(partial(sqlite_census.note_look, game_id, now))

    # --- Users ---------------------------------------------------------------------------------------------------

    async def add_user(self, user: UserRecord, sign_in: SignIn) -> None:
        await self.writer.write(partial(sqlite_users.add_user, user, sign_in))

    async def user(self, user_id: UserId) -> UserRecord | None:
        return await self.reader.read(partial(sqlite_users.user, user_id))

    async def signed_in(self, token_hash: bytes, now: Millis) -> SignedIn | None:
        return await self.reader.read(partial(sqlite_users.signed_in, token_hash, now))

    async def prolong(self, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        await self.writer.write(partial(sqlite_users.prolong, token_hash, expires_at, at_least_ms))

    async def forget_idle(self, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        return await self.writer.write(partial(sqlite_users.forget_idle, idle, after, limit))

    async def add_sign_in(self, sign_in: SignIn) -> None:
        await self.writer.write(partial(sqlite_users.add_sign_in, sign_in))

    async def revoke(self, token_hash: bytes) -> None:
        await self.writer.write(partial(sqlite_users.revoke, token_hash))
