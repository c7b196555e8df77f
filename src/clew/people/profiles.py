"""What everyone may know of somebody: their results, never their open games, their user name or address."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clew.people.user import User
from clew.sessions.bounds import BOARD_RATED_MIN
from clew.sessions.cluster.reckoning import month_of
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.results import Results
from clew.sessions.ports.users import Users
from clew.sessions.result_records import GameTally, HowOften, KeptResult, Meetings, Ranked
from clew.wire.accounts import ExportedRating
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors
from clew.wire.moments import rfc3339
from clew.wire.people import (
    BoardLine,
    FateTimes,
    GameResults,
    Leaderboard,
    MetWith,
    Person,
    PersonAtGame,
    PersonResult,
    PlaceTimes,
    SeatOutcome,
)

LATEST_MAX: Final = 10
"""Of somebody's results so many are told one by one."""
BOARD_MAX: Final = 50
"""So many lines a board has at most."""


@dataclass(frozen=True, slots=True)
class KeptOf:
    """What is kept of somebody's results, for them to take along."""

    results: Mapping[GameId, PersonResult]
    ratings: tuple[ExportedRating, ...]


class Profiles:
    """Guests and people with an account alike, as long as they are there. Every verb raises ``busy``."""

    def __init__(self, results: Results, users: Users, clock: Clock) -> None:
        self._results = results
        self._users = users
        self._clock = clock

    async def person(self, user_id: str, asker: User | None) -> Person:
        """Raises ``no_such_person``; somebody who went for good is nobody any more."""
        asked = UserId(user_id)
        with faults_as_errors():
            user = await self._users.user(asked)
            if user is None:
                raise ApiError("no_such_person")
            tallies, places, fates, latest, together = await asyncio.gather(
                self._results.tallies(asked),
                self._results.places(asked),
                self._results.fates(asked),
                self._results.of_user(asked, LATEST_MAX),
                self._together(asker, asked),
            )
        met = {each.kind: each for each in together}
        games = tuple(_at_game(tally, places, fates, met.get(tally.kind)) for tally in tallies)
        return Person(asked, user.display_name, games, tuple(_result(each) for each in latest))

    async def _together(self, asker: User | None, asked: UserId) -> Sequence[Meetings]:
        if asker is None or asker.user_id == asked:
            return ()
        return await self._results.together(asker.user_id, asked)

    async def of_game(self, game_id: GameId) -> GameResults:
        """Of a game that came to its end."""
        with faults_as_errors():
            found = await self._results.of_session(game_id)
        return GameResults(found is not None, tuple(_seat(each) for each in found or ()))

    async def kept_of(self, user: User, game_ids: Sequence[GameId]) -> KeptOf:
        """All that is kept of somebody's results: of these games, and what they are rated."""
        with faults_as_errors():
            results = await self._results.in_sessions(user.user_id, game_ids)
            tallies = await self._results.tallies(user.user_id)
            strengths = [(each, await self._results.strengths(each.kind, [user.user_id])) for each in tallies]
        rated = [(tally, found[user.user_id].rating) for tally, found in strengths if user.user_id in found]
        return KeptOf(
            {each.game_id: _result(each) for each in results},
            tuple(
                ExportedRating(
                    each.kind, each.played, each.won, each.drawn, each.rated, rating.mu, rating.sigma, rating.shown
                )
                for each, rating in rated
            ),
        )

    async def board(self, kind: Kind, month: str | None, asker: User | None) -> Leaderboard:
        """Of this month, unless one is named."""
        when = month_of(self._clock.now()) if month is None else month
        with faults_as_errors():
            top = await self._results.board(kind, when, BOARD_MAX)
            mine = None if asker is None else await self._results.place_on_board(kind, when, asker.user_id)
        lines = tuple(_line(1 + sum(other.rating > each.rating for other in top), each) for each in top)
        return Leaderboard(kind, when, BOARD_RATED_MIN, lines, None if mine is None else _line(*mine))


def _at_game(
    tally: GameTally, places: Sequence[HowOften], fates: Sequence[HowOften], met: Meetings | None
) -> PersonAtGame:
    return PersonAtGame(
        tally.kind,
        tally.played,
        tally.won,
        tally.drawn,
        tally.rated,
        tally.rating if tally.rated else None,
        tuple(PlaceTimes(int(each.what), each.times) for each in places if each.kind == tally.kind),
        tuple(FateTimes(each.what, each.times) for each in fates if each.kind == tally.kind),
        None if met is None else MetWith(met.played, met.before, met.behind),
    )


def _result(kept: KeptResult) -> PersonResult:
    return PersonResult(
        kept.kind,
        rfc3339(kept.ended_at),
        kept.seats,
        kept.place,
        kept.outcome,
        kept.fate,
        kept.rating_before,
        kept.rating_after,
    )


def _seat(kept: KeptResult) -> SeatOutcome:
    return SeatOutcome(
        kept.player_id, kept.user_id, kept.place, kept.outcome, kept.fate, kept.rating_before, kept.rating_after
    )


def _line(place: int, ranked: Ranked) -> BoardLine:
    return BoardLine(place, ranked.user_id, ranked.display_name, ranked.rating, ranked.rated, ranked.won)
