"""What a bot makes of the terrain it knows: where it can go, where it has not been, where the middle may be.

Everything is relative to the bot's hero, who stands at the origin.
"""

from functools import cached_property

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector
from minotaur.hexgrid.extent import extent
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
        last = self.ring_standing
        firm = self.floor - self._sight.cracked
        if last == self._settings.radius or self.middle is None:
            return firm
        return firm & hexagon(last, self.middle)

    @cached_property
    def ring_standing(self) -> int:
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
        q_min, q_max, r_min, r_max, s_min, s_max = extent(self._known)
        guesses = [
            (q, r)
            for q in range(q_max - radius, q_min + radius + 1)
            for r in range(max(r_max - radius, -q - s_min - radius), min(r_min + radius, -q - s_max + radius) + 1)
        ]
        for place in self._outside:
            guesses = _at_distance(guesses, place, radius + 1)
        cracked_ring = self._cracked_ring
        if cracked_ring is not None:
            for place in self._sight.cracked:
                guesses = _at_distance(guesses, place, cracked_ring)
        if not guesses:
            return None
        count = len(guesses)
        return Coord(round(sum(q for q, _ in guesses) / count), round(sum(r for _, r in guesses) / count))

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


def _at_distance(guesses: list[tuple[int, int]], place: Coord, steps: int) -> list[tuple[int, int]]:
    """Those guesses from which a place lies exactly so many steps away."""
    at_q, at_r = place.q, place.r
    return [(q, r) for q, r in guesses if (abs(q - at_q) + abs(r - at_r) + abs(q + r - at_q - at_r)) == 2 * steps]
