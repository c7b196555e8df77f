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
    return _look(game.floor.mask, game.collapsed.mask, settings.radius, game.lair, at, settings.sight)


def remembering(hero: Hero, seen: Seen) -> Hero:
    """The hero with all that is in sight remembered as it is now."""
    floor, rock, chasm = seen.floor.mask, seen.rock.mask, seen.chasm.mask
    floor_seen, rock_seen, chasm_seen = hero.floor_seen.mask, hero.rock_seen.mask, hero.chasm_seen.mask
    if not (floor & ~floor_seen or rock & ~rock_seen or chasm & ~chasm_seen):
        return hero
    now = floor | rock | chasm
    return replace(
        hero,
        floor_seen=HexSet(floor_seen & ~now | floor),
        rock_seen=HexSet(rock_seen & ~now | rock),
        chasm_seen=HexSet(chasm_seen & ~now | chasm),
    )


@lru_cache(maxsize=LOOKS_KEPT_MAX)
def _look(floor_mask: int, chasm_mask: int, radius: int, lair: Coord, at: Coord, steps: int) -> Seen:
    floor, chasm = HexSet(floor_mask), HexSet(chasm_mask)
    rock = hexagon(radius, lair) - floor - chasm
    if steps == SIGHT_ALL:
        return Seen(floor, rock, chasm)
    near = reach(floor, at, steps)
    touched = near.grown()
    return Seen(near, touched & rock, touched & chasm)
