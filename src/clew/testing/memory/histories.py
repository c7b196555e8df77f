"""What is kept of a store's past, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId
from clew.testing.memory.kept import KeptInMemory


class MemoryHistories:
    """``Histories`` in memory, of which there is one life."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def lineage(self) -> str:
        return ""

    async def standings(self, game_ids: Sequence[GameId]) -> Sequence[Standing]:
        found = [self._kept.rows[game_id].stored for game_id in game_ids if game_id in self._kept.rows]
        return [Standing(row.game_id, row.owner, row.epoch, row.seq, row.latest_round) for row in found]

    async def note_setback(self, setback: Setback) -> None:
        self._kept.setbacks.append(setback)

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]:
        return [setback for setback in reversed(self._kept.setbacks) if setback.game_id == game_id][:limit]
