"""The floor a strategist believes in, hex by hex as numbers of bits, with the walks over it that were asked for.

A *place* is a hex's number (``hexgrid.hexset.index_of``), a *course* the number of a direction.
"""

from typing import Final

from minotaur.hexgrid.coord import DIRECTIONS
from minotaur.hexgrid.hexset import STRIDE, grow

COURSES: Final = tuple(direction.r * STRIDE + direction.q for direction in DIRECTIONS)
"""By how much each direction's step changes a place's number."""
NO_WAY: Final = 99
"""The walking distance to where no way leads."""


class KnownBoard:
    """Floor, and how far it is from place to place. What it says is worked out once."""

    __slots__ = ("_fields", "_steps", "floor")

    def __init__(self, floor: int) -> None:
        self.floor = floor
        self._fields: dict[int, dict[int, int]] = {}
        self._steps: dict[tuple[int, int], int] = {}

    def far(self, start: int, end: int) -> int:
        """How many steps it is to walk; ``NO_WAY`` if no way leads there."""
        return self._field(end).get(start, NO_WAY)

    def step(self, start: int, end: int) -> int | None:
        """The course of a shortest way's first step, as the rules choose it; None if there is none to take."""
        known = self._steps.get((start, end))
        if known is None:
            known = self._steps[start, end] = self._first(start, end)
        return known if known >= 0 else None

    def way(self, start: int, end: int) -> list[int]:
        """The courses of a shortest way; empty if there is none, or none is needed."""
        courses: list[int] = []
        while (course := self.step(start, end)) is not None:
            courses.append(course)
            start += COURSES[course]
        return courses

    def within(self, start: int, steps: int) -> list[int]:
        """The places that so many steps come to, the nearest first; the start is the first of all."""
        return [place for place, far in self._field(start).items() if far <= steps]

    def _first(self, start: int, end: int) -> int:
        field = self._field(end)
        far = field.get(start, 0)
        if far == 0:
            return -1
        return next(course for course in range(6) if field.get(start + COURSES[course], NO_WAY) == far - 1)

    def _field(self, start: int) -> dict[int, int]:
        """Every place's distance to this one. Who stands on no floor is reached, and reaches, all the same."""
        field = self._fields.get(start)
        if field is None:
            field = self._fields[start] = _flood(self.floor, start)
        return field


def _flood(floor: int, start: int) -> dict[int, int]:
    field: dict[int, int] = {}
    layer, rest, far = 1 << start, floor & ~(1 << start), 0
    while layer:
        left = layer
        while left:
            low = left & -left
            left ^= low
            field[low.bit_length() - 1] = far
        layer = grow(layer) & rest
        rest ^= layer
        far += 1
    return field
