"""Who holds what, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from clew.sessions.ids import GameId, Kind, Millis, Owner
from clew.sessions.kinds import Reads, is_read
from clew.sessions.records import OPEN, Holding, RowVersion, Stored, Verdict
from clew.stores.text import storable
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.rows import Row, holds_its_code, next_epoch


class MemoryOwnership:
    """``Ownership`` in memory."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        return Counter(row.stored.kind for row in self._kept.rows.values() if self._claimable(row, owner, reads))

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        if not self._kept.is_alive(owner):
            return []
        self._end_lost(owner)
        rows = [row for row in self._kept.rows.values() if only is None or row.stored.game_id == only]
        claimable = [row for row in rows if self._claimable(row, owner, reads)][:limit]
        lost_by = {row.stored.game_id: row.stored.owner for row in claimable}
        for row in claimable:
            old = row.stored
            life = self._kept.life(old.owner)
            lost_at = self._kept.clock.now() if life is None else life.renewed_at
            since = lost_at if old.unowned_since is None else old.unowned_since
            clock_ahead_ms = self._kept.clock_ahead_ms(row)
            row.stored = replace(
                old,
                owner=owner,
                epoch=next_epoch(row),
                unowned_since=since,
                asleep=False,
                clock_offset_ms=clock_ahead_ms,
            )
        return [replace(self._kept.read(row), claimed_from=lost_by[row.stored.game_id]) for row in claimable]

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        row = self._kept.rows.get(game_id)
        if row is None or row.stored.owner != owner or row.stored.epoch != epoch:
            return False
        row.stored = replace(row.stored, epoch=epoch + 1)
        return True

    async def holding(self, game_id: GameId) -> Holding | None:
        row = self._kept.rows.get(game_id)
        if row is None:
            return None
        owner = row.stored.owner
        stored = row.stored
        return Holding(stored.kind, stored.game_status, stored.state_version, owner, self._kept.is_alive(owner))

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        return [row.stored.game_id for row in self._kept.held(owner) if not row.stored.asleep]

    async def release(self, owner: Owner) -> int:
        held = self._kept.held(owner)
        for row in held:
            since = self._kept.clock.now() if row.stored.unowned_since is None else row.stored.unowned_since
            clock_ahead_ms = self._kept.clock_ahead_ms(row)
            row.stored = replace(
                row.stored,
                owner=None,
                epoch=row.stored.epoch + 1,
                unowned_since=since,
                asleep=False,
                clock_offset_ms=clock_ahead_ms,
            )
        return len(held)

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        heir = self._kept.life(target)
        if heir is None or not heir.alive(self._kept.clock.now()) or heir.beat.draining:
            return [Verdict.FENCED for _ in versions]
        return [self._move(owner, version, owner_after=target) for version in versions]

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        return [self._move(owner, version, owner_after=None) for version in versions]

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        asleep = [
            (row.stored.wake_at, row.id, row)
            for row in self._kept.held(owner)
            if row.stored.asleep and row.stored.wake_at is not None and row.stored.wake_at < wake_before
        ]
        woken = [row for _, _, row in sorted(asleep, key=lambda each: each[:2])[:limit]]
        for row in woken:
            row.stored = replace(row.stored, asleep=False)
        return [self._kept.read(row) for row in woken]

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        row = self._kept.rows.get(game_id)
        if row is not None and row.stored.owner == owner and row.stored.game_status in OPEN:
            row.stored = replace(
                row.stored,
                game_status="quarantined",
                quarantine_reason=storable(reason),
                quarantined_from=row.stored.game_status,
                wake_at=None,
                updated_at=now,
            )

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        row = self._kept.rows.get(game_id)
        if row is None or not holds_its_code(row) or (only_quarantined and row.stored.game_status in OPEN):
            return False
        row.stored = replace(
            row.stored,
            game_status=row.stored.quarantined_from or row.stored.game_status,
            quarantined_from=None,
            owner=None,
            epoch=next_epoch(row),
            asleep=False,
            unowned_since=self._kept.clock.now() if row.stored.unowned_since is None else row.stored.unowned_since,
            quarantine_reason=None,
            clock_offset_ms=self._kept.clock_ahead_ms(row),
        )
        return True

    def _move(self, owner: Owner, version: RowVersion, owner_after: Owner | None) -> Verdict:
        """Give a session away; to nobody: put it to sleep where it is."""
        row = self._kept.rows.get(version.game_id)
        if row is None or row.stored.game_status not in OPEN:
            return Verdict.FENCED
        if (row.stored.owner, row.stored.epoch, row.stored.seq) != (owner, version.epoch, version.seq):
            return Verdict.FENCED
        clock_ahead_ms = self._kept.clock_ahead_ms(row)
        if owner_after is None:
            row.stored = replace(row.stored, asleep=True, clock_offset_ms=clock_ahead_ms)
        else:
            row.stored = replace(
                row.stored, owner=owner_after, epoch=version.epoch + 1, asleep=False, clock_offset_ms=clock_ahead_ms
            )
        return Verdict.COMMITTED

    def _claimable(self, row: Row, asker: Owner, reads: Reads | None) -> bool:
        stored, owner = row.stored, row.stored.owner
        if stored.game_status not in OPEN or owner == asker:
            return False
        if reads is not None and not is_read(stored.kind, stored.state_version, reads):
            return False
        return not self._kept.is_alive(owner)

    def _end_lost(self, asker: Owner) -> None:
        """Those that are silent and hold something are over from here on."""
        for owner, life in self._kept.lives.items():
            if owner != asker and not life.alive(self._kept.clock.now()) and self._kept.held(owner):
                life.over = True
