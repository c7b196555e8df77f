"""Sets of hexes as bits of one integer: union, difference, shift and growth are a few machine operations each."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector

STRIDE: Final = 32
"""Bits of one row; the next row's hexes lie this many bits higher."""
FIELD_MIN: Final = -16
FIELD_MAX: Final = 15
"""q and r of any hex in a set lie between these two. Outside them a hex is a bug, not a bigger board."""

_CENTRE: Final = -FIELD_MIN * STRIDE - FIELD_MIN
_ROW: Final = (1 << STRIDE) - 1
_FIELD: Final = (1 << STRIDE * STRIDE) - 1
_COLUMN: Final = sum(1 << row * STRIDE for row in range(STRIDE))
_RIM: Final = _COLUMN | _COLUMN << STRIDE - 1 | _ROW | _ROW << STRIDE * (STRIDE - 1)
_COLUMNS_LOST: Final = {
    dq: sum(_COLUMN << (STRIDE - 1 - i if dq > 0 else i) for i in range(abs(dq))) for dq in range(-STRIDE, STRIDE + 1)
}
"""By how far a set is shifted to the east: the columns whose hexes would leave the field."""
_AROUND: Final = 0b110 | 0b111 << STRIDE | 0b11 << 2 * STRIDE
"""A hex at bit ``STRIDE`` + 1, and its neighbours."""
_COORDS: Final = tuple(
    Coord(index % STRIDE + FIELD_MIN, index // STRIDE + FIELD_MIN) for index in range(STRIDE * STRIDE)
)
_BITS: Final = {coord: 1 << index for index, coord in enumerate(_COORDS)}
_TEXT: Final = re.compile(rf"(0|[1-9a-f][0-9a-f]{{0,2}})\.([1-9a-f][0-9a-f]{{0,{STRIDE * STRIDE // 4 - 1}}})")
_PARSED_MAX: Final = 256
"""How many texts are remembered with their sets: a game's heroes often know the same hexes, and share them then."""


class HexSet:
    """An immutable set of places with q and r in ``FIELD_MIN..FIELD_MAX``; iterates row by row, west to east.

    ``mask`` is the set itself, one bit a hex. It is public for arithmetic that is done thousands of times a second: the
    flood fills next door, sight, what bots make of terrain. Nobody else should look.
    """

    __slots__ = ("mask",)
    mask: Final[int]

    def __init__(self, mask: int = 0) -> None:
        self.mask = mask

    @staticmethod
    def of(coords: Iterable[Coord]) -> "HexSet":
        mask = 0
        for coord in coords:
            mask |= bit_of(coord)
        return HexSet(mask)

    def __contains__(self, coord: Coord) -> bool:
        return self.mask & _BITS.get(coord, 0) != 0

    def __iter__(self) -> Iterator[Coord]:
        mask = self.mask
        while mask:
            low = mask & -mask
            mask ^= low
            yield _COORDS[low.bit_length() - 1]

    def __len__(self) -> int:
        return self.mask.bit_count()

    def __bool__(self) -> bool:
        return self.mask != 0

    def __or__(self, other: "HexSet") -> "HexSet":
        return HexSet(self.mask | other.mask)

    def __and__(self, other: "HexSet") -> "HexSet":
        return HexSet(self.mask & other.mask)

    def __sub__(self, other: "HexSet") -> "HexSet":
        return HexSet(self.mask & ~other.mask)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HexSet) and self.mask == other.mask

    def __hash__(self) -> int:
        return hash(self.mask)

    def __repr__(self) -> str:
        return f"HexSet.parse({self.text!r})"

    def __reduce__(self) -> tuple[type["HexSet"], tuple[int]]:
        return HexSet, (self.mask,)

    def shifted(self, vector: Vector) -> "HexSet":
        """Every hex moved by ``vector``. A hex that would leave the field is a bug."""
        assert not self.mask & _COLUMNS_LOST[vector.q], f"{vector} moves hexes out of the field"
        moved = shift(self.mask, vector.r * STRIDE + vector.q)
        assert moved <= _FIELD and moved.bit_count() == len(self), f"{vector} moves hexes out of the field"
        return HexSet(moved)

    def grown(self) -> "HexSet":
        """The set and all neighbours of its hexes. Hexes on the field's rim cannot grow: that is a bug."""
        assert not self.mask & _RIM, "the set touches the rim of the field"
        return HexSet(grow(self.mask))

    def count_around(self, place: Coord) -> int:
        """How many hexes of the set are this place or its neighbours. It does not lie on the field's rim."""
        return (self.mask >> index_of(place) - STRIDE - 1 & _AROUND).bit_count()

    @property
    def text(self) -> str:
        """A short text, fit for JSON; ``parse`` reads it back."""
        if not self.mask:
            return ""
        zeros = (self.mask & -self.mask).bit_length() - 1
        return f"{zeros:x}.{self.mask >> zeros:x}"

    @staticmethod
    @lru_cache(maxsize=_PARSED_MAX)
    def parse(text: str) -> "HexSet":
        """The set that ``text`` was made of; ``ValueError`` for anything else."""
        if not text:
            return EMPTY
        if (parts := _TEXT.fullmatch(text)) is not None:
            bits = int(parts[2], 16)
            mask = bits << int(parts[1], 16)
            if bits & 1 and mask <= _FIELD:  # as ``text`` writes it: another text of the same set is none
                return HexSet(mask)
        raise ValueError(f"not a set of hexes: {text[:40]!r}")


EMPTY: Final = HexSet()


@lru_cache(maxsize=1024)
def hexagon(radius: int, centre: Coord = ORIGIN) -> HexSet:
    """Every hex within ``radius`` steps of the centre."""
    if centre != ORIGIN:
        return hexagon(radius).shifted(centre - ORIGIN)
    return HexSet.of(
        centre + Vector(q, r)
        for r in range(-radius, radius + 1)
        for q in range(max(-radius, -radius - r), min(radius, radius - r) + 1)
    )


@lru_cache(maxsize=1024)
def ring(radius: int, centre: Coord = ORIGIN) -> HexSet:
    """Every hex exactly ``radius`` steps from the centre."""
    return hexagon(radius, centre) - hexagon(radius - 1, centre) if radius else hexagon(0, centre)


def index_of(coord: Coord) -> int:
    """The number of a hex's bit. A hex outside the field is a bug."""
    q, r = coord.q - FIELD_MIN, coord.r - FIELD_MIN
    assert 0 <= q < STRIDE and 0 <= r < STRIDE, f"{coord} lies outside the field"
    return r * STRIDE + q


def bit_of(coord: Coord) -> int:
    """The mask of one hex. A hex outside the field is a bug."""
    bit = _BITS.get(coord)
    assert bit is not None, f"{coord} lies outside the field"
    return bit


def coord_at(index: int) -> Coord:
    """The hex of a bit's number."""
    return _COORDS[index]


def offset_from(coord: Coord) -> int:
    """How many bits a mask moves up so that ``coord`` comes to lie at the origin."""
    return _CENTRE - index_of(coord)


def shift(mask: int, bits: int) -> int:
    """The mask moved up by so many bits, down where negative. Whoever calls keeps it inside the field."""
    return mask << bits if bits >= 0 else mask >> -bits


def grow(mask: int) -> int:
    """The mask and the neighbours of its bits. Whoever calls keeps it off the rim."""
    # Two hexes side by side have their southern neighbours a row up but one bit, and their northern ones a row down:
    # so one pair of shifts moves two neighbours at once.
    pair = mask | mask << 1
    return pair | mask >> 1 | pair << STRIDE - 1 | pair >> STRIDE
