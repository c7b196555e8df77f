"""Walking: floods over a floor, one growth of a bit mask per step, and no further than somebody asks."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from minotaur.hexgrid.coord import DIRECTIONS, Coord, Vector
from minotaur.hexgrid.hexset import EMPTY, STRIDE, HexSet, bit_of, grow, index_of

FLOODS_KEPT_MAX: Final = 64
"""How many floods are remembered; the one longest unused is forgotten, and done again when somebody asks.

A round asks for a few again. Thousands, of games long over, would push what is in use out of the core's cache.
"""
_EVER: Final = STRIDE * STRIDE
"""More steps than any way has."""
_AROUND: Final = STRIDE + 1
"""How many bits below a hex all its neighbours lie at most: what lies around it then fits a small number."""
_NEIGHBOUR: Final = {direction: 1 << _AROUND + direction.r * STRIDE + direction.q for direction in DIRECTIONS}
_NEIGHBOURS: Final = sum(_NEIGHBOUR.values())


def firsts(directions: Sequence[Vector]) -> dict[int, Vector]:
    """In which of these directions a hex of a set lies first, by all that is in the set of what lies around."""
    return {
        sum(_NEIGHBOUR[direction] for direction in some): some[0]
        for count in range(1, len(directions) + 1)
        for some in combinations(directions, count)
    }


_FIRST: Final = firsts(DIRECTIONS)


def reach(floor: HexSet, start: Coord, steps: int) -> HexSet:
    """Every hex within ``steps`` of walking over ``floor``. The start counts, floor or not."""
    found = bit_of(start)
    mask = floor.mask
    for _ in range(steps):
        found |= grow(found) & mask
    return HexSet(found)


def shells(floor: HexSet, starts: HexSet, steps: int) -> list[HexSet]:
    """Every hex within no step of any of the starts, within one, and so on, up to ``steps``, walking over ``floor``."""
    found, mask = starts.mask, floor.mask
    shells = [starts]
    for _ in range(steps):
        found |= grow(found) & mask
        shells.append(HexSet(found))
    return shells


def walking_distance(floor: HexSet, start: Coord, end: Coord) -> int | None:
    """How many steps of walking over ``floor`` lead from start to end; None if no way does."""
    return _flood(floor.mask, bit_of(start)).steps_to(bit_of(end))


def walked(floor: HexSet, start: Coord) -> HexSet:
    """Every hex that walking over ``floor`` from the start can come to. The start counts, floor or not."""
    return HexSet(_flood(floor.mask, bit_of(start)).all())


def nearest(floor: HexSet, start: Coord, targets: HexSet, steps_max: int = _EVER) -> HexSet:
    """Those of the targets that the fewest steps of walking over ``floor`` lead to, and so many at most.

    Where the start is a target it is the nearest.
    """
    flood, mask = _flood(floor.mask, bit_of(start)), targets.mask
    for steps in range(steps_max + 1):
        layer = flood.layer(steps)
        if layer & mask:
            return HexSet(layer & mask)
        if not layer:
            break
    return EMPTY


def way(floor: HexSet, start: Coord, end: Coord, steps_max: int) -> list[Vector]:
    """How a shortest way over ``floor`` begins, with so many steps at most; empty if there is none, or none is needed.

    Of several ways it is the one whose first step comes first in the order of directions, then its second, and so on.
    """
    here = index_of(start)
    flood = _flood(floor.mask, bit_of(end))
    left = flood.steps_to(bit_of(start)) or 0
    steps: list[Vector] = []
    for number in range(left - 1, max(left - steps_max, 0) - 1, -1):
        direction = _FIRST[flood.layer(number) >> here - _AROUND & _NEIGHBOURS]
        steps.append(direction)
        here += direction.r * STRIDE + direction.q
    return steps


def first_step(floor: HexSet, start: Coord, end: Coord) -> Vector | None:
    """The first step of the ``way``; None if there is no way, or none is needed."""
    steps = way(floor, start, end, 1)
    return steps[0] if steps else None


class _Flood:
    """What walking from one hex comes to, step by step: it goes on only as far as it is asked, and never back.

    Its one field is replaced as a whole, so two threads that ask at once do the same work twice and no harm.
    """

    __slots__ = ("_floor", "_known")

    def __init__(self, floor: int, start: int) -> None:
        self._floor = floor
        self._known = (start,), floor & ~start
        """The hexes that no step reaches, one step, two and so on; and the floor not reached so far."""

    def layer(self, steps: int) -> int:
        """The hexes that so many steps reach and fewer do not."""
        if len(self._known[0]) <= steps:
            self._go_on(steps, 0)
        layers = self._known[0]
        return layers[steps] if steps < len(layers) else 0

    def steps_to(self, bit: int) -> int | None:
        """How many steps reach this bit; None if no number does."""
        layers, rest = self._known
        for steps, layer in enumerate(layers):
            if layer & bit:
                return steps
        if not rest & bit:
            return None
        self._go_on(_EVER, bit)
        layers = self._known[0]
        return len(layers) - 1 if layers[-1] & bit else None

    def all(self) -> int:
        """The hexes that any number of steps reaches."""
        self._go_on(_EVER, 0)
        return self._floor & ~self._known[1] | self._known[0][0]

    def _go_on(self, steps: int, bit: int) -> None:
        """Until so many steps are done, or this bit is reached, or there is nothing more to reach."""
        known, rest = self._known
        layers = list(known)
        layer = layers[-1]
        while len(layers) <= steps and not layer & bit:
            layer = grow(layer) & rest
            if not layer:
                break
            rest ^= layer
            layers.append(layer)
        self._known = tuple(layers), rest


@lru_cache(maxsize=FLOODS_KEPT_MAX)
def _flood(floor: int, start: int) -> _Flood:
    return _Flood(floor, start)
