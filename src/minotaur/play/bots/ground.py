"""What a bot makes of the terrain it knows: where it can go, where it has not been, where the middle may be.

Everything is relative to the bot's hero, who stands at the origin.
"""

from collections.abc import Iterable
from functools import cached_property

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector, distance
from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.hexgrid.walk import first_step, reach, walked, walking_distance
from minotaur.rules.settings import SIGHT_ALL, Settings
from minotaur.rules.sight import Sight

FAR = 99
"""The walking distance to where no way leads."""


class Ground:
    """The known terrain of one sight.

    ``floor`` is all known floor, ``firm`` what of it will still be there in two rounds as far as one can tell, ``near``
    what walking can come to from here.
    """

    def __init__(self, sight: Sight, settings: Settings) -> None:
        self.floor = sight.floor | sight.floor_remembered
        self._sight = sight
        self._settings = settings

    @cached_property
    def firm(self) -> HexSet:
        last = self._ring_standing
        firm = self.floor - self._sight.cracked
        if last == self._settings.radius or self.middle is None:
            return firm
        return firm & hexagon(last, self.middle)

    @cached_property
    def _ring_standing(self) -> int:
        """The outermost ring that neither fell nor is cracked."""
        settings, now = self._settings, self._sight.round
        if not settings.collapse or now + 1 < settings.collapse_first:
            return settings.radius
        fallen_or_cracked = (now + 1 - settings.collapse_first) // settings.collapse_every + 1
        return max(settings.radius - fallen_or_cracked, 0)

    @cached_property
    def near(self) -> HexSet:
        return walked(self.floor, ORIGIN)

    @cached_property
    def unknown(self) -> HexSet:
        """Hexes beside the floor in reach of which nothing is known."""
        return self.near.grown() - self._known - self._outside

    @cached_property
    def _known(self) -> HexSet:
        sight = self._sight
        return self.floor | sight.rock | sight.rock_remembered | sight.chasm | sight.chasm_remembered

    @cached_property
    def _outside(self) -> HexSet:
        """Hexes beside floor in plain sight that are no hexes at all: the board ends there."""
        steps = self._settings.sight - 1
        if self._settings.sight == SIGHT_ALL:
            return self._sight.floor.grown() - self._known
        return reach(self._sight.floor, ORIGIN, max(steps, 0)).grown() - self._known if steps >= 0 else HexSet()

    @cached_property
    def middle(self) -> Coord | None:
        """Where the lair may be: the mean of all places that agree with what is known; None if none does.

        The board is a hexagon, so each of its three axes is bounded by the extremes of what is known. A hex just
        outside, and a cracked ring, are at distances from the middle that one knows.
        """
        radius = self._settings.radius
        (q_min, q_max), (r_min, r_max), (s_min, s_max) = _extremes(self._known)
        outside = list(self._outside)
        cracked, cracked_ring = list(self._sight.cracked), self._cracked_ring
        guesses = [
            (q, r)
            for q in range(q_max - radius, q_min + radius + 1)
            for r in range(r_max - radius, r_min + radius + 1)
            if s_max - radius <= -q - r <= s_min + radius
            and all(distance(Coord(q, r), place) == radius + 1 for place in outside)
            and (cracked_ring is None or all(distance(Coord(q, r), place) == cracked_ring for place in cracked))
        ]
        if not guesses:
            return None
        return Coord(round(sum(q for q, _ in guesses) / len(guesses)), round(sum(r for _, r in guesses) / len(guesses)))

    @property
    def _cracked_ring(self) -> int | None:
        """Which ring the cracks in sight belong to; None where it could be one of two."""
        rings = self._settings.cracked(self._sight.round)
        return rings[0] if len(rings) == 1 else None

    def way(self, target: Coord, avoiding: HexSet, steps_max: int) -> list[Vector]:
        """The first steps of a shortest way to ``target`` over known floor; empty if there is none."""
        floor = self.floor - avoiding
        at = ORIGIN
        steps: list[Vector] = []
        while len(steps) < steps_max and (step := first_step(floor, at, target)) is not None:
            steps.append(step)
            at += step
        return steps

    def steps_between(self, start: Coord, end: Coord) -> int:
        """How far it is to walk over known floor."""
        steps = walking_distance(self.floor, start, end)
        return FAR if steps is None else steps

    def nearest(self, targets: HexSet, avoiding: HexSet) -> list[Coord]:
        """Those of the targets to which it is least far from here."""
        floor = self.floor - avoiding
        found = HexSet.of([ORIGIN])
        while not found & targets:
            grown = found | (found.grown() & floor)
            if grown == found:
                return []
            found = grown
        return list(found & targets)


def _extremes(places: Iterable[Coord]) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    known = [(place.q, place.r) for place in places]
    qs = [q for q, _ in known]
    rs = [r for _, r in known]
    ss = [-q - r for q, r in known]
    return (min(qs), max(qs)), (min(rs), max(rs)), (min(ss), max(ss))
