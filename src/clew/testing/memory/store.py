"""The stores in memory: for tests, benches and simulations. Same promises but for the power cut; sits the same exam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId, Kind, Millis, NodeId, Owner, UserId
from clew.sessions.kinds import Reads, is_read
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.sessions.ports.clock import Clock
from clew.sessions.records import (
    OPEN,
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
    Stored,
    StoredEntry,
    StoredPage,
    StoredStatus,
    Verdict,
)
from clew.sessions.store_health import StoreHealth
from clew.stores.cursor import read_cursor, write_cursor
from clew.stores.store_clock import StoreClock
from clew.stores.text import storable
from clew.testing.memory import archives as memory_archives
from clew.testing.memory.census import MemoryCensus
from clew.testing.memory.lives import Lives
from clew.testing.memory.rows import (
    Row,
    apply_snapshot,
    holds_its_code,
    is_at,
    next_epoch,
    numbered,
    row_of,
    summary_of,
)


class MemoryStore(MemoryCensus):
    """``Store``, ``Operators`` and ``Users`` in one process's memory, for any number of nodes in it."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = StoreClock(clock)
        self.health = StoreHealth(clock.monotonic)
        self._lives = Lives(lambda owner: bool(self._held(owner)))
        self._setbacks: list[Setback] = []

    # --- Store ---------------------------------------------------------------------------------------------------

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return [self._create(new) for new in sessions]

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        return [self._commit(part) for part in parts]

    async def probe(self) -> None:
        pass

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        return Counter(row.stored.kind for row in self._rows.values() if self._claimable(row, owner, reads))

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        if not self._alive(owner):
            return []
        self._lives.end_lost(owner, self._clock.now())
        rows = [row for row in self._rows.values() if only is None or row.stored.game_id == only]
        claimable = [row for row in rows if self._claimable(row, owner, reads)][:limit]
        lost_by = {row.stored.game_id: row.stored.owner for row in claimable}
        for row in claimable:
            old = row.stored
            life = self._lives.get(old.owner)
            lost_at = self._clock.now() if life is None else life.renewed_at
            since = lost_at if old.unowned_since is None else old.unowned_since
            told_by = self._told_by(row)
            row.stored = replace(
                old, owner=owner, epoch=next_epoch(row), unowned_since=since, asleep=False, clock_offset_ms=told_by
            )
        return [replace(self._with_tail(row), claimed_from=lost_by[row.stored.game_id]) for row in claimable]

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        row = self._rows.get(game_id)
        if row is None or row.stored.owner != owner or row.stored.epoch != epoch:
            return False
        row.stored = replace(row.stored, epoch=epoch + 1)
        return True

    async def load(self, game_id: GameId) -> Stored | None:
        row = self._rows.get(game_id)
        return None if row is None else self._with_tail(row)

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        row = self._rows.get(game_id)
        return [] if row is None else memory_archives.journal(row, after, limit)

    async def compactable(self, kinds: Collection[Kind], closed_before: Millis, limit: int) -> Sequence[GameId]:
        return memory_archives.compactable(
            (row for row in self._rows.values() if row.stored.kind in kinds), closed_before, limit
        )

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        row = self._rows.get(game_id)
        return None if row is None else memory_archives.compact(row)

    async def holding(self, game_id: GameId) -> Holding | None:
        row = self._rows.get(game_id)
        if row is None:
            return None
        owner = row.stored.owner
        alive = owner is not None and self._alive(owner)
        return Holding(row.stored.kind, row.stored.game_status, row.stored.state_version, owner, alive)

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        return [row.stored.game_id for row in self._held(owner) if not row.stored.asleep]

    async def release(self, owner: Owner) -> int:
        held = self._held(owner)
        for row in held:
            since = self._clock.now() if row.stored.unowned_since is None else row.stored.unowned_since
            told_by = self._told_by(row)
            row.stored = replace(
                row.stored,
                owner=None,
                epoch=row.stored.epoch + 1,
                unowned_since=since,
                asleep=False,
                clock_offset_ms=told_by,
            )
        return len(held)

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        heir = self._lives.get(target)
        if heir is None or not heir.alive(self._clock.now()) or heir.beat.draining:
            return [Verdict.FENCED for _ in versions]
        return [self._move(owner, version, owner_after=target) for version in versions]

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        return [self._move(owner, version, owner_after=None) for version in versions]

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        asleep = [
            (row.stored.wake_at, row.id, row)
            for row in self._held(owner)
            if row.stored.asleep and row.stored.wake_at is not None and row.stored.wake_at < wake_before
        ]
        woken = [row for _, _, row in sorted(asleep, key=lambda each: each[:2])[:limit]]
        for row in woken:
            row.stored = replace(row.stored, asleep=False)
        return [self._with_tail(row) for row in woken]

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        row = self._rows.get(game_id)
        if row is not None and row.stored.owner == owner and row.stored.game_status in OPEN:
            row.stored = replace(
                row.stored,
                game_status="quarantined",
                quarantine_reason=storable(reason),
                quarantined_from=row.stored.game_status,
                wake_at=None,
                updated_at=now,
            )

    async def find(self, join_code: str) -> SessionSummary | None:
        rows = [row for row in self._rows.values() if row.stored.join_code == join_code]
        best = max(rows, key=lambda row: (holds_its_code(row), row.stored.inserted_at, row.id), default=None)
        return None if best is None else summary_of(best, None)

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        below = read_cursor(cursor)
        rows = sorted(
            (
                row
                for row in self._rows.values()
                if row.stored.kind in kinds
                and any(user == user_id for user, _ in row.players.values())
                and (not statuses or row.stored.game_status in statuses)
                and (below is None or (row.stored.inserted_at, row.id) < below)
            ),
            key=lambda row: (row.stored.inserted_at, row.id),
            reverse=True,
        )
        page = rows[:limit]
        last = page[-1] if len(rows) > len(page) > 0 else None
        return SessionPage(
            tuple(summary_of(row, user_id) for row in page),
            None if last is None else write_cursor(last.stored.inserted_at, last.id),
        )

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        return self._lives.register(node, self._clock.now(), lease_ms)

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        said = self._lives.renew(owner, self._clock.now(), lease_ms, beat)
        return None if said is None else replace(said, held=len(await self.held_by(owner)))

    async def retire(self, owner: Owner) -> None:
        self._lives.retire(owner, self._clock.now())

    async def declare_dead(self, owner: Owner) -> bool:
        return self._lives.declare_dead(owner, self._clock.now())

    async def forget_nodes(self, limit: int) -> int:
        return self._lives.forget(self._clock.now(), limit)

    async def nodes(self) -> Sequence[NodeRow]:
        return self._lives.rows(self._clock.now())

    async def lineage(self) -> str:
        return ""

    async def standings(self, game_ids: Sequence[GameId]) -> Sequence[Standing]:
        found = [self._rows[game_id].stored for game_id in game_ids if game_id in self._rows]
        return [Standing(row.game_id, row.owner, row.epoch, row.seq, row.latest_round) for row in found]

    async def note_setback(self, setback: Setback) -> None:
        self._setbacks.append(setback)

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]:
        return [setback for setback in reversed(self._setbacks) if setback.game_id == game_id][:limit]

    # --- Operators -----------------------------------------------------------------------------------------------

    async def ask_drain(self, node_id: NodeId) -> bool:
        return self._lives.ask_drain(node_id, self._clock.now())

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        below = read_cursor(cursor)
        rows = sorted(
            (
                row
                for row in self._rows.values()
                if (not statuses or row.stored.game_status in statuses)
                and (owner is None or row.stored.owner == owner)
                and (kind is None or row.stored.kind == kind)
                and (below is None or (row.stored.inserted_at, row.id) < below)
            ),
            key=lambda row: (row.stored.inserted_at, row.id),
            reverse=True,
        )
        page = rows[:limit]
        last = page[-1] if len(rows) > len(page) > 0 else None
        return SessionRows(
            tuple(row_of(row.stored) for row in page),
            None if last is None else write_cursor(last.stored.inserted_at, last.id),
        )

    async def count_sessions(self) -> Mapping[StoredStatus, int]:
        return Counter(row.stored.game_status for row in self._rows.values())

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        rows = sorted(
            (row.stored.inserted_at, row.id, row)
            for row in self._rows.values()
            if row.stored.game_status == status and (row.stored.inserted_at, row.id) > (after.inserted_at, after.row)
        )
        items = tuple(self._with_tail(row) for _, _, row in rows[:limit])
        return StoredPage(items, Mark(*rows[limit - 1][:2]) if len(rows) > limit > 0 else None)

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        row = self._rows.get(game_id)
        if row is None or not holds_its_code(row) or (only_quarantined and row.stored.game_status in OPEN):
            return False
        row.stored = replace(
            row.stored,
            game_status=row.stored.quarantined_from or row.stored.game_status,
            quarantined_from=None,
            owner=None,
            epoch=next_epoch(row),
            asleep=False,
            unowned_since=self._clock.now() if row.stored.unowned_since is None else row.stored.unowned_since,
            quarantine_reason=None,
            clock_offset_ms=self._told_by(row),
        )
        return True

    async def compacted(self, after: GameId | None, limit: int) -> Sequence[GameId]:
        return memory_archives.compacted(self._rows.values(), after, limit)

    async def expand(self, game_id: GameId) -> bool:
        row = self._rows.get(game_id)
        return row is not None and memory_archives.expand(row)

    # --- helpers -------------------------------------------------------------------------------------------------

    def _create(self, new: NewSession) -> Creation:
        if any(holds_its_code(row) and row.stored.join_code == new.join_code for row in self._rows.values()):
            return Creation.JOIN_CODE_TAKEN
        entries = numbered(new.entries, 0, 1, new.recorded_at)
        blank = Stored(
            game_id=new.game_id,
            join_code=new.join_code,
            kind=new.kind,
            game_status="lobby",
            latest_round=0,
            state=b"",
            state_bytes=0,
            state_version=0,
            seq=len(entries),
            snapshot_seq=0,
            owner=new.owner,
            epoch=1,
            wake_at=new.wake_at,
            unowned_since=None,
            quarantine_reason=None,
            quarantined_from=None,
            inserted_at=new.recorded_at,
            updated_at=new.recorded_at,
            asleep=False,
            read_at=new.recorded_at,
            tail=(),
        )
        row = Row(len(self._rows) + 1, blank, entries=entries, maker=new.maker)
        self._rows[new.game_id] = row
        apply_snapshot(row, new.snapshot)
        return Creation.CREATED

    def _commit(self, part: Part) -> Verdict:
        row = self._rows.get(part.game_id)
        if row is None or not is_at(row.stored, part):
            return Verdict.FENCED
        row.entries += numbered(part.entries, part.after_seq, part.epoch, part.recorded_at)
        row.stored = replace(
            row.stored,
            seq=part.last_seq,
            wake_at=part.wake_at,
            unowned_since=None,
            clock_offset_ms=None,
            asleep=False,
            updated_at=part.recorded_at,
        )
        if part.snapshot is not None:
            apply_snapshot(row, part.snapshot)
        return Verdict.COMMITTED

    def _move(self, owner: Owner, version: RowVersion, owner_after: Owner | None) -> Verdict:
        """Give a session away; to nobody: put it to sleep where it is."""
        row = self._rows.get(version.game_id)
        if row is None or row.stored.game_status not in OPEN:
            return Verdict.FENCED
        if (row.stored.owner, row.stored.epoch, row.stored.seq) != (owner, version.epoch, version.seq):
            return Verdict.FENCED
        told_by = self._told_by(row)
        if owner_after is None:
            row.stored = replace(row.stored, asleep=True, clock_offset_ms=told_by)
        else:
            row.stored = replace(
                row.stored, owner=owner_after, epoch=version.epoch + 1, asleep=False, clock_offset_ms=told_by
            )
        return Verdict.COMMITTED

    def _told_by(self, row: Row) -> int | None:
        """What the clock of whoever wrote last is ahead by, for the next owner."""
        if row.stored.clock_offset_ms is not None:
            return row.stored.clock_offset_ms
        life = self._lives.get(row.stored.owner)
        return None if life is None else life.beat.clock_offset_ms

    def _held(self, owner: Owner) -> list[Row]:
        return [row for row in self._rows.values() if row.stored.owner == owner and row.stored.game_status in OPEN]

    def _alive(self, owner: Owner) -> bool:
        return self._lives.alive(owner, self._clock.now())

    def _claimable(self, row: Row, asker: Owner, reads: Reads | None) -> bool:
        stored, owner = row.stored, row.stored.owner
        if stored.game_status not in OPEN or owner == asker:
            return False
        if reads is not None and not is_read(stored.kind, stored.state_version, reads):
            return False
        return owner is None or not self._alive(owner)

    def _with_tail(self, row: Row) -> Stored:
        return memory_archives.with_tail(row, self._clock.now())
