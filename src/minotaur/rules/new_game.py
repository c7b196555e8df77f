"""How a game begins."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN
from minotaur.hexgrid.hexset import EMPTY
from minotaur.rules.game import Game, Hero, Minotaur, pictured
from minotaur.rules.labyrinth import make_labyrinth
from minotaur.rules.looking import look, remembering
from minotaur.rules.names import Millis, player_id
from minotaur.rules.settings import Settings

Seat = Literal["human", "bot"]


def new_game(settings: Settings, seed: int, seats: Sequence[Seat], now: Millis) -> Game:
    """The game in its first round, which has just begun. The same settings and seed give the same board and starts.

    ``seats``: who plays ``p1``, ``p2`` and so on, as many as the settings say.
    """
    assert len(seats) == settings.seats, "every seat is taken when the game begins"
    floor, starts = make_labyrinth(settings.radius, settings.seats, seed, rock=settings.rock)
    return opened(
        Game(
            settings=settings,
            seed=seed,
            lair=ORIGIN,
            floor=floor,
            collapsed=EMPTY,
            heroes={
                player_id(number): Hero(at, settings.health, settings.ap_start, is_bot=seat == "bot")
                for number, (seat, at) in enumerate(zip(seats, starts, strict=True), start=1)
            },
            minotaur=Minotaur(ORIGIN, settings.minotaur_health) if settings.minotaur else None,
            round=1,
            round_ends_at=now + settings.round_ms,
            round_ms=settings.round_ms,
            touched_in=1,
        )
    )


def opened(game: Game) -> Game:
    """The game with its first picture taken and everyone's first look around remembered."""
    heroes = {player: remembering(hero, look(game, hero.at)) for player, hero in game.heroes.items()}
    return pictured(replace(game, heroes=heroes))
