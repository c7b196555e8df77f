"""Axial coordinates of pointy-top hexes: places, displacements and the six directions between neighbours."""

from enum import IntEnum
from functools import lru_cache
from typing import Final

import msgspec


class Vector(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A displacement on the grid. Vectors add up; a vector added to a place is a place."""

    q: int
    r: int

    def __add__(self, other: "Vector") -> "Vector":
        return Vector(self.q + other.q, self.r + other.r)

    def __neg__(self) -> "Vector":
        return Vector(-self.q, -self.r)

    @property
    def length(self) -> int:
        """How many steps to a neighbour make this displacement, rock or not."""
        return (abs(self.q) + abs(self.r) + abs(self.q + self.r)) // 2


class Coord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place on the grid."""

    q: int
    r: int

    def __add__(self, vector: Vector) -> "Coord":
        return Coord(self.q + vector.q, self.r + vector.r)

    def __sub__(self, origin: "Coord") -> Vector:
        return Vector(self.q - origin.q, self.r - origin.r)


ORIGIN: Final = Coord(0, 0)


class Direction(IntEnum):
    """The names of the six directions, clockwise from the east; a name's value is its place in ``DIRECTIONS``."""

    E = 0
    SE = 1
    SW = 2
    W = 3
    NW = 4
    NE = 5


DIRECTIONS: Final[tuple[Vector, ...]] = (
    Vector(1, 0),
    Vector(0, 1),
    Vector(-1, 1),
    Vector(-1, 0),
    Vector(0, -1),
    Vector(1, -1),
)

DIRECTION_OF: Final[dict[Vector, Direction]] = {vector: Direction(place) for place, vector in enumerate(DIRECTIONS)}


def distance(a: Coord, b: Coord) -> int:
    """How many steps lie between two places, as if nothing stood in the way."""
    dq, dr = a.q - b.q, a.r - b.r
    return (abs(dq) + abs(dr) + abs(dq + dr)) // 2


@lru_cache(maxsize=1024)
def nearest_direction(vector: Vector) -> Direction:
    """The direction that points most nearly along ``vector``, which must not be zero.

    Exactly between two directions it is the first of the two going clockwise, so that turning the whole grid by a
    sixth turns the answer with it, whichever way that is.
    """
    assert vector != Vector(0, 0), "nowhere has no direction"
    dots = [_dot(vector, direction) for direction in DIRECTIONS]
    best = max(dots)
    return next(d for d in Direction if dots[d] == best and dots[d - 1] != best)


def _dot(a: Vector, b: Vector) -> int:
    """The dot product of two displacements as cube coordinates."""
    return a.q * b.q + a.r * b.r + (a.q + a.r) * (b.q + b.r)
