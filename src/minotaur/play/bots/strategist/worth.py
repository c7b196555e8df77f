"""What a round's end is worth to a strategist: how likely it thinks it is to be the last who stands.

Everybody's strength is counted in points of health, with what they have of action points and what the next round is
about to take; it wins as its own share of all strengths, on good ground a little sooner.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from minotaur.play.bots.strategist.belief import Belief
from minotaur.play.bots.strategist.board import COURSES, NO_WAY
from minotaur.play.bots.strategist.options import price
from minotaur.play.bots.strategist.playing import Acts, After

DRAWN: Final = 0.35
"""What it is worth to fall together with the last of the others."""
FLOOR_OF_STRENGTH: Final = 0.3
"""So much health everyone has who lives, whatever is about to hit them."""
THEIR_AP: Final = 3
"""So many action points it takes others to have begun the round with."""
CLOSENESS: Final = (1.0, 0.5, 0.25)
"""By the steps between two: how likely one strikes the other in the next round, of those who share a hex."""
DREAD: Final = (1.6, 0.8, 0.4)
"""What a Minotaur one, two or three steps away is about to take."""
AWE: Final = 6.0
"""What it costs to take on a Minotaur, for each unit of dread above the usual."""
INWARD_ROUNDS: Final = 4
"""So many rounds before the first ring falls it turns inward."""


class Temper(msgspec.Struct, frozen=True, gc=False):
    """What a strategist cares for.

    ``thrift``: an action point, in points of health. ``sharpness``: how much the stronger of two is ahead.
    ``quarrel``: how many of the blows that can be struck in the next round it expects of those who share a hex.
    ``slaying``: how sure it is to slay a Minotaur that can be slain in the next round; ``dread``: how much it fears one
    that can't.
    """

    thrift: float = 0.9
    sharpness: float = 1.6
    quarrel: float = 0.5
    slaying: float = 0.7
    dread: float = 1.0
    base: float = 1.5
    """What everyone has who lives, in points of health."""
    unseen: float = 9.5
    """The strength of who is out of sight."""
    inward: float = 0.015
    """What of the whole a step too many from the middle costs."""


class Judge:
    """Says what the ends of a round are worth, all of one belief."""

    def __init__(self, belief: Belief, temper: Temper) -> None:
        self._belief = belief
        self._world = belief.world
        self._board = belief.board
        self._temper = temper
        settings = belief.settings
        self._gain, self._cap = settings.ap_gain, settings.ap_cap
        self._damage, self._full = settings.hero_damage, settings.health
        self._footings: dict[tuple[int, int], float] = {}

    def worth(self, after: After, spent: int, guess: Sequence[Acts]) -> float:
        """0 to 1: who is dead has next to nothing, who stands alone has all.

        ``spent``: what the own plan took of action points; ``guess``: the others' plans.
        """
        health = after.health
        foes = [who for who in range(1, self._world.heroes) if health[who] > 0]
        decided = self._world.all_here and not foes
        if health[0] <= 0:
            # Of plans that all end in death the one that dies late and does harm is still the best.
            return DRAWN if decided else 0.002 * after.hits[0] + 0.001 * after.fell[0]
        if decided:
            return 1.0
        temper = self._temper
        ap = min(self._cap, self._belief.ap - spent + self._gain)
        threat, rivals = 0.0, self._belief.hidden * temper.unseen**temper.sharpness
        for who in foes:
            theirs_ap = min(self._cap, max(THEIR_AP - price(guess[who - 1]), 0) + self._gain)
            far = self._board.far(after.at[0], after.at[who])
            threat += self._exchange(far, theirs_ap)
            rivals += self._strength(health[who] - self._exchange(far, ap), theirs_ap)
        own = self._strength(self._beset(after, ap, foes) - threat, ap)
        return own / (own + rivals) * self._footing(after.at[0], ap)

    def _strength(self, health: float, ap: int) -> float:
        temper = self._temper
        return (max(health, FLOOR_OF_STRENGTH) + temper.base + temper.thrift * ap) ** temper.sharpness

    def _exchange(self, far: int, ap: int) -> float:
        """What somebody so many steps away with so many action points is expected to take in the next round."""
        if far >= len(CLOSENESS):
            return 0.0
        return self._temper.quarrel * CLOSENESS[far] * self._damage * min(max(ap - far, 0), 3)

    def _beset(self, after: After, ap: int, foes: list[int]) -> float:
        """Own health as the Minotaur will have it, or as it will be when the Minotaur is slain."""
        world, at, mine = self._world, after.at, float(after.health[0])
        beast = world.beast
        if beast < 0 or after.health[beast] <= 0:
            return mine
        far = self._board.far(at[beast], at[0])
        if far > min(world.reach, len(DREAD)):
            return mine
        if far > 0:
            is_nearest = all(self._board.far(at[beast], at[who]) >= far for who in foes)
            return mine - self._temper.dread * DREAD[far - 1] * (1.0 if is_nearest else 0.4)
        return self._beside_it(after, ap, foes)

    def _beside_it(self, after: After, ap: int, foes: list[int]) -> float:
        world, temper, mine = self._world, self._temper, float(after.health[0])
        blows = -(-after.health[world.beast] // self._damage)
        weaker_here = any(after.at[who] == after.at[0] and after.health[who] < mine for who in foes)
        is_prey = not weaker_here or 0 in after.hitters
        cost = world.wrath * min(blows, 2) if is_prey else 0
        flight = temper.dread * world.wrath
        if blows <= ap and mine > cost:
            # Who fears it more than others do does not take it on either: else fear would drive them to its side.
            awe = 1.0 + AWE * max(temper.dread - 1.0, 0.0)
            return max(mine - flight, mine + temper.slaying * (self._full - mine) - awe)
        return mine - flight * (1.2 if is_prey else 0.5)

    def _footing(self, place: int, ap: int) -> float:
        """How good the ground is to stand on, with so many action points for the next round: 1 at most, or so."""
        footing = self._footings.get((place, ap))
        if footing is None:
            exits = sum(self._board.floor >> place + course & 1 for course in COURSES)
            footing = self._lasting(place, ap) * self._inwardness(place) * (0.99 + 0.0017 * exits)
            self._footings[place, ap] = footing
        return footing

    def _lasting(self, place: int, ap: int) -> float:
        """Ground that falls at the next round's end has to be left in time."""
        firm = self._belief.firm
        if firm >> place & 1:
            return 1.0
        near = [at for at in self._board.within(place, ap) if firm >> at & 1]
        far = self._board.far(place, near[0]) if near else NO_WAY
        return max(1 - 0.04 * far, 0.1) if far <= ap else 0.15

    def _inwardness(self, place: int) -> float:
        belief, settings = self._belief, self._belief.settings
        middle = belief.middle
        if middle is None or not settings.collapse or belief.sight.round <= settings.collapse_first - INWARD_ROUNDS:
            return 1.0
        over = max(self._board.far(place, middle) - belief.inner, 0)
        return 1 - self._temper.inward * min(over, 8)


USUAL: Final = Temper()
"""A temper that was found by playing."""
