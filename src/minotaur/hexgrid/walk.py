"""Walking: floods over a floor, one growth of a bit mask per step, and no further than somebody asks."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from minotaur.hexgrid.coord import DIRECTIONS, Coord, Vector
from minotaur.hexgrid.hexset import STRIDE, HexSet, grow, index_of

FLOODS_KEPT_MAX: Final = 4096
"""How many floods are remembered; the one longest unused is forgotten, and done again when somebody asks."""
_AROUND: Final = STRIDE + 1
"""How many bits below a hex all its neighbours lie at most: what lies around it then fits a small number."""


def reach(floor: HexSet, start: Coord, steps: int) -> HexSet:
    """Every hex within ``steps`` of walking over ``floor``. The start counts, floor or not."""
    found = 1 << index_of(start)
    mask = floor.mask
    for _ in range(steps):
        found |= grow(found) & mask
    return HexSet(found)


def walking_distance(floor: HexSet, start: Coord, end: Coord) -> int | None:
    """How many steps of walking over ``floor`` lead from start to end; None if no way does."""
    return _flood(floor.mask, index_of(start)).steps_to(1 << index_of(end))


def nearer_first(floor: HexSet, start: Coord, steps: int) -> Iterator[HexSet]:
    """The hexes that walking over ``floor`` comes to after no step, after one, and so on, up to ``steps``."""
    flood = _flood(floor.mask, index_of(start))
    for number in range(steps + 1):
        layer = flood.layer(number)
        if not layer:
            return
        yield HexSet(layer)


def walked(floor: HexSet, start: Coord) -> HexSet:
    """Every hex that walking over ``floor`` from the start can come to. The start counts, floor or not."""
    flood = _flood(floor.mask, index_of(start))
    flood.steps_to(0)
    return HexSet(flood.found)


def first_step(floor: HexSet, start: Coord, end: Coord) -> Vector | None:
    """The first step of a shortest way over ``floor``, of several the first in the order of directions.

    None if there is no way, or none is needed.
    """
    here = index_of(start)
    flood = _flood(floor.mask, index_of(end))
    steps = flood.steps_to(1 << here)
    if not steps:
        return None
    nearer = flood.layer(steps - 1) >> here - _AROUND
    for direction in DIRECTIONS:
        if nearer >> direction.r * STRIDE + direction.q + _AROUND & 1:
            return direction
    raise AssertionError("a hex that some steps reach has a neighbour that one step less reaches")


class _Flood:
    """What walking from one hex comes to, step by step: it goes on only as far as it is asked, and never back.

    Its one field is replaced as a whole, so two threads that ask at once do the same work twice and no harm.
    """

    __slots__ = ("_floor", "_known")

    def __init__(self, floor: int, start: int) -> None:
        self._floor = floor
        self._known = (1 << start,), 1 << start

    @property
    def found(self) -> int:
        """All that has been found so far."""
        return self._known[1]

    def layer(self, steps: int) -> int:
        """The hexes that so many steps reach and fewer do not."""
        while len(self._known[0]) <= steps:
            if not self._goes_on():
                return 0
        return self._known[0][steps]

    def steps_to(self, bit: int) -> int | None:
        """How many steps reach this bit; None, and all is found, if no number does."""
        while not self._known[1] & bit:
            if not self._goes_on():
                return None
        layers, steps = self._known[0], 0
        while not layers[steps] & bit:
            steps += 1
        return steps

    def _goes_on(self) -> bool:
        layers, found = self._known
        layer = grow(layers[-1]) & self._floor & ~found
        if layer:
            self._known = (*layers, layer), found | layer
        return layer != 0


@lru_cache(maxsize=FLOODS_KEPT_MAX)
def _flood(floor: int, start: int) -> _Flood:
    return _Flood(floor, start)
