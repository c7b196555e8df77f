"""The strategist's plan: of its options the one that comes to most against what the others may do.

How much it thinks is counted in rounds played through, never in time: its plan is a function of what it sees and of its
chance, on whatever machine.
"""

from collections.abc import Sequence
from typing import Final

from minotaur.play.bots.chance import Chance
from minotaur.play.bots.ground import Ground
from minotaur.play.bots.hunter import hunt
from minotaur.play.bots.prudence import Prudence
from minotaur.play.bots.strategist.belief import Belief
from minotaur.play.bots.strategist.options import options, price
from minotaur.play.bots.strategist.others import acts_of, guessed
from minotaur.play.bots.strategist.playing import STRIKE, WAIT, Acts, play
from minotaur.play.bots.strategist.worth import USUAL, Judge, Temper
from minotaur.rules.commands import MOVES, Attack, Step, Steps, Wait
from minotaur.rules.settings import Settings
from minotaur.rules.sight import Sight

FIRST_GUESSES: Final = 3
"""Each option is played against so many guesses first."""
KEPT: Final = 10
"""So many options, the best of them, are played against all guesses."""


def devise(
    sight: Sight, settings: Settings, chance: Chance, temper: Temper = USUAL, ground: Ground | None = None
) -> Steps:
    """The strategist's plan for this round; always legal. With nobody in sight it goes where a hunter would.

    ``ground``: the sight's, where somebody has it already.
    """
    assert sight.you is not None, "only the living plan"
    ground = ground or Ground(sight, settings)
    hunting = hunt(sight, settings, chance, ground)
    if len(sight.figures) == 1:
        return hunting
    belief = Belief(sight, sight.you, settings, ground)
    names = [each.id for each in belief.figures]
    prudence = Prudence(sight, sight.you, settings, ground)
    wanted = dict.fromkeys([*options(belief), acts_of(hunting, names)])
    plans = {plan: steps for plan in wanted if prudence.allows(steps := _steps(plan, names))}
    return plans[_best(belief, list(plans), guessed(belief, chance), temper)]


def _best(belief: Belief, plans: list[Acts], guesses: Sequence[Sequence[Acts]], temper: Temper) -> Acts:
    """The plan that comes to most, the sooner named one of several."""
    judge, full = Judge(belief, temper), belief.settings.health
    sums = dict.fromkeys(plans, 0.0)
    for number, guess in enumerate(guesses):
        if number == FIRST_GUESSES:
            plans = sorted(plans, key=lambda plan: -sums[plan])[:KEPT]
        for plan in plans:
            after = play(belief.world, (plan, *guess), full)
            sums[plan] += judge.worth(after, price(plan), guess)
    return max(plans, key=lambda plan: sums[plan])


def _steps(plan: Acts, names: Sequence[str]) -> Steps:
    return tuple(_step(act, names) for act in plan)


def _step(act: int, names: Sequence[str]) -> Step:
    if act >= STRIKE:
        return Attack(names[act - STRIKE])
    return Wait() if act == WAIT else MOVES[act]
