"""What a store says of its own past: what tells whether it has come back older than it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId


class Histories(Protocol):
    """What was written before, as far as it is there: of every adapter (tests/clew/contracts/test_histories.py)."""

    async def lineage(self) -> str:
        """Which life of the store this is: another one after a standby was promoted or a base backup was restored.

        Empty where that can't be told; then only what nodes know of their own rows tells.
        """
        ...

    async def standings(self, game_ids: Sequence[GameId]) -> Sequence[Standing]:
        """Where these sessions stand, in any order, whoever holds them. Those that are not there are left out."""
        ...

    async def note_setback(self, setback: Setback) -> None:
        """Keep it for operators."""
        ...

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]:
        """What is kept of this session, latest first."""
        ...
