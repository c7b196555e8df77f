"""Looking around: what terrain a hero sees from where it stands, in absolute hexes, and what it then remembers."""

from functools import lru_cache
from typing import Final

import msgspec
from msgspec.structs import replace

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.hexgrid.walk import reach
from minotaur.rules.game import Game, Hero
from minotaur.rules.settings import SIGHT_ALL

TERRAINS_KEPT_MAX: Final = 1024
"""For so many terrains all looks are remembered; the one longest unused is forgotten, and then looked at again."""


class Terrain(msgspec.Struct, frozen=True, gc=False):
    """Terrain in sight; the three share no hex."""

    floor: HexSet
    rock: HexSet
    chasm: HexSet


def look(game: Game, at: Coord) -> Terrain:
    """The floor within the game's steps of walking, and the rock and chasm that touch it; or the whole board."""
    return eyes(game)[at]


def eyes(game: Game) -> "Eyes":
    """``look`` for every hex of this game, as long as its terrain stays as it is."""
    settings = game.settings
    return _eyes(game.floor.mask, game.collapsed.mask, settings.radius, game.lair, settings.sight)


class Eyes(dict[Coord, Terrain]):
    """What is seen of one terrain, from each hex from where somebody has looked so far."""

    def __init__(self, terrain: Terrain, steps: int) -> None:
        super().__init__()
        self._terrain = terrain
        self._steps = steps

    def __missing__(self, at: Coord) -> Terrain:
        seen = self[at] = self._look(at)
        return seen

    def _look(self, at: Coord) -> Terrain:
        terrain = self._terrain
        if self._steps == SIGHT_ALL:
            return terrain
        near = reach(terrain.floor, at, self._steps)
        touched = near.grown()
        return Terrain(near, touched & terrain.rock, touched & terrain.chasm)


def remembering(hero: Hero, seen: Terrain) -> Hero:
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


@lru_cache(maxsize=TERRAINS_KEPT_MAX)
def _eyes(floor_mask: int, chasm_mask: int, radius: int, lair: Coord, steps: int) -> Eyes:
    floor, chasm = HexSet(floor_mask), HexSet(chasm_mask)
    return Eyes(Terrain(floor, hexagon(radius, lair) - floor - chasm, chasm), steps)
