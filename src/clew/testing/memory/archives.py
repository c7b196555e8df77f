"""Compacting in memory."""

from __future__ import annotations

from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Compacted, LeftAsEntries
from clew.stores.archive import pack_journal, unpack_journal
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.rows import Row, is_closed


class MemoryArchives:
    """``Archives`` in memory."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def compactable(self, kind: Kind, closed_before: Millis, limit: int) -> list[GameId]:
        rows = (row for row in self._kept.rows.values() if row.stored.kind == kind and _may_be_compacted(row))
        found = [row for row in rows if row.stored.updated_at < closed_before]
        found.sort(key=lambda row: (row.stored.inserted_at, row.id))
        return [row.stored.game_id for row in found[:limit]]

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        row = self._kept.rows.get(game_id)
        if row is None or not _may_be_compacted(row):
            return None
        packed = pack_journal(row.stored.game_id, row.stored.seq, row.entries)
        if isinstance(packed, LeftAsEntries):
            row.is_odd = True
            return packed
        row.archive, saved = packed
        row.entries = []
        return saved

    async def compacted(self, after: GameId | None, limit: int) -> list[GameId]:
        found = sorted(row.stored.game_id for row in self._kept.rows.values() if row.archive is not None)
        return [game_id for game_id in found if after is None or game_id > after][:limit]

    async def expand(self, game_id: GameId) -> bool:
        row = self._kept.rows.get(game_id)
        if row is None or row.archive is None:
            return False
        row.entries = [*unpack_journal(row.stored.game_id, row.archive), *row.entries]
        row.archive = None
        return True


def _may_be_compacted(row: Row) -> bool:
    stored = row.stored
    return is_closed(row) and row.archive is None and not row.is_odd and stored.snapshot_seq == stored.seq
