"""What a bot makes of the terrain it knows: where it can go, where it has not been, where the middle may be.

Everything is relative to the bot's hero, who stands at the origin.
"""

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector
from minotaur.hexgrid.extent import Extent, extent, within
from minotaur.hexgrid.hexset import HexSet, hexagon, ring
from minotaur.hexgrid.walk import first_step, reach, walked, walking_distance
from minotaur.play.bots.lazy import lazy
from minotaur.rules.settings import SIGHT_ALL, Settings
from minotaur.rules.sight import Sight

HERE = HexSet.of([ORIGIN])
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

    @lazy
    def firm(self) -> HexSet:
        last = self.ring_standing
        firm = self.floor - self._sight.cracked
        if last == self._settings.radius or self.middle is None:
            return firm
        return firm & hexagon(last, self.middle)

    @lazy
    def ring_standing(self) -> int:
        """The outermost ring that neither fell nor is cracked."""
        settings, now = self._settings, self._sight.round
        if not settings.collapse or now + 1 < settings.collapse_first:
            return settings.radius
        fallen_or_cracked = (now + 1 - settings.collapse_first) // settings.collapse_every + 1
        return max(settings.radius - fallen_or_cracked, 0)

    @lazy
    def near(self) -> HexSet:
        return walked(self.floor, ORIGIN)

    @lazy
    def unknown(self) -> HexSet:
        """Hexes beside the floor in reach of which nothing is known."""
        return self.near.grown() - self._known - self._outside

    @lazy
    def _known(self) -> HexSet:
        sight = self._sight
        return self.floor | sight.rock | sight.rock_remembered | sight.chasm | sight.chasm_remembered

    @lazy
    def _outside(self) -> HexSet:
        """Hexes beside floor in plain sight that are no hexes at all: the board ends there."""
        steps = self._settings.sight - 1
        if self._settings.sight == SIGHT_ALL:
            return self._sight.floor.grown() - self._known
        return reach(self._sight.floor, ORIGIN, max(steps, 0)).grown() - self._known if steps >= 0 else HexSet()

    @lazy
    def middle(self) -> Coord | None:
        """Where the lair may be: amid all places that agree with what is known; None if none does.

        The board is a hexagon, so each of its three axes is bounded by the extremes of what is known. A hex just
        outside, and a cracked ring, are at distances from the middle that one knows.
        """
        radius = self._settings.radius
        guesses = _middles(extent(self._known), radius)
        for place in self._outside:
            guesses &= ring(radius + 1, place)
        cracked_ring = self._cracked_ring
        if cracked_ring is not None:
            for place in self._sight.cracked:
                guesses &= ring(cracked_ring, place)
        if not guesses:
            return None
        q_min, q_max, r_min, r_max, _, _ = extent(guesses)
        return Coord((q_min + q_max) // 2, (r_min + r_max) // 2)

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
        found = HERE
        while not found & targets:
            grown = found | (found.grown() & floor)
            if grown == found:
                return []
            found = grown
        return list(found & targets)


def _middles(known: Extent, radius: int) -> HexSet:
    """Where the middle of a board can be that holds all hexes of this extent, the origin among them."""
    return within(
        Extent(
            q_min=known.q_max - radius,
            q_max=known.q_min + radius,
            r_min=known.r_max - radius,
            r_max=known.r_min + radius,
            s_min=known.s_max - radius,
            s_max=known.s_min + radius,
        )
    )
