"""The stores in memory: for tests, benches and simulations. Same promises but for the power cut; sits the same exam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from minotaur.sessions.ids import GameId, Millis, Owner, PlayerId, UserId
from minotaur.sessions.records import (
    OPEN,
    Creation,
    NewSession,
    NodeInfo,
    Part,
    SessionPage,
    SessionSummary,
    SignIn,
    Snapshot,
    Stored,
    StoredEntry,
    StoredStatus,
    Summary,
    User,
    Verdict,
)
from minotaur.stores.cursor import read_cursor, write_cursor


@dataclass(slots=True)
class _Row:
    """A session's row. ``stored`` has no tail."""

    id: int
    stored: Stored
    players: dict[PlayerId, tuple[UserId | None, str]] = field(
        default_factory=dict[PlayerId, tuple[UserId | None, str]]
    )
    entries: list[StoredEntry] = field(default_factory=list[StoredEntry])


@dataclass(slots=True)
class _Lease:
    incarnation: int
    renewed_at: Millis
    expires_at: Millis
    retired: bool = False


class MemoryStore:
    """``Store`` and ``Users`` in one process's memory."""

    def __init__(self) -> None:
        self._rows: dict[GameId, _Row] = {}
        self._leases: dict[Owner, _Lease] = {}
        self._lives: dict[str, Owner] = {}
        self._users: dict[UserId, User] = {}
        self._sign_ins: dict[bytes, SignIn] = {}

    # --- Store ---------------------------------------------------------------------------------------------------

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return [self._create(new) for new in sessions]

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        return [self._commit(part) for part in parts]

    async def count_claimable(self, owner: Owner, now: Millis) -> int:
        return sum(self._claimable(row, owner, now) for row in self._rows.values())

    async def claim(self, owner: Owner, now: Millis, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        rows = [row for row in self._rows.values() if only is None or row.stored.game_id == only]
        claimable = [row for row in rows if self._claimable(row, owner, now)][:limit]
        for row in claimable:
            old = row.stored
            lease = None if old.owner is None else self._leases.get(old.owner)
            lost_at = now if lease is None else lease.renewed_at
            since = lost_at if old.unowned_since is None else old.unowned_since
            row.stored = replace(old, owner=owner, epoch=old.epoch + 1, unowned_since=since)
        return [_with_tail(row) for row in claimable]

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        row = self._rows.get(game_id)
        if row is None or row.stored.owner != owner or row.stored.epoch != epoch:
            return False
        row.stored = replace(row.stored, epoch=epoch + 1)
        return True

    async def load(self, game_id: GameId) -> Stored | None:
        row = self._rows.get(game_id)
        return None if row is None else _with_tail(row)

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        row = self._rows.get(game_id)
        return [] if row is None else row.entries[max(0, after) : max(0, after) + limit]

    async def release(self, owner: Owner, now: Millis) -> int:
        held = [row for row in self._rows.values() if row.stored.owner == owner and row.stored.game_status in OPEN]
        for row in held:
            since = now if row.stored.unowned_since is None else row.stored.unowned_since
            row.stored = replace(row.stored, owner=None, epoch=row.stored.epoch + 1, unowned_since=since)
        return len(held)

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        row = self._rows.get(game_id)
        if row is not None and row.stored.owner == owner and row.stored.game_status in OPEN:
            row.stored = replace(
                row.stored, game_status="quarantined", quarantine_reason=reason, wake_at=None, updated_at=now
            )

    async def find(self, join_code: str) -> SessionSummary | None:
        rows = [row for row in self._rows.values() if row.stored.join_code == join_code]
        best = max(rows, key=lambda row: (_holds_its_code(row), row.stored.inserted_at, row.id), default=None)
        return None if best is None else _summary(best, None)

    async def sessions_of(
        self, user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        below = read_cursor(cursor)
        rows = sorted(
            (
                row
                for row in self._rows.values()
                if any(user == user_id for user, _ in row.players.values())
                and (not statuses or row.stored.game_status in statuses)
                and (below is None or (row.stored.inserted_at, row.id) < below)
            ),
            key=lambda row: (row.stored.inserted_at, row.id),
            reverse=True,
        )
        page = rows[:limit]
        last = page[-1] if len(rows) > len(page) > 0 else None
        return SessionPage(
            tuple(_summary(row, user_id) for row in page),
            None if last is None else write_cursor(last.stored.inserted_at, last.id),
        )

    async def register(self, node: NodeInfo, now: Millis, lease_expires_at: Millis) -> Owner:
        before = self._lives.get(node.node_id)
        incarnation = 1 if before is None else self._leases[before].incarnation + 1
        owner = Owner(f"{node.node_id}.{incarnation}")
        self._lives[node.node_id] = owner
        self._leases[owner] = _Lease(incarnation, now, lease_expires_at)
        return owner

    async def renew(self, owner: Owner, now: Millis, lease_expires_at: Millis) -> bool:
        lease = self._leases.get(owner)
        if lease is None or lease.retired or owner not in self._lives.values():
            return False
        lease.renewed_at, lease.expires_at = now, lease_expires_at
        return True

    async def retire(self, owner: Owner, now: Millis) -> None:
        lease = self._leases.get(owner)
        if lease is not None and not lease.retired:
            lease.renewed_at = lease.expires_at = now
            lease.retired = True

    # --- Users ---------------------------------------------------------------------------------------------------

    async def add_user(self, user: User, sign_in: SignIn) -> None:
        self._users[user.user_id] = user
        self._sign_ins[sign_in.token_hash] = sign_in

    async def user(self, user_id: UserId) -> User | None:
        return self._users.get(user_id)

    async def user_by_token(self, token_hash: bytes, now: Millis) -> User | None:
        sign_in = self._sign_ins.get(token_hash)
        return None if sign_in is None or sign_in.expires_at <= now else self._users.get(sign_in.user_id)

    async def add_sign_in(self, sign_in: SignIn) -> None:
        self._sign_ins[sign_in.token_hash] = sign_in

    async def revoke(self, token_hash: bytes) -> None:
        self._sign_ins.pop(token_hash, None)

    # --- helpers -------------------------------------------------------------------------------------------------

    def _create(self, new: NewSession) -> Creation:
        if any(_holds_its_code(row) and row.stored.join_code == new.join_code for row in self._rows.values()):
            return Creation.JOIN_CODE_TAKEN
        entries = _entries(new.entries, 0, 1, new.recorded_at)
        blank = Stored(
            game_id=new.game_id,
            join_code=new.join_code,
            game_status="lobby",
            latest_round=0,
            state=b"",
            state_version=0,
            seq=len(entries),
            snapshot_seq=0,
            owner=new.owner,
            epoch=1,
            wake_at=new.wake_at,
            unowned_since=None,
            quarantine_reason=None,
            inserted_at=new.recorded_at,
            updated_at=new.recorded_at,
            tail=(),
        )
        row = _Row(len(self._rows) + 1, blank, entries=entries)
        self._rows[new.game_id] = row
        _apply_snapshot(row, new.snapshot)
        return Creation.CREATED

    def _commit(self, part: Part) -> Verdict:
        row = self._rows.get(part.game_id)
        if row is None or (row.stored.epoch, row.stored.seq) != (part.epoch, part.after_seq):
            return Verdict.FENCED
        row.entries += _entries(part.entries, part.after_seq, part.epoch, part.recorded_at)
        row.stored = replace(
            row.stored,
            seq=part.last_seq,
            wake_at=part.wake_at,
            unowned_since=None,
            updated_at=part.recorded_at,
        )
        if part.snapshot is not None:
            _apply_snapshot(row, part.snapshot)
        return Verdict.COMMITTED

    def _claimable(self, row: _Row, asker: Owner, now: Millis) -> bool:
        owner = row.stored.owner
        if row.stored.game_status not in OPEN or owner == asker:
            return False
        if owner is None or owner not in self._lives.values():
            return True
        return self._leases[owner].expires_at <= now


def _entries(bodies: Sequence[bytes], after_seq: int, epoch: int, recorded_at: Millis) -> list[StoredEntry]:
    return [StoredEntry(seq, epoch, recorded_at, body) for seq, body in enumerate(bodies, after_seq + 1)]


def _apply_snapshot(row: _Row, snapshot: Snapshot) -> None:
    summary: Summary = snapshot.summary
    row.stored = replace(
        row.stored,
        game_status=summary.game_status,
        latest_round=summary.latest_round,
        state=snapshot.state,
        state_version=snapshot.state_version,
        snapshot_seq=row.stored.seq,
    )
    for player in summary.players:
        row.players[player.player_id] = (player.user_id, player.player_status)


def _with_tail(row: _Row) -> Stored:
    return replace(row.stored, tail=tuple(row.entries[row.stored.snapshot_seq :]))


def _holds_its_code(row: _Row) -> bool:
    return row.stored.game_status in OPEN or row.stored.game_status == "quarantined"


def _summary(row: _Row, user_id: UserId | None) -> SessionSummary:
    mine = next(((pid, status) for pid, (user, status) in row.players.items() if user and user == user_id), None)
    stored = row.stored
    return SessionSummary(
        stored.game_id,
        stored.join_code,
        stored.game_status,
        stored.latest_round,
        stored.inserted_at,
        stored.updated_at,
        mine and mine[0],
        mine and mine[1],
    )
