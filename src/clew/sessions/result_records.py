"""What became of people in the sessions that came to their end: the values that cross the port ``Results``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec

from clew.sessions.ids import GameId, Kind, Millis, PlayerId, UserId

ResultOutcome: TypeAlias = Literal["won", "drawn", "lost"]


class SeatResult(msgspec.Struct, frozen=True, gc=False):
    """What became of one seat; ``user_id`` is None for a bot's.

    ``place`` is 1 for who came first, and one more than are before them for everybody else. ``fate`` is a word of the
    game's own for how it went, which its pages can put; empty: none.
    """

    player_id: PlayerId
    user_id: UserId | None
    place: int
    outcome: ResultOutcome
    fate: str


@dataclass(frozen=True, slots=True)
class Rating:
    """How strong somebody is believed to be at one game (``mu``), how sure that is (``sigma``, less is surer), and the
    one number that people are shown of both.
    """

    mu: float
    sigma: float
    shown: int


@dataclass(frozen=True, slots=True)
class Strength:
    """A user's rating at one game after so many results; the number of results is its version."""

    results: int
    rating: Rating


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that came to its end and whose results are not kept yet."""

    game_id: GameId
    ended_at: Millis


@dataclass(frozen=True, slots=True)
class NewResult:
    """What is to be kept of one person. ``before``: the number of results that ``rating`` was worked out upon.

    ``rated``: whether the session counted for the rating; if not, it is what it was.
    """

    user_id: UserId
    player_id: PlayerId
    place: int
    outcome: ResultOutcome
    fate: str
    before: int
    rating: Rating
    rated: bool


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A session's results, whole. ``seats`` is how many played, bots among them; ``month`` that of its end, in UTC."""

    game_id: GameId
    kind: Kind
    ended_at: Millis
    month: str
    seats: int
    results: tuple[NewResult, ...]


@dataclass(frozen=True, slots=True)
class KeptResult:
    """One person's result as it is kept."""

    game_id: GameId
    kind: Kind
    user_id: UserId
    player_id: PlayerId
    ended_at: Millis
    seats: int
    place: int
    outcome: ResultOutcome
    fate: str
    rating_before: int | None
    """None where it was not rated."""
    rating_after: int | None


@dataclass(frozen=True, slots=True)
class GameTally:
    """All of a user's results at one game; ``rated`` of them counted for the rating."""

    kind: Kind
    played: int
    won: int
    drawn: int
    rated: int
    rating: int


@dataclass(frozen=True, slots=True)
class HowOften:
    """How often a user came to this place, or to this fate, at one game."""

    kind: Kind
    what: str
    times: int


@dataclass(frozen=True, slots=True)
class Meetings:
    """How two users did in the sessions of one kind that both were in: how often the first was placed before the
    other, and how often behind.
    """

    kind: Kind
    played: int
    before: int
    behind: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a month's board."""

    user_id: UserId
    display_name: str
    rated: int
    won: int
    rating: int
