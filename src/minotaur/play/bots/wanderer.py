"""The wanderer plays random legal plans: it goes where it likes and strikes at whoever it sees."""

from minotaur.play.bots.chance import Chance
from minotaur.rules.commands import MOVES, Attack, Step, Steps, Wait
from minotaur.rules.settings import STEPS_MAX
from minotaur.rules.sight import Sight


def wander(sight: Sight, chance: Chance) -> Steps:
    """Up to four steps, each one at random among those it can still pay for."""
    assert sight.you is not None, "only the living plan"
    me = sight.you.player_id
    others = [Attack(figure.id) for figure in sight.figures if figure.id != me]
    ap = sight.you.ap
    steps: list[Step] = []
    for _ in range(1 + chance.below(STEPS_MAX)):
        step = _any_step(others, chance) if ap else Wait()
        ap -= type(step) is not Wait
        steps.append(step)
    return tuple(steps)


def _any_step(others: list[Attack], chance: Chance) -> Step:
    roll = chance.below(8)
    if roll == 0:
        return Wait()
    if roll <= 2 and others:
        return chance.choice(others)
    return chance.choice(MOVES)
