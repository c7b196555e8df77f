"""What keeps each session: its row, and the journal of all that happened in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clew.sessions.ids import GameId
from clew.sessions.records import Creation, NewSession, Part, Stored, StoredEntry, Verdict


class Journal(Protocol):
    """Remembers what happened in each session, in order.

    Kept by every adapter (tests/clew/contracts/test_journal.py), beside what ``Store`` says of all its parts:

    * ``create`` and ``commit`` have survived a power cut once they return, and each part is all or nothing;
    * numbers in one session are 1, 2, 3… without gap or repeat;
    * a part whose epoch or seq is not the row's leaves no trace and is ``FENCED``; the others of its batch are applied;
    * ``id`` and ``inserted_at`` of a row and of its players' rows never change;
    * what is read equals what was written, byte for byte; what no node writes, whatever its size, comes cut as
      ``Stored`` says, and never costs a caller more than that.

    Not promised: any order between two sessions.
    """

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        """Make each; or say that one which is not called off ``FOLLOWED`` what it would follow, or else that an open
        one has its join code. Those before it in this batch count.
        """
        ...

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        """Apply each part; at most one for a session. One transaction for all."""
        ...

    async def probe(self) -> None:
        """Go the way that a commit goes, and write nothing: raises what would keep one out, as far as that shows.

        It is asked often, so it costs next to nothing; ``health`` is not told of it.
        """
        ...

    async def load(self, game_id: GameId) -> Stored | None:
        """One session with its tail, whoever holds it."""
        ...

    async def entries(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        """Of its journal, those numbered above ``after``, in order, at most ``limit``; the same before and after
        ``compact``.

        Raises ``Unreadable`` where the record of a compacted journal is damaged.
        """
        ...
