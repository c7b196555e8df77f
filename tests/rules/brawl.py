"""Plans that fight a lot: a seeded strategy for transcripts and properties, not for winning.

It sees the whole board, which no bot may, so that heroes find each other and much happens in few rounds.
"""

from random import Random

from minotaur.hexgrid.coord import DIRECTION_OF, Coord
from minotaur.hexgrid.walk import first_step, walking_distance
from minotaur.rules.commands import MOVES, Attack, Step, Steps, Wait
from minotaur.rules.decide import legal_targets
from minotaur.rules.game import Game
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.settings import STEPS_MAX


def brawl(game: Game, player: PlayerId, seed: int) -> Steps:
    """A legal plan: go where others are, strike who is likely to be there, now and then do something odd."""
    chance = Random(f"{seed} {game.round} {player}")
    ap = game.heroes[player].ap
    at = game.heroes[player].at
    steps: list[Step] = []
    while len(steps) < STEPS_MAX and len(steps) - steps.count(Wait()) < ap:
        roll = chance.random()
        here = [target for target in legal_targets(game, player) if _place(game, target) == at]
        if roll < 0.1:
            steps.append(Wait())
        elif roll < 0.2:
            steps.append(chance.choice(MOVES))
        elif roll < 0.25:
            steps.append(Attack(chance.choice(legal_targets(game, player))))
        elif here:
            steps.append(Attack(chance.choice(here)))
        else:
            way = first_step(game.floor, at, _goal(game, player, at, chance))
            steps.append(Wait() if way is None else MOVES[DIRECTION_OF[way]])
            at = at if way is None else at + way
    return tuple(steps)


def _place(game: Game, target: str) -> Coord | None:
    if target == MINOTAUR:
        return game.minotaur.at if game.minotaur is not None else None
    hero = game.heroes[PlayerId(target)]
    return hero.at if hero.alive else None


def _goal(game: Game, player: PlayerId, at: Coord, chance: Random) -> Coord:
    """The nearest other hero, most of the time; the lair while the ring underfoot is cracked, or on a whim."""
    others = [hero.at for other, hero in game.heroes.items() if other != player and hero.alive]
    walks = [(walk, hex_.r, hex_.q) for hex_ in others if (walk := walking_distance(game.floor, at, hex_)) is not None]
    if at in game.cracked or not walks or chance.random() < 0.2:
        return game.lair
    _, r, q = min(walks)
    return Coord(q, r)


def wander(game: Game, player: PlayerId, seed: int) -> Steps:
    """A legal plan without sense: any moves, attacks and waits."""
    chance = Random(f"{seed} {game.round} {player} wanders")
    steps = (*MOVES, Wait(), *(Attack(target) for target in legal_targets(game, player)))
    return tuple(chance.choice(steps) for _ in range(min(STEPS_MAX, game.heroes[player].ap)))


def ally(game: Game, player: PlayerId, _seed: int) -> Steps:
    """A legal plan of one who fights the Minotaur alone: saves points, strikes, then waits in the lair for the end."""
    hero = game.heroes[player]
    prey = game.minotaur if game.minotaur is not None and game.minotaur.alive else None
    if prey is not None and prey.at == hero.at:
        return (Attack(MINOTAUR),) * min(STEPS_MAX, hero.ap)
    if prey is not None and hero.ap < game.settings.ap_cap:
        return ()
    goal = game.lair if prey is None else prey.at
    steps: list[Step] = []
    at = hero.at
    while len(steps) < hero.ap and (way := first_step(game.floor, at, goal)) is not None:
        steps.append(MOVES[DIRECTION_OF[way]])
        at = at + way
    strikes = [Attack(MINOTAUR)] * (hero.ap - len(steps)) if prey is not None else []
    return (*steps, *strikes)[:STEPS_MAX]
