"""Labyrinths, made from a seed around the origin: where the rock is, and where the heroes start.

All of the board is floor at first. Hex after hex, in an order drawn by lot, then becomes rock where that leaves a good
labyrinth behind, until a share of the board drawn by lot is rock. So each labyrinth on the way is a good one too:

* all floor is connected; even each ring's floor leads inward to the lair without a step further out, so a hero can flee
  from a collapsing ring;
* a floor hex has at least two floor neighbours: there are no dead ends;
* the lair and the starts are floor, and the starts' walking distances to the lair differ by at most 2.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from minotaur.hexgrid.coord import DIRECTIONS, ORIGIN, Coord, distance
from minotaur.hexgrid.hexset import STRIDE, HexSet, bit_of, coord_at, grow, hexagon, index_of, ring
from minotaur.rules.lot import by_lot, shuffled

ROCK_PERCENT: Final = range(26, 39)
"""The shares of rock between which the lot draws; RULES allow 20 to 40."""
START_SPREAD_MAX: Final = 2
"""By how much the starts' walking distances to the lair may differ."""

_NEIGHBOURS: Final = tuple(d.r * STRIDE + d.q for d in DIRECTIONS)
_AROUND: Final = sum(1 << STRIDE + 1 + bits for bits in _NEIGHBOURS)
_ARCS: Final = frozenset(
    sum(1 << STRIDE + 1 + _NEIGHBOURS[(first + n) % 6] for n in range(count))
    for first in range(6)
    for count in range(7)
)
"""All floor around a hex that hangs together: neighbours side by side, or none at all."""


class Labyrinth(NamedTuple):
    """Floor around the origin, and one start for each seat."""

    floor: HexSet
    starts: tuple[Coord, ...]


def make_labyrinth(radius: int, seats: int, seed: int, *, rock: bool) -> Labyrinth:
    """The labyrinth of a seed; without ``rock`` an open board with the same starts."""
    starts = _draw_starts(radius, seats, seed)
    board = hexagon(radius)
    return Labyrinth(_carve(board, radius, starts, seed) if rock else board, starts)


def _draw_starts(radius: int, seats: int, seed: int) -> tuple[Coord, ...]:
    """Hexes of ring ``radius - 1`` with gaps that differ by at most one hex, in an order by lot."""
    around = _ring_walk(radius - 1)
    first = by_lot(range(len(around)), seed, 0, 0, "first start")
    spread = [around[(first + seat * len(around) // seats) % len(around)] for seat in range(seats)]
    return tuple(shuffled(spread, seed, "starts"))


def _ring_walk(radius: int) -> list[Coord]:
    """The hexes of a ring in the order in which one walks around it."""
    at = Coord(0, -radius)
    walk: list[Coord] = []
    for direction in DIRECTIONS:
        for _ in range(radius):
            walk.append(at)
            at = at + direction
    return walk


def _carve(board: HexSet, radius: int, starts: Sequence[Coord], seed: int) -> HexSet:
    floor = board.mask
    kept = HexSet.of((ORIGIN, *starts))
    percent = by_lot(ROCK_PERCENT, seed, 0, 0, "share of rock")
    wanted = len(board) * percent // 100
    rings = tuple(ring(k).mask for k in range(1, radius + 1))
    start_bits = tuple(bit_of(start) for start in starts)
    for index in shuffled(_indices(board - kept), seed, "rock"):
        if not wanted:
            break
        if _leaves_dead_end(floor, index):
            continue
        without = floor ^ 1 << index
        if (_is_walked_around(floor, index) or _leads_inward(without, rings)) and _starts_are_fair(without, start_bits):
            floor = without
            wanted -= 1
    return HexSet(floor)


@lru_cache(maxsize=16)
def _indices(places: HexSet) -> tuple[int, ...]:
    return tuple(index_of(place) for place in places)


def _leaves_dead_end(floor: int, index: int) -> bool:
    """Whether a neighbour would have fewer than two ways on, were this hex rock."""
    for bits in _NEIGHBOURS:
        at = index + bits
        if floor >> at & 1 and (floor >> at - STRIDE - 1 & _AROUND).bit_count() <= 2:
            return True
    return False


def _is_walked_around(floor: int, index: int) -> bool:
    """Whether all floor around this hex hangs together without it, even without a step further out than it lies.

    Then whatever leads inward does so without it too.
    """
    around = floor >> index - STRIDE - 1 & _AROUND
    return around in _ARCS and around & _no_further_out(index) in _ARCS


@lru_cache(maxsize=256)
def _no_further_out(index: int) -> int:
    """Which neighbours of this hex are no further from the lair than it is."""
    steps = distance(ORIGIN, coord_at(index))
    return hexagon(steps).mask >> index - STRIDE - 1 & _AROUND


def _leads_inward(floor: int, rings: Sequence[int]) -> bool:
    """Whether each ring's floor leads to the lair without a step further out."""
    found = inside = 1 << index_of(ORIGIN)
    for around in rings:
        new = floor & around
        inside |= new
        while found != inside:
            grown = (found | grow(found)) & inside
            if grown == found:
                return False
            found = grown
    return True


def _starts_are_fair(floor: int, starts: Sequence[int]) -> bool:
    """Whether the walks from the starts to the lair are about equally long."""
    found = 1 << index_of(ORIGIN)
    everyone = sum(starts)
    least: int | None = None
    steps = 0
    while everyone & ~found:
        if found & everyone and least is None:
            least = steps
        if least is not None and steps - least >= START_SPREAD_MAX:
            return False
        found = grow(found) & floor
        steps += 1
    return True
