"""What keeps the results of the sessions that came to their end, and what people are rated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.result_records import Ended, GameTally, HowOften, KeptResult, Meetings, Ranked, Reckoned, Strength


class Results(Protocol):
    """Remembers results: each session's once, whoever writes them and however often.

    Kept by every adapter (tests/clew/contracts/test_results.py), beside what ``Store`` says of all its parts:

    * ``reckon`` is one transaction: results, tallies, ratings and that the session was reckoned, or nothing;
    * nothing is kept of a user who is not there (any more), and ``AccountBook.delete_user`` takes all that was.

    All of it follows from the sessions: in a database that they were moved to it is reckoned anew.
    """

    async def unreckoned(self, kind: Kind, window: int, limit: int) -> Sequence[Ended]:
        """Sessions of this kind that came to their end and were not reckoned: of the ``window`` that were made first
        those that ended first.
        """
        ...

    async def strengths(self, kind: Kind, user_ids: Collection[UserId]) -> Mapping[UserId, Strength]:
        """Of those of them who have a result."""
        ...

    async def reckon(self, reckoned: Reckoned) -> bool:
        """Keep a session's results.

        False, and nothing was done: it was reckoned already or has not come to its end, or somebody in it has got
        another result since ``before``.
        """
        ...

    async def of_session(self, game_id: GameId) -> Sequence[KeptResult] | None:
        """By seat; None where it was not reckoned."""
        ...

    async def of_user(self, user_id: UserId, limit: int) -> Sequence[KeptResult]:
        """The latest first."""
        ...

    async def in_sessions(self, user_id: UserId, game_ids: Collection[GameId]) -> Sequence[KeptResult]:
        """The user's in these of them, in no order."""
        ...

    async def tallies(self, user_id: UserId) -> Sequence[GameTally]:
        """By kind."""
        ...

    async def places(self, user_id: UserId) -> Sequence[HowOften]:
        """How often each place was theirs, by kind and place."""
        ...

    async def fates(self, user_id: UserId) -> Sequence[HowOften]:
        """How often each fate was theirs, by kind, the most frequent first; none is none."""
        ...

    async def together(self, user_id: UserId, other: UserId) -> Sequence[Meetings]:
        """By kind, of those in which both have a result."""
        ...

    async def board(self, kind: Kind, month: str, limit: int) -> Sequence[Ranked]:
        """Who had the highest rating after their last rated session of this month, the highest first: of users with an
        account who had ``BOARD_RATED_MIN`` in it.
        """
        ...

    async def place_on_board(self, kind: Kind, month: str, user_id: UserId) -> tuple[int, Ranked] | None:
        """At which place of it somebody stands; None: at none."""
        ...
