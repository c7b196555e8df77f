"""The bodies about people and their results of the HTTP half of the public protocol."""

import msgspec

from clew.sessions.result_records import ResultOutcome


class PlaceTimes(msgspec.Struct, frozen=True):
    """How often somebody came to this place; 1 is the first."""

    place: int
    times: int


class FateTimes(msgspec.Struct, frozen=True):
    """How often this became of somebody: a word of the game's own."""

    fate: str
    times: int


class MetWith(msgspec.Struct, frozen=True):
    """Games that you and they were in: how often you were placed before them, and how often behind."""

    played: int
    before: int
    behind: int


class PersonAtGame(msgspec.Struct, frozen=True):
    """What somebody has done at one kind of game. ``rating`` is null until a game counted for it; ``rated`` did.

    ``with_you`` is null where you never met, for yourself, and for nobody.
    """

    kind: str
    played: int
    won: int
    drawn: int
    rated: int
    rating: int | None
    places: tuple[PlaceTimes, ...]
    fates: tuple[FateTimes, ...]
    with_you: MetWith | None


class PersonResult(msgspec.Struct, frozen=True):
    """One game of theirs that is over. The ratings are null where it did not count for one, and ``rating_before`` also
    where it was the first.
    """

    kind: str
    ended_at: str
    seats: int
    place: int
    outcome: ResultOutcome
    fate: str
    rating_before: int | None
    rating_after: int | None


class Person(msgspec.Struct, frozen=True):
    """Who somebody is to others: by kind of game, and the latest of their games, newest first."""

    user_id: str
    display_name: str
    games: tuple[PersonAtGame, ...]
    latest: tuple[PersonResult, ...]


class SeatOutcome(msgspec.Struct, frozen=True):
    """What became of one person in a game, and who they are."""

    player_id: str
    user_id: str
    place: int
    outcome: ResultOutcome
    fate: str
    rating_before: int | None
    rating_after: int | None


class GameResults(msgspec.Struct, frozen=True):
    """Of each person who has not gone for good; ``reckoned`` is false for a few seconds after the end."""

    reckoned: bool
    seats: tuple[SeatOutcome, ...]


class BoardLine(msgspec.Struct, frozen=True):
    """Somebody on a month's board: the rating after their last game of it. Those with one rating share a place."""

    place: int
    user_id: str
    display_name: str
    rating: int
    rated: int
    won: int


class Leaderboard(msgspec.Struct, frozen=True):
    """A month's board, in UTC: those with an account who played ``rated_min`` games that counted.

    ``you`` is your own line; null where you have none.
    """

    kind: str
    month: str
    rated_min: int
    top: tuple[BoardLine, ...]
    you: BoardLine | None
