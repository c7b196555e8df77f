"""Looking around: what terrain a hero sees from where it stands, in absolute hexes, and what it then remembers."""

from functools import lru_cache
from typing import Final, NamedTuple

from msgspec.structs import replace

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.hexgrid.walk import reach
from minotaur.rules.game import Game, Hero
from minotaur.rules.settings import SIGHT_ALL

LOOKS_KEPT_MAX: Final = 4096
"""How many looks are remembered; the oldest is forgotten, and then done again when somebody looks."""


class Seen(NamedTuple):
    """Terrain in sight; the three share no hex."""

    floor: HexSet
    rock: HexSet
    chasm: HexSet


def look(game: Game, at: Coord) -> Seen:
    """The floor within the game's steps of walking, and the rock and chasm that touch it; or the whole board."""
    settings = game.settings
    return _look(game.floor, game.collapsed, settings.radius, game.lair, at, settings.sight)


def remembering(hero: Hero, seen: Seen) -> Hero:
    """The hero with all that is in sight remembered as it is now."""
    floor, rock, chasm = seen
    now = floor.mask | rock.mask | chasm.mask
    return replace(
        hero,
        floor_seen=HexSet(hero.floor_seen.mask & ~now | floor.mask),
        rock_seen=HexSet(hero.rock_seen.mask & ~now | rock.mask),
        chasm_seen=HexSet(hero.chasm_seen.mask & ~now | chasm.mask),
    )


@lru_cache(maxsize=LOOKS_KEPT_MAX)
def _look(floor: HexSet, collapsed: HexSet, radius: int, lair: Coord, at: Coord, steps: int) -> Seen:
    board = hexagon(radius, lair)
    rock = board - floor - collapsed
    if steps == SIGHT_ALL:
        return Seen(floor, rock, collapsed)
    near = reach(floor, at, steps)
    touched = near.grown()
    return Seen(near, touched & rock, touched & collapsed)
