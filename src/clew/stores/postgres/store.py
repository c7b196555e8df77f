"""The stores in one PostgreSQL database, for many nodes on many machines."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

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
from clew.stores.postgres import archives as postgres_archives
from clew.stores.postgres import census as postgres_census
from clew.stores.postgres import histories as postgres_histories
from clew.stores.postgres import listings as postgres_listings
from clew.stores.postgres import nodes as postgres_nodes
from clew.stores.postgres import ownership as postgres_ownership
from clew.stores.postgres import sessions as postgres_sessions
from clew.stores.postgres import users as postgres_users
from clew.stores.postgres.pools import PostgresPools


@asynccontextmanager
async def open_postgres(
    url: str, clock: Clock | None = None, *, read_only: bool = False
) -> AsyncGenerator[PostgresStore]:
    """A store in a database of this release's schema (``postgres_schema`` brings or checks it), open in the block.

    ``url`` is libpq's: ``postgresql://user:password@host:5432/database``, several ``host:port`` with commas between
    them, ``?host=/folder`` for a socket, and as parameters ``sslmode`` (say ``verify-full``), ``sslrootcert``,
    ``sslcert``, ``sslkey``, ``passfile``, ``target_session_attrs=read-write`` where one host of several is the primary.
    What it leaves out comes from libpq's variables (``PGPASSWORD``, ``PGSSLMODE``, …). A pooler must pool sessions, not
    transactions: statements are prepared.

    Nothing is connected yet: a database that is away is ``Busy`` to who asks, now and later, until it is back. Leases
    are told by its clock; by ``clock`` where one is given, in tests. Raises ``ValueError``, later: the URL is none.
    ``read_only``: nothing done with it can change the database; to write is ``Busy``.
    """
    store = postgres_store(url, clock, read_only=read_only)
    try:
        yield store
    finally:
        await store.pools.close()


@dataclass(frozen=True)
class PostgresStore(Store):
    """``Store`` in one database, shared by any number of nodes."""

    pools: PostgresPools


def postgres_store(url: str, clock: Clock | None = None, *, read_only: bool = False) -> PostgresStore:
    """As ``open_postgres``; whoever makes it closes its pools."""
    pools = PostgresPools(url, clock, read_only=read_only)
    all_of_it = _Everything(pools)
    return PostgresStore(
        journal=all_of_it,
        ownership=all_of_it,
        nodes=all_of_it,
        listings=all_of_it,
        archives=all_of_it,
        histories=all_of_it,
        counts=all_of_it,
        users=all_of_it,
        health=pools.health,
        pools=pools,
    )


class _Everything:
    def __init__(self, pools: PostgresPools) -> None:
        self.commits, self.orders, self.reads, self._at = pools.commits, pools.orders, pools.reads, pools.at
        self._lineage = postgres_histories.Lineage(pools.reads)

    # --- Store ---------------------------------------------------------------------------------------------------

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return await postgres_sessions.create(sessions, self.commits)

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        return await postgres_sessions.commit(parts, self.commits)

    async def probe(self) -> None:
        await self.commits.read("SELECT 1")

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        return await postgres_ownership.count_claimable(owner, reads, self._at(), self.reads)

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        return await postgres_ownership.claim(owner, reads, limit, only, self._at(), self.orders)

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        return await postgres_ownership.refence(game_id, owner, epoch, self.orders)

    async def load(self, game_id: GameId) -> Stored | None:
        return await postgres_sessions.load(game_id, self._at(), self.reads)

    async def entries(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        return await postgres_archives.journal(game_id, after, limit, self.reads)

    async def compactable(self, kinds: Collection[Kind], closed_before: Millis, limit: int) -> Sequence[GameId]:
        return await postgres_archives.compactable(kinds, closed_before, limit, self.reads)

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        return await postgres_archives.compact(game_id, self._at(), self.reads, self.orders)

    async def holding(self, game_id: GameId) -> Holding | None:
        return await postgres_ownership.holding(game_id, self._at(), self.reads)

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        return await postgres_ownership.held_by(owner, self.reads)

    async def release(self, owner: Owner) -> int:
        return await postgres_ownership.release(owner, self._at(), self.orders)

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        return await postgres_ownership.transfer(owner, target, versions, self._at(), self.orders)

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        return await postgres_ownership.put_to_sleep(owner, versions, self.orders)

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        return await postgres_ownership.wake(owner, wake_before, limit, self._at(), self.orders)

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        await postgres_sessions.quarantine(game_id, owner, reason, now, self.orders)

    async def find(self, join_code: str) -> SessionSummary | None:
        return await postgres_listings.find(join_code, self.reads)

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        return await postgres_listings.sessions_of(kinds, user_id, statuses, cursor, limit, self.reads)

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        return await postgres_nodes.register(node, lease_ms, self._at(), self.orders)

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        return await postgres_nodes.renew(owner, lease_ms, beat, self._at(), self.orders)

    async def retire(self, owner: Owner) -> None:
        await postgres_nodes.retire(owner, self._at(), self.orders)

    async def declare_dead(self, owner: Owner) -> bool:
        return await postgres_nodes.declare_dead(owner, self._at(), self.orders)

    async def rows(self) -> Sequence[NodeRow]:
        return await postgres_nodes.nodes(self._at(), self.reads)

    async def forget(self, limit: int) -> int:
        return await postgres_nodes.forget(limit, self._at(), self.orders)

    async def lineage(self) -> str:
        return await self._lineage.ask()

    async def standings(self, game_ids: Sequence[GameId]) -> Sequence[Standing]:
        return await postgres_histories.standings(game_ids, self.reads)

    async def note_setback(self, setback: Setback) -> None:
        await postgres_histories.note_setback(setback, self.orders)

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]:
        return await postgres_histories.setbacks(game_id, limit, self.reads)

    # --- Operators -----------------------------------------------------------------------------------------------

    async def ask_drain(self, node_id: NodeId) -> bool:
        return await postgres_nodes.ask_drain(node_id, self._at(), self.orders)

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        return await postgres_listings.list_sessions(statuses, owner, cursor, limit, kind, self.reads)

    async def count_sessions(self) -> Mapping[StoredStatus, int]:
        return await postgres_listings.count_sessions(self.reads)

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        return await postgres_listings.leaf(status, after, limit, self._at(), self.reads)

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        return await postgres_ownership.put_back(game_id, self._at(), self.orders, only_quarantined=only_quarantined)

    async def compacted(self, after: GameId | None, limit: int) -> Sequence[GameId]:
        return await postgres_archives.compacted(after, limit, self.reads)

    async def expand(self, game_id: GameId) -> bool:
        return await postgres_archives.expand(game_id, self.reads, self.orders)

    # --- Counts --------------------------------------------------------------------------------------------------

    async def count_made(self, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        return await postgres_census.count_made(maker, since, acting, self.reads)

    async def census(self, acting: str) -> Census:
        return await postgres_census.census(acting, self.reads)

    # --- Lobbies -------------------------------------------------------------------------------------------------

    async def unseen_lobbies(self, kind: Kind, since: Millis, limit: int) -> list[GameId]:
        return await postgres_census.unseen_lobbies(kind, since, limit, self.reads)

    async def note_look(self, game_id: GameId, now: Millis) -> None:
        await postgres_census.note_look(game_id, now, self.orders)

    # --- Users ---------------------------------------------------------------------------------------------------

    async def add_user(self, user: UserRecord, sign_in: SignIn) -> None:
        await postgres_users.add_user(user, sign_in, self.orders)

    async def user(self, user_id: UserId) -> UserRecord | None:
        return await postgres_users.user(user_id, self.reads)

    async def signed_in(self, token_hash: bytes, now: Millis) -> SignedIn | None:
        return await postgres_users.signed_in(token_hash, now, self.reads)

    async def prolong(self, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        await postgres_users.prolong(token_hash, expires_at, at_least_ms, self.orders)

    async def forget_idle(self, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        return await postgres_users.forget_idle(idle, after, limit, self.reads, self.orders)

    async def add_sign_in(self, sign_in: SignIn) -> None:
        await postgres_users.add_sign_in(sign_in, self.orders)

    async def revoke(self, token_hash: bytes) -> None:
        await postgres_users.revoke(token_hash, self.orders)
