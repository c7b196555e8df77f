"""How many sessions there are, and whose: the port that caps are counted with, and what crosses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from clew.sessions.ids import Kind, Millis, UserId


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a session, and whence: ``origin`` tells places apart, and no more. None: nobody is counted for it."""

    user_id: UserId | None = None
    origin: str | None = None


NOBODY = Maker()


@dataclass(frozen=True, slots=True)
class Made:
    """What one user, or one origin, has made: open ones, lobbies among them, those that run alone, those made lately.

    Alone are active sessions in which no user's seat is in a status that acts.
    """

    open: int = 0
    lobbies: int = 0
    alone: int = 0
    lately: int = 0


@dataclass(frozen=True, slots=True)
class OpenSessions:
    """Of one kind; ``active`` without those ``alone``."""

    lobbies: int = 0
    active: int = 0
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Census:
    """Everything in the store: open sessions by their kind, where there are any, users, ways to sign in."""

    sessions: Mapping[Kind, OpenSessions]
    users: int
    sign_ins: int

    @property
    def lobbies(self) -> int:
        return sum(each.lobbies for each in self.sessions.values())

    @property
    def active(self) -> int:
        return sum(each.active for each in self.sessions.values())

    @property
    def alone(self) -> int:
        return sum(each.alone for each in self.sessions.values())


class Counts(Protocol):
    """Counts what there is. Kept by every adapter (tests/clew/contracts/test_census.py).

    ``acting``: a seat's status.
    """

    async def count_made(self, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        """What this user and this origin made, ``lately`` being ``since`` then. By index: it looks at nothing else."""
        ...

    async def census(self, acting: str) -> Census:
        """All of it. It looks at every open session and every user: for once in a while."""
        ...
