"""What finds sessions, and leafs through them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from clew.sessions.ids import GameId, Kind, Millis, Owner, UserId
from clew.sessions.records import Mark, SessionPage, SessionRows, SessionSummary, StoredPage, StoredStatus


@dataclass(frozen=True, slots=True)
class Sequel:
    """The session that is played after another, by the same people, and how it is found."""

    of: GameId
    game_id: GameId
    join_code: str
    kind: Kind


class Listings(Protocol):
    """Finds sessions by their codes and people, and by what they are for who looks after all of them.

    Kept by every adapter (tests/clew/contracts/test_listings.py, test_lobbies.py), beside what ``Store`` says of all
    its parts.
    """

    async def find(self, join_code: str) -> SessionSummary | None:
        """The open or quarantined session with this code, else the latest closed one."""
        ...

    async def sequels(self, game_ids: Collection[GameId]) -> Sequence[Sequel]:
        """Of these sessions those that are followed, by which; what was called off follows nothing. In no order."""
        ...

    async def latest_sequels(self, since: Millis, limit: int) -> Sequence[Sequel]:
        """Those made since then, the latest first."""
        ...

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        """A user's sessions of these kinds in these statuses (none named: all), newest first.

        A cursor made by nobody: the start.
        """
        ...

    async def public_sessions(self, kinds: Collection[Kind], cursor: str | None, limit: int) -> SessionPage:
        """Open sessions of these kinds that are public, newest first. A cursor made by nobody: the start."""
        ...

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        """Sessions in these statuses (none named: all), of this owner and kind if one is named, newest first."""
        ...

    async def count_sessions(self) -> Mapping[StoredStatus, int]:
        """How many sessions there are in each status; none in a status that is not named."""
        ...

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        """Whole sessions in this status, whoever holds them, oldest first, at most ``limit``.

        A row and its tail are of one moment, but two pages are not: who leafs through "lobby" and then "active" misses
        no session that was open all the while, and may meet one twice.
        """
        ...

    async def unseen_lobbies(self, kind: Kind, since: Millis, limit: int) -> Sequence[GameId]:
        """Lobbies of this game made, changed and looked at before that only, the oldest first."""
        ...

    async def note_look(self, game_id: GameId, now: Millis) -> None:
        """Somebody looks at this lobby. What is no lobby is left as it is."""
        ...
