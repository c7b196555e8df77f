"""What keeps the journals of sessions that are long over in little room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Compacted, LeftAsEntries


class Archives(Protocol):
    """Journals kept as one record each, which ``Journal`` reads as before.

    Kept by every adapter (tests/clew/contracts/test_compaction.py), beside what ``Store`` says of all its parts.
    """

    async def compactable(self, kind: Kind, closed_before: Millis, limit: int) -> Sequence[GameId]:
        """Closed sessions of this kind last written to before that, whose journal is kept as entries: those made
        first, first.

        Those that ``compact`` left as they are never come again.
        """
        ...

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        """Keep the journal of a closed session as one compressed record, seen to hold it whole, instead of its entries.

        All or nothing. None: there was nothing to do, for it is open, or compacted, or another is just about it.
        """
        ...

    async def compacted(self, after: GameId | None, limit: int) -> Sequence[GameId]:
        """Sessions whose journal is compacted, by their ids, those after one."""
        ...

    async def expand(self, game_id: GameId) -> bool:
        """Keep a compacted journal as its entries again, as a release reads it that knows no other. False: it is not.

        All or nothing. Raises ``Unreadable`` where its record is damaged: it stays. Who compacts may do it again.
        """
        ...
