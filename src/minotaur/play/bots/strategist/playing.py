"""A round on the board that a strategist believes in: what its plans come to, without the rules' events.

It keeps the order of ``rules.resolve``: attacks and the Minotaur's, deaths, moves, four times; then the ring that
falls, and the drain. Tests hold one against the other. Where the rules decide by lot, the first of those it lies
between is taken: a strategist believes it is itself. Noise is not believed.
"""

from collections.abc import Sequence
from typing import Final

from minotaur.play.bots.strategist.board import COURSES, NO_WAY, KnownBoard
from minotaur.rules.settings import DRAIN, MINOTAUR_STEPS, STEPS_MAX, Settings

Act = int
"""A step: a course to move in, ``WAIT``, or ``STRIKE`` and a figure's number more."""
Acts = tuple[Act, ...]
Pair = tuple[int, int]
WAIT: Final = 6
STRIKE: Final = 8
NOBODY: Final = -1


class World:
    """What a round begins with. Figures have numbers: oneself is 0, then the other heroes, the Minotaur comes last.

    ``falls``: the places that fall at the round's end. ``all_here``: these are all the heroes that live, so that the
    game ends with the last but one of them.
    """

    __slots__ = (
        "all_here",
        "at",
        "beast",
        "board",
        "drains",
        "falls",
        "health",
        "heroes",
        "hitters",
        "lair",
        "reach",
        "strength",
        "wrath",
    )

    def __init__(
        self, settings: Settings, board: KnownBoard, at: Sequence[int], health: Sequence[int], beast: bool
    ) -> None:
        self.board = board
        self.at = list(at)
        self.health = list(health)
        self.beast = len(self.at) - 1 if beast else NOBODY
        self.heroes = len(self.at) - beast
        self.hitters: frozenset[int] = frozenset()
        self.lair: int | None = None
        self.falls = 0
        self.drains = False
        self.all_here = False
        self.reach = settings.minotaur_reach
        self.strength = settings.hero_damage
        self.wrath = settings.minotaur_damage


class After:
    """What a round came to. ``fell``: in which step who has no health left fell; the ring and the drain come after."""

    __slots__ = ("at", "fell", "health", "hits", "hitters")

    def __init__(self, world: World) -> None:
        self.at = world.at.copy()
        self.health = world.health.copy()
        self.hits = [0] * len(self.at)
        self.fell: dict[int, int] = {}
        self.hitters = world.hitters


def play(world: World, plans: Sequence[Acts], full: int) -> After:
    """Play the round to its end, or to the end of the game; ``full`` is the health of who slays the Minotaur."""
    after = After(world)
    longest = max(map(len, plans))
    if world.beast >= 0 and longest < MINOTAUR_STEPS:
        longest = MINOTAUR_STEPS
    for step in range(longest):
        if not _step(world, after, plans, step, full):
            return after
    if world.falls or world.drains:
        _end(world, after)
    return after


def _step(world: World, after: After, plans: Sequence[Acts], step: int, full: int) -> bool:
    """One step; whether the game goes on."""
    at, health, beast = after.at, after.health, world.beast
    struck, movers = _sorted(world, after, plans, step)
    acts = beast >= 0 and step < MINOTAUR_STEPS and health[beast] > 0
    victim = _victim(world, after) if acts else NOBODY
    # Where it goes it decides before anyone dies or moves.
    goal = _goal(world, after) if acts and victim < 0 else NOBODY
    if (struck or victim >= 0) and not _hurt(world, after, struck, victim, step, full):
        return False
    floor = world.board.floor
    for who, place in movers:
        if health[who] > 0 and floor >> place & 1:
            at[who] = place
    if goal >= 0 and health[beast] > 0:
        at[beast] = goal
    return True


def _sorted(world: World, after: After, plans: Sequence[Acts], step: int) -> tuple[list[Pair], list[Pair]]:
    """Who hits whom, and who goes where, if it is floor."""
    at, health = after.at, after.health
    struck: list[Pair] = []
    movers: list[Pair] = []
    for who in range(world.heroes):
        plan = plans[who]
        if step >= len(plan) or health[who] <= 0:
            continue
        act = plan[step]
        if act >= STRIKE:
            target = act - STRIKE
            if health[target] > 0 and at[target] == at[who]:
                struck.append((who, target))
        elif act < WAIT:
            movers.append((who, at[who] + COURSES[act]))
    return struck, movers


def _hurt(world: World, after: After, struck: list[Pair], victim: int, step: int, full: int) -> bool:
    """Take what was dealt; whether the game goes on."""
    health, beast = after.health, world.beast
    hurt = {target: 0 for _, target in struck}
    for who, target in struck:
        hurt[target] += world.strength
        after.hits[who] += 1
    if victim >= 0:
        hurt[victim] = hurt.get(victim, 0) + world.wrath
    falls = False
    for target, damage in hurt.items():
        health[target] -= damage
        if health[target] <= 0 and target != beast:
            after.fell[target] = step
            falls = True
    if beast in hurt:
        after.hitters = frozenset(who for who, target in struck if target == beast)
        if health[beast] <= 0:
            for who in after.hitters:
                if health[who] > 0:
                    health[who] = full
    return not (falls and _is_over(world, after))


def _is_over(world: World, after: After) -> bool:
    """Whether at most one hero lives, or oneself does not: a strategist asks no further."""
    health = after.health
    if health[0] <= 0 and not world.all_here:
        return True
    return world.all_here and sum(health[who] > 0 for who in range(world.heroes)) <= 1


def _victim(world: World, after: After) -> int:
    """Whom the Minotaur strikes: the weakest of those here who hit it last, else the weakest here."""
    at, health = after.at, after.health
    place = at[world.beast]
    victim, least, hit = NOBODY, 0, False
    for who in range(world.heroes):
        if at[who] == place and health[who] > 0:
            hits = who in after.hitters
            if victim < 0 or (hits and not hit) or (hits == hit and health[who] < least):
                victim, least, hit = who, health[who], hits
    return victim


def _goal(world: World, after: After) -> int:
    """Where it goes: a step nearer to the nearest hero in its reach; else to its lair; ``NOBODY``: it stays."""
    at, health, board = after.at, after.health, world.board
    place = at[world.beast]
    near, goal, least = world.reach + 1, NOBODY, 0
    for who in range(world.heroes):
        if health[who] > 0:
            far = board.far(at[who], place)
            if far < near or (far == near and far <= world.reach and health[who] < least):
                near, goal, least = far, at[who], health[who]
    if goal < 0:
        if world.lair is None or board.far(place, world.lair) == NO_WAY:
            return NOBODY
        goal = world.lair
    course = board.step(place, goal)
    return NOBODY if course is None else place + COURSES[course]


def _end(world: World, after: After) -> None:
    """The ring that falls, and the drain."""
    health = after.health
    for who in range(world.heroes):
        if health[who] > 0:
            if world.falls >> after.at[who] & 1:
                health[who] = 0
                after.fell[who] = STEPS_MAX
            elif world.drains:
                health[who] -= DRAIN
                if health[who] <= 0:
                    after.fell[who] = STEPS_MAX
