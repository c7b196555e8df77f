"""Strategies of one idea each: what a bot that thinks must not lose to.

They are no bots that anybody is offered. Each knows what a player in its seat would, keeps off ground that falls, and
goes inward in time, so that whoever beats one of them beats its idea.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from minotaur.hexgrid.coord import DIRECTION_OF, ORIGIN, Coord, Vector, distance
from minotaur.hexgrid.hexset import EMPTY
from minotaur.hexgrid.walk import reach
from minotaur.play.bots.chance import Chance
from minotaur.play.bots.ground import HERE, Ground
from minotaur.rules.commands import MOVES, Attack, Steps, Wait
from minotaur.rules.decide import Planner
from minotaur.rules.game import Figure, Game
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.settings import STEPS_MAX, Settings
from minotaur.rules.sight import Sight, sight


class Situation:
    """What all of them look at before their one idea."""

    def __init__(self, seen: Sight, settings: Settings, chance: Chance) -> None:
        assert seen.you is not None, "only the living plan"
        self.ap = min(seen.you.ap, STEPS_MAX)
        self.health = seen.you.health
        self.cap = min(settings.ap_cap, STEPS_MAX)
        self.ground = Ground(seen, settings)
        self.chance = chance
        me = seen.you.player_id
        self.others = [each for each in seen.figures if each.id != me]
        self.heroes = sorted(
            (each for each in self.others if each.id != MINOTAUR),
            key=lambda each: (self.steps_to(each.at), each.health),
        )
        self.damage = settings.hero_damage
        self.starts = settings.collapse_first - 4 if settings.collapse else settings.rounds_max
        self.round = seen.round

    @property
    def prey(self) -> Figure | None:
        """The weakest hero here."""
        here = [each for each in self.heroes if each.at == ORIGIN]
        return min(here, key=lambda each: each.health, default=None)

    @property
    def must_go(self) -> bool:
        """Whether the ground here falls soon."""
        return ORIGIN not in self.ground.firm

    def steps_to(self, place: Coord) -> int:
        return self.ground.steps_between(ORIGIN, place)

    def way(self, target: Coord, steps_max: int | None = None) -> Steps:
        return moves(self.ground.way(target, EMPTY, self.ap if steps_max is None else steps_max))

    def off(self) -> Steps:
        """Onto firm ground; if there is none in reach, inward as far as it goes."""
        firm = self.ground.nearest(self.ground.firm, EMPTY)
        middle = self.ground.middle or ORIGIN
        if firm:
            return self.way(min(firm, key=lambda place: (distance(place, middle), place.r, place.q)))
        target = self.ground.towards_middle(EMPTY)
        return () if target is None else self.way(target)

    def inward(self) -> Steps:
        """Towards the middle once rings are about to fall; before, to where something new can be seen."""
        middle = self.ground.middle
        if middle is not None and self.round >= self.starts:
            if distance(ORIGIN, middle) <= max(self.ground.ring_standing - 1, 1):
                return ()
            target = self.ground.towards_middle(EMPTY)
            return () if target is None else self.way(target, max(self.ap - 1, 0))
        new = self.ground.nearest(self.ground.edge(EMPTY), EMPTY)
        return self.way(self.chance.choice(new), max(self.ap - 1, 0)) if new else ()

    def away(self) -> Steps:
        """To where most steps lie between, of all places in reach."""
        places = reach(self.ground.firm, ORIGIN, self.ap) or HERE
        safest = max(places, key=self._fear)
        return self.way(safest)

    def _fear(self, place: Coord) -> tuple[int, int]:
        nearest = min((self.ground.steps_between(place, each.at) for each in self.others), default=0)
        return nearest, self.ground.firm.count_around(place)


Idea = Callable[[Situation], Steps]


def camp(now: Situation) -> Steps:
    """Stay where you are, and strike at who comes there."""
    if now.must_go:
        return now.off()
    return blows(now.prey, now.ap)


def run_away(now: Situation) -> Steps:
    """Never strike; run from all you see."""
    if now.must_go:
        return now.off()
    return now.away() if now.others else now.inward()


def follow(now: Situation) -> Steps:
    """Stay with somebody, and strike once a round, saving the rest for the way."""
    if now.must_go:
        return now.off()
    if not now.heroes:
        return now.inward()
    if now.prey is not None:
        return blows(now.prey, min(now.ap, 1))
    return now.way(now.heroes[0].at)


def save(now: Situation) -> Steps:
    """Do nothing until all action points are together and somebody is here; then strike with all of them."""
    if now.must_go:
        return now.off()
    if now.prey is not None:
        return blows(now.prey, now.ap) if now.ap >= now.cap or now.prey.health <= now.damage * now.ap else ()
    return now.inward() if now.ap >= now.cap and not now.heroes else ()


def attack(now: Situation) -> Steps:
    """Go for the nearest, and strike with what is left, whatever comes."""
    if now.must_go:
        return now.off()
    if not now.heroes:
        return now.inward()
    target = now.heroes[0]
    there = now.way(target.at)
    return (*there, *blows(target, now.ap - len(there)))


def ambush(now: Situation) -> Steps:
    """Wait for who is near, and strike at where you stand from the second step on."""
    if now.must_go:
        return now.off()
    if now.prey is not None:
        return blows(now.prey, now.ap)
    if now.heroes and now.steps_to(now.heroes[0].at) <= 2:
        return (Wait(), *blows(now.heroes[0], min(now.ap, STEPS_MAX - 1)))
    return now.inward() if now.ap >= now.cap else ()


IDEAS: Final[Mapping[str, Idea]] = {
    "camper": camp,
    "runaway": run_away,
    "follower": follow,
    "saver": save,
    "attacker": attack,
    "ambusher": ambush,
}


def plan_by(idea: Idea, seed: int, settings: Settings, seen: Sight) -> Steps:
    """The plan that an idea makes of this sight. The same arguments give the same plan, which is always legal."""
    assert seen.you is not None, "only the living plan"
    chance = Chance(seed, seen.round, int(seen.you.player_id.removeprefix("p")))
    return idea(Situation(seen, settings, chance))


def _planner(idea: Idea) -> Planner:
    def plan(game: Game, player: PlayerId) -> Steps:
        return plan_by(idea, game.seed, game.settings, sight(game, player))

    return plan


TRIVIAL: Final[Mapping[str, Planner]] = {name: _planner(idea) for name, idea in IDEAS.items()}


def moves(way: Iterable[Vector]) -> Steps:
    return tuple(MOVES[DIRECTION_OF[vector]] for vector in way)


def blows(target: Figure | None, count: int) -> Steps:
    return (Attack(target.id),) * count if target is not None else ()
