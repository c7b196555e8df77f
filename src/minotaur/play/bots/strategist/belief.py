"""What a strategist believes of the world that it can't see whole, from its sight alone.

Everything is relative to its hero, at the origin. Figures out of sight are not believed anywhere.
"""

from typing import Final

from minotaur.hexgrid.coord import ORIGIN
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon, index_of, ring
from minotaur.play.bots.ground import Ground
from minotaur.play.bots.lazy import lazy
from minotaur.play.bots.strategist.board import KnownBoard
from minotaur.play.bots.strategist.playing import World
from minotaur.rules.game import Figure
from minotaur.rules.names import MINOTAUR
from minotaur.rules.settings import STEPS_MAX, Settings
from minotaur.rules.sight import OwnHero, Sight

HOME: Final = index_of(ORIGIN)
"""The place where it stands itself."""
FOES_MAX: Final = 3
"""So many heroes it reckons with, the nearest; the others it takes to be out of sight."""


class Belief:
    """The world as its round begins, and what it knows of the figures in it.

    ``foes`` are the other heroes of the ``world``, in its order; ``hidden``: how many rivals live that are not in it.
    ``firm``: the places that will still be there in two rounds; ``inner``: how far from the middle is safe for longer.
    """

    def __init__(self, sight: Sight, you: OwnHero, settings: Settings, ground: Ground) -> None:
        self.sight = sight
        self.settings = settings
        self.ground = ground
        self.ap = min(you.ap, STEPS_MAX)
        self.board = KnownBoard(self._standing.mask)
        others = [each for each in sight.figures if each.id not in (you.player_id, MINOTAUR)]
        others.sort(key=lambda each: (self.board.far(HOME, index_of(each.at)), each.health, each.id))
        self.foes = others[:FOES_MAX]
        self.beast = next((each for each in sight.figures if each.id == MINOTAUR), None)
        self.figures = [Figure(you.player_id, ORIGIN, you.health), *self.foes]
        if self.beast is not None:
            self.figures.append(self.beast)
        living = sight.living or settings.seats
        self.hidden = max(living - 1 - len(self.foes), 0)
        self.firm = self.ground.firm.mask
        self.inner = max(self.ground.ring_standing - 1, 0)

    @lazy
    def world(self) -> World:
        settings, sight = self.settings, self.sight
        places = [index_of(each.at) for each in self.figures]
        world = World(settings, self.board, places, [each.health for each in self.figures], self.beast is not None)
        middle = self.ground.middle
        world.lair = None if middle is None else index_of(middle)
        world.falls = self.falling.mask
        world.drains = settings.drains(sight.round)
        world.all_here = self.hidden == 0
        return world

    @lazy
    def falling(self) -> HexSet:
        """What falls at the end of this round, as far as one can tell."""
        number = self.settings.falling(self.sight.round)
        if number is None:
            return EMPTY
        found = self.ground.falling
        middle = self.ground.middle
        return found if middle is None else found | (ring(number, middle) & self.sight.floor_remembered)

    @lazy
    def middle(self) -> int | None:
        middle = self.ground.middle
        return None if middle is None else index_of(middle)

    @property
    def _standing(self) -> HexSet:
        """Known floor, but for what fell out of sight since it was last seen."""
        middle = self.ground.middle
        if middle is None:
            return self.ground.floor
        settings, now = self.settings, self.sight.round
        fallen = sum(settings.collapse_round(number) < now for number in range(1, settings.radius + 1))
        whole = hexagon(settings.radius - (fallen if settings.collapse else 0), middle)
        return self.sight.floor | (self.sight.floor_remembered & whole)
