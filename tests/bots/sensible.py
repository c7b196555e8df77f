"""A player who does what most people would: neither a bot that anybody is offered, nor the best that can be done.

It leaves what falls, runs from the Minotaur, strikes who will fall to it or is no stronger, runs from who is, keeps two
action points for a fight while it looks around, and goes inward in time.
"""

from typing import Final

from minotaur.rules.commands import Attack, Steps
from minotaur.rules.game import Figure, Game
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.sight import sight
from tests.bots.trivial import Situation, blows, plan_by

NEAR_STEPS: Final = 2
"""From a Minotaur as near as this it runs; to a hero as near it goes."""
KEPT_AP: Final = 2
"""So many action points it keeps while nobody is near."""


def play_sensibly(now: Situation) -> Steps:
    """The plan of somebody sensible."""
    if now.must_go:
        return now.off()
    beast = next((each for each in now.others if each.id == MINOTAUR), None)
    if beast is not None and now.steps_to(beast.at) <= NEAR_STEPS:
        return blows(beast, now.ap) if _falls(now, beast) and now.steps_to(beast.at) == 0 else now.away()
    if now.prey is not None:
        return _fight(now, now.prey)
    if now.heroes and now.steps_to(now.heroes[0].at) <= NEAR_STEPS:
        return _meet(now, now.heroes[0])
    return now.inward() if now.ap > KEPT_AP else ()


def _fight(now: Situation, prey: Figure) -> Steps:
    """To the end if it falls or is no stronger; else away."""
    if _falls(now, prey) or now.health >= prey.health:
        return (Attack(prey.id),) * min(now.ap, -(-prey.health // now.damage))
    return now.away()


def _meet(now: Situation, other: Figure) -> Steps:
    """There with strikes left for it, or away from who is stronger; else wait until there are enough for both."""
    if other.health > now.health:
        return now.away()
    there = now.way(other.at)
    return (*there, *blows(other, now.ap - len(there))) if now.ap > len(there) + 1 else ()


def _falls(now: Situation, figure: Figure) -> bool:
    return figure.health <= now.damage * now.ap


def sensible(game: Game, player: PlayerId) -> Steps:
    """Its plan in this seat."""
    return plan_by(play_sensibly, game.seed, game.settings, sight(game, player))
