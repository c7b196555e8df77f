"""How far a set of hexes reaches along the grid's three axes, and where the middle of a board that holds it may be."""

from functools import lru_cache
from typing import Final

import msgspec

from minotaur.hexgrid.coord import ORIGIN, Coord
from minotaur.hexgrid.hexset import FIELD_MIN, STRIDE, HexSet, bit_of, coord_at, ring

BANDS_KEPT_MAX: Final = 4096
"""How many bands are remembered: more than there are on all boards together."""
_FIELD: Final = tuple(coord_at(index) for index in range(STRIDE * STRIDE))
_ORIGIN_BITS: Final = bit_of(ORIGIN).bit_length()
_ROW: Final = (1 << STRIDE) - 1
_HALVES: Final = tuple(tuple(16 >> n for n in range(5) if 16 >> n < height) for height in range(1, STRIDE + 1))
"""For so many rows more than one: by how many rows to fold them, again and again, until each lies on the first."""


class Extent(msgspec.Struct, frozen=True, gc=False):
    """The least and the greatest q, r and s of a set, where s is -q - r."""

    q_min: int
    q_max: int
    r_min: int
    r_max: int
    s_min: int
    s_max: int


def extent(places: HexSet) -> Extent:
    """The extent of a set that is not empty, and no wider than a board: q and r together span at most 30."""
    mask = places.mask
    assert mask, "an empty set reaches nowhere"
    r_min, r_max = ((mask & -mask).bit_length() - 1) // STRIDE, (mask.bit_length() - 1) // STRIDE
    rows = mask >> r_min * STRIDE
    halves = _HALVES[r_max - r_min]
    columns = _folded(rows, halves, STRIDE)
    q_min, q_max = (columns & -columns).bit_length() - 1, columns.bit_length() - 1
    assert q_max - q_min + r_max - r_min < STRIDE - 1, "no board is so wide"
    diagonals = _folded(rows >> q_min, halves, STRIDE - 1)
    base = r_min + q_min + 2 * FIELD_MIN
    return Extent(
        q_min + FIELD_MIN,
        q_max + FIELD_MIN,
        r_min + FIELD_MIN,
        r_max + FIELD_MIN,
        1 - base - diagonals.bit_length(),
        1 - base - (diagonals & -diagonals).bit_length(),
    )


def middles(known: HexSet, radius: int) -> HexSet:
    """Where the middle of a hexagon of this radius can be that holds all these hexes, one at least."""
    span = extent(known)
    return HexSet(
        _band(0, span.q_max - radius, span.q_min + radius)
        & _band(1, span.r_max - radius, span.r_min + radius)
        & _band(2, span.s_max - radius, span.s_min + radius)
    )


def on_rings(places: HexSet, steps: int, centres: HexSet) -> HexSet:
    """Those of the places that lie exactly so many steps from each of the centres.

    Places and steps are a board's: no place is farther than 8 from the origin along q or r, and ``steps`` is 8 at most.
    """
    # A ring that leaves the field at one side comes in again at the other, but not so far that it meets such a place.
    found, left, around = places.mask, centres.mask, ring(steps).mask
    while left and found:
        bit = left & -left
        left ^= bit
        up = bit.bit_length() - _ORIGIN_BITS
        found &= around << up if up >= 0 else around >> -up
    return HexSet(found)


def amid(places: HexSet) -> Coord:
    """The hex halfway between the least and the greatest q and r of a set that is not empty, rounded down."""
    span = extent(places)
    return Coord((span.q_min + span.q_max) // 2, (span.r_min + span.r_max) // 2)


def _folded(rows: int, halves: tuple[int, ...], stride: int) -> int:
    """All rows, each ``stride`` bits higher than the one before, laid upon the first."""
    for half in halves:
        rows |= rows >> half * stride
    return rows & _ROW


@lru_cache(maxsize=BANDS_KEPT_MAX)
def _band(axis: int, least: int, greatest: int) -> int:
    """The mask of all hexes of the field whose q, r or s (axis 0, 1, 2) lies between the two."""
    return HexSet.of(
        place for place in _FIELD if least <= (place.q, place.r, -place.q - place.r)[axis] <= greatest
    ).mask
