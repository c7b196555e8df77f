"""What a bot makes of the terrain it knows: where it can go, where it has not been, where the middle may be.

Everything is relative to the bot's hero, who stands at the origin.
"""

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector, distance
from minotaur.hexgrid.extent import amid, middles, on_rings
from minotaur.hexgrid.hexset import EMPTY, HexSet, grow, hexagon, ring
from minotaur.hexgrid.walk import nearest, reach, walked, walking_distance, way
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
        self.floor = HexSet(sight.floor.mask | sight.floor_remembered.mask)
        self._sight = sight
        self._settings = settings

    @lazy
    def firm(self) -> HexSet:
        last = self.ring_standing
        firm = self.floor.mask & ~self._sight.cracked.mask
        if last == self._settings.radius or self.middle is None:
            return HexSet(firm)
        return HexSet(firm & hexagon(last, self.middle).mask)

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
        return HexSet(grow(self.near.mask) & ~(self._known.mask | self._outside.mask))

    def edge(self, avoiding: HexSet) -> HexSet:
        """The firm floor in reach, here excepted, that lies beside the unknown."""
        return HexSet(self.near.mask & grow(self.unknown.mask) & self.firm.mask & ~(avoiding.mask | HERE.mask))

    @lazy
    def _known(self) -> HexSet:
        sight = self._sight
        rock = sight.rock.mask | sight.rock_remembered.mask
        return HexSet(self.floor.mask | rock | sight.chasm.mask | sight.chasm_remembered.mask)

    @lazy
    def _outside(self) -> HexSet:
        """Hexes beside floor in plain sight that are no hexes at all: the board ends there."""
        steps = self._settings.sight - 1
        if steps < 0 and self._settings.sight != SIGHT_ALL:
            return EMPTY
        plain = self._sight.floor if steps < 0 else reach(self._sight.floor, ORIGIN, steps)
        return HexSet(grow(plain.mask) & ~self._known.mask)

    @lazy
    def middle(self) -> Coord | None:
        """Where the lair may be: amid all places that agree with what is known; None if none does.

        The board is a hexagon, so each of its three axes is bounded by the extremes of what is known. A hex just
        outside, and a cracked ring, are at distances from the middle that one knows.
        """
        guesses, cracked = self._middles, self._sight.cracked
        if cracked and (cracked_ring := self._cracked_ring) is not None:
            guesses = on_rings(guesses, cracked_ring, cracked)
        return amid(guesses) if guesses else None

    @lazy
    def falling(self) -> HexSet:
        """All in sight that may fall at the end of this round: of two rings that are cracked the outer one."""
        sight, settings = self._sight, self._settings
        number, rings = settings.falling(sight.round), settings.cracked(sight.round)
        if number is None or len(rings) == 1:
            return EMPTY if number is None else sight.cracked
        falling = 0
        for guess in self._middles:
            if all(distance(guess, each) in rings for each in sight.cracked):
                falling |= ring(number, guess).mask
        return HexSet(sight.cracked.mask & falling)

    @lazy
    def _middles(self) -> HexSet:
        """All places that agree with the terrain that is known."""
        radius = self._settings.radius
        return on_rings(middles(self._known, radius), radius + 1, self._outside)

    @lazy
    def blocked(self) -> HexSet:
        """Where nobody can go, as far as is known."""
        return HexSet((self._known.mask & ~self.floor.mask) | self._outside.mask)

    @property
    def _cracked_ring(self) -> int | None:
        """Which ring the cracks in sight belong to; None where it could be one of two."""
        rings = self._settings.cracked(self._sight.round)
        return rings[0] if len(rings) == 1 else None

    def towards_middle(self, avoiding: HexSet) -> Coord | None:
        """The place in reach that is nearest to the middle as the crow flies; None if it is not nearer than here."""
        middle = self.middle
        if middle is None:
            return None
        places, around = self.near - avoiding, HexSet.of([middle])
        for steps in range(distance(ORIGIN, middle)):
            nearer = on_rings(places, steps, around)
            if nearer:
                return next(iter(nearer))
        return None

    def way(self, target: Coord, avoiding: HexSet, steps_max: int) -> list[Vector]:
        """The first steps of a shortest way to ``target`` over known floor; empty if there is none."""
        return way(self.floor - avoiding, ORIGIN, target, steps_max)

    def steps_between(self, start: Coord, end: Coord) -> int:
        """How far it is to walk over known floor."""
        steps = walking_distance(self.floor, start, end)
        return FAR if steps is None else steps

    def nearest(self, targets: HexSet, avoiding: HexSet) -> list[Coord]:
        """Those of the targets to which it is least far from here."""
        return list(nearest(self.floor - avoiding, ORIGIN, targets))
