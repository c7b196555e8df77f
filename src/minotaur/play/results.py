"""What became of each hero of a match that is over.

Who won is first, and who still stood shares that place where nobody did; the others stand in the order in which they
fell, those together who fell together: in one round, or at one moment, as the revision of the rules has it.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Final, Literal, TypeAlias

from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.result_records import SeatResult
from clew.tables.lobby.results import results_of
from minotaur.play.match import Match
from minotaur.rules.game import Game, Hero
from minotaur.rules.names import MINOTAUR, PlayerId

Fate: TypeAlias = Literal["won", "survived", "resigned", "minotaur", "hero", "collapse", "lair"]
"""By whom or by what a hero fell, if it did. Where the Minotaur and heroes struck together, it was the Minotaur."""

_NO_HEROES: Final[tuple[Fate, ...]] = (MINOTAUR, "collapse", "lair")


def match_results(match: Match) -> tuple[SeatResult, ...]:
    """By seat."""
    game = match.game
    assert game is not None, "a match that was concluded has been played"
    lasted = _lasted(game)
    order = sorted(match.seats, key=lasted, reverse=True)
    groups = [list(group) for _, group in groupby(order, key=lasted)]
    winners = [] if game.winner_id is None else [SeatId(game.winner_id)]
    return results_of(match, groups, winners, lambda seat: fate_of(game, PlayerId(seat)))


def fate_of(game: Game, player: PlayerId) -> Fate:
    """How the game ended for this hero."""
    hero = game.heroes[player]
    if hero.alive:
        return "won" if game.winner_id == player else "survived"
    return "resigned" if hero.resigned else _felled_by(hero)


def _felled_by(hero: Hero) -> Fate:
    for cause in _NO_HEROES:
        if cause in hero.killed_by:
            return cause
    return "hero"


def _lasted(game: Game) -> Callable[[SeatId], tuple[int, int]]:
    """How long a seat's hero stood: the round in which it fell, and in it after how many; who stands, longest."""

    def lasted(seat: SeatId) -> tuple[int, int]:
        hero = game.heroes[PlayerId(seat)]
        return (game.round + 1, 0) if hero.died_in_round is None else (hero.died_in_round, hero.fell_after or 0)

    return lasted
