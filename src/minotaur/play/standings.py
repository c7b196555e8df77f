"""What many games of bots come to: counts that add up, and shares with the interval in which the truth lies."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import median
from typing import Final

import msgspec

from minotaur.play.tournament import CAUSES, PlayedGame

CONFIDENCE_Z: Final = 1.959964
"""Of a normal distribution 95 % lie within so many standard deviations."""


class Proportion(msgspec.Struct, frozen=True, gc=False):
    """``count`` of so many, and between which shares the truth lies, in 95 of 100 samples (Wilson's interval)."""

    count: int
    share: float
    least: float
    most: float


class Standings(msgspec.Struct, frozen=True, gc=False):
    """What at least one game comes to.

    ``rounds``: how many games ended in which round. ``wins``: the games that a kind of bot won; ``won_by_seat``: of
    the games that somebody won. ``seats``: in how many seats of each game a kind sat. ``deaths``: of all that died.
    ``first_deaths``, ``first_meetings``: in how many games in which round. What happened in no round is not in there.
    """

    games: int
    rounds: dict[int, int]
    rounds_median: float
    wins: dict[str, Proportion]
    seats: dict[str, int]
    won_by_seat: dict[int, Proportion]
    draws: Proportion
    deaths: dict[str, Proportion]
    first_deaths: dict[int, int]
    first_meetings: dict[int, int]
    slain: Proportion


def share(count: int, of: int) -> Proportion:
    """Of none, nothing is known."""
    if of == 0:
        return Proportion(0, 0.0, 0.0, 1.0)
    found, z2 = count / of, CONFIDENCE_Z**2
    middle = (found + z2 / (2 * of)) / (1 + z2 / of)
    reach = CONFIDENCE_Z / (1 + z2 / of) * sqrt(found * (1 - found) / of + z2 / (4 * of * of))
    # At the ends the sum is a hair off, and what was found must not lie outside.
    return Proportion(count, found, min(found, max(0.0, middle - reach)), max(found, min(1.0, middle + reach)))


def standings(outcomes: Iterable[PlayedGame], kinds: Sequence[str], seats: int) -> Standings:
    """Add up the outcomes of at least one game."""
    played = list(outcomes)
    games = len(played)
    winners = [(outcome.winner, outcome.kinds[outcome.winner - 1]) for outcome in played if outcome.winner is not None]
    by_seat, by_kind = Counter(seat for seat, _ in winners), Counter(kind for _, kind in winners)
    deaths = Counter(cause for outcome in played for cause in outcome.deaths)
    sat = Counter(kinds[seat % len(kinds)] for seat in range(seats))
    return Standings(
        games=games,
        rounds=_counted(outcome.rounds for outcome in played),
        rounds_median=median(outcome.rounds for outcome in played),
        wins={kind: share(by_kind[kind], games) for kind in dict.fromkeys(kinds)},
        seats={kind: sat[kind] for kind in dict.fromkeys(kinds)},
        won_by_seat={seat: share(by_seat[seat], len(winners)) for seat in range(1, seats + 1)},
        draws=share(games - len(winners), games),
        deaths={cause: share(deaths[cause], deaths.total()) for cause in CAUSES},
        first_deaths=_counted(outcome.first_death for outcome in played),
        first_meetings=_counted(outcome.first_meeting for outcome in played),
        slain=share(sum(outcome.slain for outcome in played), games),
    )


def within(rounds: dict[int, int], least: int, most: int) -> int:
    """How many of these were in rounds from ``least`` to ``most``."""
    return sum(count for number, count in rounds.items() if least <= number <= most)


def quantile(rounds: dict[int, int], share_below: float) -> int:
    """The first round by whose end this share of these had been; of at least one."""
    due, seen = share_below * sum(rounds.values()), 0
    for number, count in rounds.items():
        seen += count
        if seen >= due:
            return number
    raise AssertionError("the last of all is due at the latest")


def _counted(rounds: Iterable[int | None]) -> dict[int, int]:
    """In the order of rounds."""
    return dict(sorted(Counter(number for number in rounds if number is not None).items()))
