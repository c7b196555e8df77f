"""What the numbers of the rules must give (RULES, at their foot), as far as the bots that are served show it."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from minotaur.play.standings import Proportion, Standings, share, within
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.settings import Preset


class Goal(NamedTuple):
    """What is counted, and between which shares it has to lie."""

    about: str
    counted: Callable[[Standings], Proportion]
    least: float
    most: float

    def is_met(self, of: Standings) -> bool:
        """By what was counted."""
        return self.least <= self.counted(of).share <= self.most

    def is_refuted(self, of: Standings) -> bool:
        """Whether what was counted can hardly be chance: all of its interval lies outside."""
        found = self.counted(of)
        return found.most < self.least or self.most < found.least


class Contest(NamedTuple):
    """Games that are played to see whether goals are met.

    ``one_in``: of so many games one is enough, because those who play in it think for long.
    """

    preset: Preset
    seats: int
    kinds: tuple[BotKind, ...]
    goals: tuple[Goal, ...]
    one_in: int = 1


Counted = Callable[[Standings], Proportion]


def rounds(least: int, most: int) -> Counted:
    """The games of so many rounds."""

    def counted(of: Standings) -> Proportion:
        return share(within(of.rounds, least, most), of.games)

    return counted


def won_by(kind: BotKind) -> Counted:
    """The games that a kind won."""

    def counted(of: Standings) -> Proportion:
        return of.wins[kind]

    return counted


def _won_by_seat(seat: int) -> Counted:
    def counted(of: Standings) -> Proportion:
        return of.won_by_seat[seat]

    return counted


def _drawn(of: Standings) -> Proportion:
    return of.draws


def _out_before_round_3(of: Standings) -> Proportion:
    return share(within(of.first_deaths, 1, 2), of.games)


def _met_by_round_4(of: Standings) -> Proportion:
    return share(within(of.first_meetings, 1, 4), of.games)


def _slain(of: Standings) -> Proportion:
    return of.slain


def _third_cause(of: Standings) -> Proportion:
    return sorted(of.deaths.values(), key=lambda died: died.count)[-3]


CONTESTS: Final[Mapping[str, Contest]] = {
    "four hunters in the labyrinth": Contest(
        "labyrinth",
        4,
        ("hunter",),
        (
            Goal("8 to 20 rounds", rounds(8, 20), 0.95, 1.0),
            Goal("drawn", _drawn, 0.0, 0.08),
            *(Goal(f"won by seat {seat}, of what was won", _won_by_seat(seat), 0.235, 0.265) for seat in range(1, 5)),
            Goal("somebody out before round 3", _out_before_round_3, 0.0, 0.01),
            Goal("two figures met by round 4", _met_by_round_4, 0.5, 1.0),
            Goal("the third cause of death, of all deaths", _third_cause, 0.08, 1.0),
        ),
    ),
    "a hunter and a wanderer in the labyrinth": Contest(
        "labyrinth",
        2,
        ("hunter", "wanderer"),
        (Goal("won by the hunter", won_by("hunter"), 0.8, 1.0),),
    ),
    "a strategist and a hunter in the labyrinth": Contest(
        "labyrinth",
        2,
        ("strategist", "hunter"),
        (Goal("won by the strategist", won_by("strategist"), 0.65, 1.0),),
        one_in=5,
    ),
    "four strategists in the labyrinth": Contest(
        "labyrinth",
        4,
        ("strategist",),
        (Goal("Minotaur slain", _slain, 0.1, 0.4),),
        one_in=10,
    ),
    "four hunters in classic": Contest(
        "classic",
        4,
        ("hunter",),
        (
            Goal("12 to 30 rounds", rounds(12, 30), 0.9, 1.0),
            Goal("over before the limit", rounds(1, 99), 1.0, 1.0),
        ),
    ),
}
