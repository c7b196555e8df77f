"""What became of each hero of a match that is over.

Who won is first, and who still stood shares that place where nobody did; the others stand in the order of the rounds in
which they fell, those of one round together.
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
    last_round = _last_round(game)
    order = sorted(match.seats, key=last_round, reverse=True)
    groups = [list(group) for _, group in groupby(order, key=last_round)]
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


def _last_round(game: Game) -> Callable[[SeatId], int]:
    """The round in which a seat's hero fell; of who stands, one later than any."""

    def last_round(seat: SeatId) -> int:
        died_in = game.heroes[PlayerId(seat)].died_in_round
        return game.round + 1 if died_in is None else died_in

    return last_round
