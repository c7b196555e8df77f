"""Who has to agree to what, and whether all have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from clew.game import Seat
from clew.sessions.ids import Millis, UserId
from clew.tables.agreeing.agreements import Agreements

PAUSE: Final = "pause"
GO_ON: Final = "go_on"
AUTOPILOT: Final = "autopilot:"
"""Followed by the seat that a bot is to plan for."""


class Circle(NamedTuple):
    """The round as people agree about it. ``people`` are those who still play; ``autopilots`` seats of such."""

    agreements: Agreements
    round: int
    ends_at: Millis
    length_ms: int
    people: Mapping[Seat, UserId]
    autopilots: Collection[Seat]

    def away(self, here: Collection[UserId] | None) -> frozenset[Seat]:
        """Who of them is away; nobody where it is not known who is here."""
        if here is None:
            return frozenset()
        return frozenset(seat for seat, user_id in self.people.items() if user_id not in here)


class Count(NamedTuple):
    """How far an agreement is: who has agreed, and who of those who are here has not."""

    to: str
    by: tuple[Seat, ...]
    missing: tuple[Seat, ...]


def target_of(to: str) -> Seat | None:
    """For whom a bot is to plan, if that is what it is about."""
    return Seat(to.removeprefix(AUTOPILOT)) if to.startswith(AUTOPILOT) else None


def count(circle: Circle, to: str, away: Collection[Seat]) -> Count:
    """All who play and are here have to agree; of those on autopilot who has spoken up, for they may be gone."""
    marked = circle.agreements.marks.get(to, ())
    missing = [seat for seat in circle.people if seat not in away and seat not in marked]
    return Count(
        to,
        tuple(seat for seat in marked if seat in circle.people),
        tuple(seat for seat in missing if seat not in circle.autopilots),
    )


def is_agreed(counted: Count, away: Collection[Seat]) -> bool:
    """Whether all who are here have, and anybody is: where nobody is, nobody has agreed."""
    return not counted.missing and any(seat not in away for seat in counted.by)


def is_open(circle: Circle, to: str) -> bool:
    """Whether it can still come to be: it is not so already, and there is somebody whom it is about."""
    paused = circle.agreements.pause is not None
    if to == PAUSE:
        return not paused
    if to == GO_ON:
        return paused
    target = target_of(to)
    return target in circle.people and target not in circle.autopilots


def counts(circle: Circle, away: Collection[Seat]) -> tuple[Count, ...]:
    """What is asked for and not agreed yet, but for who has come back meanwhile, or is not known to be away."""
    return tuple(
        count(circle, to, away)
        for to in circle.agreements.marks
        if is_open(circle, to) and target_of(to) in (None, *away)
    )
