"""Whole games of bots against bots, without a session around them: for balance, for speed, for fun."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

import msgspec

from minotaur.play.machine import PLANNERS
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Steps
from minotaur.rules.decide import play_round
from minotaur.rules.events import Killed
from minotaur.rules.game import Game
from minotaur.rules.names import COLLAPSE, LAIR, MINOTAUR, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.settings import Settings

DRAW: Final = "draw"
HERO: Final = "hero"
CAUSES: Final = (HERO, MINOTAUR, COLLAPSE, LAIR)
_SEEDS_APART: Final = 1_000_003
"""Tournaments with neighbouring seeds share no game as long as they play fewer games than this."""


class PlayedGame(msgspec.Struct, frozen=True, gc=False):
    """How one game went. ``winner`` is the kind of bot that won, or ``draw``; ``deaths`` has each death's cause."""

    rounds: int
    winner: str
    deaths: tuple[str, ...]


class Standings(msgspec.Struct, frozen=True, gc=False):
    """What many games come to. A kind's ``wins`` count games; ``seats`` says in how many seats of each game it sat."""

    games: int
    rounds_min: int
    rounds_median: float
    rounds_max: int
    wins: dict[str, int]
    seats: dict[str, int]
    deaths: dict[str, int]


def tournament(settings: Settings, kinds: Sequence[BotKind], games: int, seed: int) -> Iterator[PlayedGame]:
    """Play so many games. The kinds fill the seats in turn, and move on by one seat with every game."""
    for number in range(games):
        seated: list[BotKind] = [kinds[(seat + number) % len(kinds)] for seat in range(settings.seats)]
        yield play_game(settings, seed * _SEEDS_APART + number, seated)


def play_game(settings: Settings, seed: int, kinds: Sequence[BotKind]) -> PlayedGame:
    """One game from its start to its end; ``kinds`` says who sits where. The same arguments give the same game."""
    kind_of: dict[PlayerId, BotKind] = {player_id(seat): kind for seat, kind in enumerate(kinds, start=1)}

    def planner(game: Game, player: PlayerId) -> Steps:
        return PLANNERS[kind_of[player]](game, player)

    seats: list[Seat] = ["bot"] * len(kinds)
    game = new_game(settings, seed, seats, now=0)
    deaths: list[str] = []
    while game.status == "active":
        tale = play_round(game, game.round_ends_at, planner)
        deaths += [_cause(event) for event in tale.events if isinstance(event, Killed)]
        game = tale.game
    return PlayedGame(game.round, DRAW if game.winner_id is None else kind_of[game.winner_id], tuple(deaths))


def standings(outcomes: Iterable[PlayedGame], kinds: Sequence[BotKind], seats: int) -> Standings:
    """Add up the outcomes of at least one game."""
    played = list(outcomes)
    rounds = [outcome.rounds for outcome in played]
    wins = Counter(outcome.winner for outcome in played)
    deaths = Counter(cause for outcome in played for cause in outcome.deaths)
    sat = Counter(kinds[seat % len(kinds)] for seat in range(seats))
    return Standings(
        games=len(played),
        rounds_min=min(rounds),
        rounds_median=median(rounds),
        rounds_max=max(rounds),
        wins={kind: wins[kind] for kind in (*dict.fromkeys(kinds), DRAW)},
        seats={kind: sat[kind] for kind in dict.fromkeys(kinds)},
        deaths={cause: deaths[cause] for cause in CAUSES},
    )


def _cause(killed: Killed) -> str:
    """A death shared by a hero and the Minotaur counts as the Minotaur's."""
    return next((cause for cause in (COLLAPSE, LAIR, MINOTAUR) if cause in killed.by), HERO)
