"""Sessions and their journals in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clew.sessions.ids import GameId
from clew.sessions.records import Creation, NewSession, Part, Stored, StoredEntry, Verdict
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.reading import entries
from clew.testing.memory.rows import Row, apply_snapshot, holds_its_code, is_at, numbered, sequel_of


class MemoryJournal:
    """``Journal`` in memory: it survives whatever the process does."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return [self._create(new) for new in sessions]

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        return [self._commit(part) for part in parts]

    async def probe(self) -> None:
        pass

    async def load(self, game_id: GameId) -> Stored | None:
        row = self._kept.rows.get(game_id)
        return None if row is None else self._kept.read(row)

    async def entries(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        row = self._kept.rows.get(game_id)
        return [] if row is None else entries(row, after, limit)

    def _create(self, new: NewSession) -> Creation:
        sequels = (sequel_of(row) for row in self._kept.rows.values())
        follows = new.snapshot.summary.follows
        if follows and any(sequel and sequel.of == follows for sequel in sequels):
            return Creation.FOLLOWED
        if any(holds_its_code(row) and row.stored.join_code == new.join_code for row in self._kept.rows.values()):
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
        row = Row(len(self._kept.rows) + 1, blank, entries=entries, maker=new.maker, follows=follows)
        self._kept.rows[new.game_id] = row
        apply_snapshot(row, new.snapshot)
        return Creation.CREATED

    def _commit(self, part: Part) -> Verdict:
        row = self._kept.rows.get(part.game_id)
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
            apply_snapshot(row, part.snapshot, part.given_up)
        return Verdict.COMMITTED
