"""Walking: floods over a floor, one growth of a bit mask per step."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from minotaur.hexgrid.coord import DIRECTIONS, Coord, Vector
from minotaur.hexgrid.hexset import STRIDE, HexSet, grow, index_of

FLOODS_KEPT_MAX: Final = 4096
"""How many floods are remembered; the oldest is forgotten, and then done again when somebody asks."""


def reach(floor: HexSet, start: Coord, steps: int) -> HexSet:
    """Every hex within ``steps`` of walking over ``floor``. The start counts, floor or not."""
    return HexSet(_reach(floor.mask, index_of(start), steps))


def walking_distance(floor: HexSet, start: Coord, end: Coord) -> int | None:
    """How many steps of walking over ``floor`` lead from start to end; None if no way does."""
    bit = 1 << index_of(end)
    for steps, layer in enumerate(_layers(floor.mask, index_of(start))):
        if layer & bit:
            return steps
    return None


def nearer_first(floor: HexSet, start: Coord, steps: int) -> Iterator[HexSet]:
    """The hexes that walking over ``floor`` comes to after no step, after one, and so on, up to ``steps``."""
    for layer in _layers(floor.mask, index_of(start))[: steps + 1]:
        yield HexSet(layer)


def walked(floor: HexSet, start: Coord) -> HexSet:
    """Every hex that walking over ``floor`` from the start can come to. The start counts, floor or not."""
    return HexSet(sum(_layers(floor.mask, index_of(start))))


def first_step(floor: HexSet, start: Coord, end: Coord) -> Vector | None:
    """The first step of a shortest way over ``floor``, of several the first in the order of directions.

    None if there is no way, or none is needed.
    """
    steps = walking_distance(floor, end, start)
    if not steps:
        return None
    nearer = _layers(floor.mask, index_of(end))[steps - 1]
    here = index_of(start)
    return next(d for d in DIRECTIONS if nearer >> here + d.r * STRIDE + d.q & 1)


@lru_cache(maxsize=FLOODS_KEPT_MAX)
def _reach(floor: int, start: int, steps: int) -> int:
    found = 1 << start
    for _ in range(steps):
        found |= grow(found) & floor
    return found


@lru_cache(maxsize=FLOODS_KEPT_MAX)
def _layers(floor: int, start: int) -> tuple[int, ...]:
    """Layer n holds the hexes that n steps reach and n - 1 do not. Layers share no bit, so their sum is their union."""
    found = layer = 1 << start
    layers: list[int] = []
    while layer:
        layers.append(layer)
        layer = grow(layer) & floor & ~found
        found |= layer
    return tuple(layers)
