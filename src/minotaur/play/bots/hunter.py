"""The hunter looks for fights it can win, flees those it can't, and keeps off ground that is about to fall.

It decides in the order of urgency: leave a hex that falls, strike at who shares its hex, flee, chase, move inward
before the rings fall, explore. It saves action points while nothing is near: who meets it first meets a burst of four.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from minotaur.hexgrid.coord import DIRECTION_OF, ORIGIN, Coord, Vector, distance
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon
from minotaur.hexgrid.walk import reach, shells
from minotaur.play.bots.chance import Chance
from minotaur.play.bots.ground import HERE, Ground
from minotaur.play.bots.lazy import lazy
from minotaur.play.bots.prudence import FROM_HERE, Prudence
from minotaur.rules.commands import MOVES, Attack, Step, Steps, Wait
from minotaur.rules.game import Figure
from minotaur.rules.names import MINOTAUR
from minotaur.rules.settings import STEPS_MAX, Settings
from minotaur.rules.sight import OwnHero, Sight

RESERVE_AP: Final = 2
"""Kept for a fight while nothing is in sight."""
INWARD_ROUNDS: Final = 4
"""So many rounds before the first ring falls it turns inward."""
EXPECTED_HITS: Final = 2
"""Blows to expect from a hero in one round."""
QUICK_BLOWS: Final = 2
"""Who falls to so many is struck down without a second thought."""
FEAR_STEPS: Final = 3
"""It runs from what is nearer than this many steps, or as near."""
SAFE_STEPS: Final = 4
"""Farther away than this is no safer."""


def hunt(sight: Sight, settings: Settings, chance: Chance, ground: Ground | None = None) -> Steps:
    """The hunter's plan for this round; always legal. ``ground``: the sight's, where somebody has it already."""
    assert sight.you is not None, "only the living plan"
    return _Hunter(sight, sight.you, settings, chance, ground or Ground(sight, settings)).plan()


class _Hunter:
    def __init__(self, sight: Sight, you: OwnHero, settings: Settings, chance: Chance, ground: Ground) -> None:
        self._sight = sight
        self._settings = settings
        self._chance = chance
        self._me = you
        self._ap = min(you.ap, STEPS_MAX)
        self._ground = ground
        self._prudence = Prudence(sight, you, settings, ground)
        self._heroes = _in_any_order(
            [each for each in sight.figures if each.id not in (you.player_id, MINOTAUR)], chance
        )
        self._minotaur = next((each for each in sight.figures if each.id == MINOTAUR), None)

    def plan(self) -> Steps:
        if self._ap == 0:
            return ()
        return (
            self._off_the_falling_ring()
            or self._strike()
            or self._flee()
            or self._chase()
            or self._inward()
            or self._explore()
        )

    # --- urgent -----------------------------------------------------------------------------------------------------

    def _off_the_falling_ring(self) -> Steps:
        """Off cracked ground, with a parting blow if there is time for one."""
        if ORIGIN in self._ground.firm:
            return ()
        targets = self._ground.nearest(self._ground.firm, EMPTY)
        way = self._ground.way(self._best_inward(targets), EMPTY, self._ap) if targets else []
        if not way:
            return ()
        here = self._prey_here()
        blows = _blows(here, self._ap - len(way))
        waits = (Wait(),) * (STEPS_MAX - len(way) - len(blows)) if _end_of(way) in self._haunted else ()
        return (*blows, *waits, *_moves(way))

    def _strike(self) -> Steps:
        """At who shares the hex, if that is wise."""
        prey = self._prey_here()
        if prey is None:
            return ()
        kill = self._blows_to_kill(prey)
        if not self._prudence.survives(FROM_HERE, {prey.id: 1}):
            return ()
        if not self._cornered and self._minotaur_wants_me and not (kill == 1 and self._survives_a_blow):
            return ()
        if kill > self._ap and not self._can_stand(prey):
            return ()
        blows = min(kill, self._ap)
        if kill > QUICK_BLOWS and prey.id != MINOTAUR and self._is_even(prey) and self._chance.one_in(2):
            blows = 1
        rest = self._ap - blows
        if rest and (blows == 1 or self._minotaur_here):
            return (*_blows(prey, blows), *_moves(self._way_out(1)))
        return _blows(prey, blows)

    def _is_even(self, prey: Figure) -> bool:
        """Whether blow for blow nobody would come out ahead, and there is somewhere to step back to."""
        return prey.health >= self._me.health and not self._cornered

    def _prey_here(self) -> Figure | None:
        """Whom to strike at in this hex: who falls soonest; the Minotaur only if it falls in this round."""
        here = [each for each in self._heroes if each.at == ORIGIN]
        if self._minotaur is not None and self._minotaur.at == ORIGIN:
            if self._blows_to_kill(self._minotaur) <= self._ap:
                return self._minotaur
            if not here and self._cornered:
                return self._minotaur
        return min(here, key=lambda each: each.health, default=None)

    def _can_stand(self, prey: Figure) -> bool:
        """Whether a round of blows with everyone in this hex is bearable, or there is nowhere to go anyway."""
        if self._cornered:
            return True
        rivals = sum(each.at == ORIGIN for each in self._heroes)
        bearable = rivals * EXPECTED_HITS * self._settings.hero_damage
        return self._me.health > bearable or self._me.health >= prey.health + self._settings.hero_damage

    @lazy
    def _minotaur_wants_me(self) -> bool:
        """Whether it is here, or comes with its next step, and nobody here is weaker."""
        beast = self._minotaur
        if (
            beast is None
            or ORIGIN not in reach(self._ground.floor, beast.at, 1)
            or self._blows_to_kill(beast) <= self._ap
        ):
            return False
        return all(each.health >= self._me.health for each in self._heroes if each.at == ORIGIN)

    @property
    def _survives_a_blow(self) -> bool:
        return self._me.health > self._settings.minotaur_damage

    # --- from a distance --------------------------------------------------------------------------------------------

    def _flee(self) -> Steps:
        """Away from what it can't fight, to where most steps lie between."""
        if not self._threats or ORIGIN not in self._dread[FEAR_STEPS]:
            return ()
        return _moves(self._way_out(self._ap))

    @lazy
    def _threats(self) -> list[Figure]:
        threats = [each for each in self._heroes if self._is_too_strong(each)]
        if self._minotaur is not None and self._blows_to_kill(self._minotaur) > self._ap:
            threats.append(self._minotaur)
        return threats

    def _is_too_strong(self, hero: Figure) -> bool:
        return hero.health > self._me.health + self._settings.hero_damage and self._blows_to_kill(hero) > self._ap

    def _way_out(self, steps_max: int) -> list[Vector]:
        """A way to the hex in reach that lies farthest from all threats, of several the one with most ways on."""
        ground = self._ground
        safe = reach(ground.firm, ORIGIN, steps_max)
        for dreadful in reversed(self._dread):
            far = safe - dreadful
            if far:
                return ground.way(max(far, key=self._ways_on), EMPTY, steps_max)
        return []

    @lazy
    def _dread(self) -> list[HexSet]:
        """Where any threat is, where it may be with one step, and so on, as far as that matters."""
        return shells(self._ground.floor, HexSet.of([threat.at for threat in self._threats]), SAFE_STEPS)

    def _ways_on(self, place: Coord) -> int:
        return 2 * self._ground.firm.count_around(place) + self._ground.unknown.count_around(place)

    def _chase(self) -> Steps:
        """Towards the hero that is easiest to fell, saving enough for the blow."""
        prey = [each for each in self._heroes if each.at != ORIGIN and not self._is_too_strong(each)]
        if not prey:
            return ()
        target = min(prey, key=lambda each: (self._ground.steps_between(ORIGIN, each.at), each.health))
        steps = self._ground.steps_between(ORIGIN, target.at)
        if steps == 1 and self._chance.one_in(2):
            return _blows_after_a_wait(target, min(self._ap, self._blows_to_kill(target)))
        if self._ap <= steps and self._ap < self._settings.ap_cap and self._chance.one_in(2):
            return ()
        way = self._ground.way(target.at, self._haunted - HexSet.of([target.at]), self._ap)
        if not way:
            return ()
        blows = min(self._ap - len(way), self._blows_to_kill(target)) if len(way) == steps else 0
        return (*_moves(way), *_blows(target, blows))

    # --- with nobody near -------------------------------------------------------------------------------------------

    def _inward(self) -> Steps:
        """Towards the middle before the rings fall."""
        if not self._settings.collapse or self._sight.round < self._settings.collapse_first - INWARD_ROUNDS:
            return ()
        middle = self._ground.middle
        if middle is None or distance(ORIGIN, middle) <= max(self._ground.ring_standing - 1, 1):
            return ()
        target = self._ground.towards_middle(self._haunted)
        return () if target is None else self._stroll(target)

    def _explore(self) -> Steps:
        """To the nearest place from which something new can be seen; else anywhere."""
        ground = self._ground
        targets = ground.nearest(self._far_from_the_lair(ground.edge(self._haunted)), self._haunted)
        if not targets:
            targets = list(ground.near & ground.firm - self._haunted - HERE)
        return self._stroll(self._chance.choice(targets)) if targets else ()

    def _far_from_the_lair(self, places: HexSet) -> HexSet:
        """Those places where the Minotaur does not smell anyone from its lair, while the board is wide enough."""
        reach_steps = self._settings.minotaur_reach
        if not self._settings.minotaur or self._ground.ring_standing <= reach_steps or self._ground.middle is None:
            return places
        return places - hexagon(reach_steps, self._ground.middle) or places

    def _stroll(self, target: Coord) -> Steps:
        """On the way there, without spending what a fight may need."""
        spare = self._ap - min(RESERVE_AP, self._settings.ap_cap - self._settings.ap_gain)
        return _moves(self._ground.way(target, self._haunted, max(spare, 0)))

    # --- what it looks at -------------------------------------------------------------------------------------------

    @lazy
    def _haunted(self) -> HexSet:
        """Where the Minotaur is, and its next steps."""
        return EMPTY if self._minotaur is None else HexSet.of([self._minotaur.at]).grown() - HERE

    @property
    def _minotaur_here(self) -> bool:
        return self._minotaur is not None and self._minotaur.at == ORIGIN

    @lazy
    def _cornered(self) -> bool:
        """There is nowhere else to stand."""
        return len(reach(self._ground.firm, ORIGIN, 1)) <= 1

    def _blows_to_kill(self, figure: Figure) -> int:
        return -(-figure.health // self._settings.hero_damage)

    def _best_inward(self, places: Sequence[Coord]) -> Coord:
        middle = self._ground.middle
        if middle is None:
            return self._chance.choice(places)
        return min(places, key=lambda place: (distance(place, middle), place.r, place.q))


def _in_any_order(heroes: list[Figure], chance: Chance) -> list[Figure]:
    """By lot, so that of equals no seat is every hunter's first choice."""
    return sorted(heroes, key=lambda _: chance.below(1 << 32)) if len(heroes) > 1 else heroes


def _end_of(way: Iterable[Vector]) -> Coord:
    at = ORIGIN
    for step in way:
        at += step
    return at


def _moves(way: Iterable[Vector]) -> Steps:
    return tuple(MOVES[DIRECTION_OF[vector]] for vector in way)


def _blows(target: Figure | None, count: int) -> Steps:
    return (Attack(target.id),) * count if target is not None else ()


def _blows_after_a_wait(target: Figure, count: int) -> Steps:
    waits: tuple[Step, ...] = (Wait(),)
    return (*waits, *_blows(target, min(count, STEPS_MAX - 1)))
