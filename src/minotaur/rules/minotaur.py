"""What the Minotaur wants. It reads the world as it was when the step began, and knows where everyone stands."""

from collections.abc import Collection, Iterable

from minotaur.hexgrid.coord import Coord, Vector
from minotaur.hexgrid.hexset import HexSet
from minotaur.hexgrid.walk import first_step, nearest, walking_distance
from minotaur.rules.game import Game
from minotaur.rules.lot import by_lot
from minotaur.rules.names import PlayerId


def choose_victim(game: Game, step: int) -> PlayerId | None:
    """Whom it attacks in this step: a living hero in its hex, if there is one.

    One of those who hit it in the latest step in which anyone did, if any of them is here; else any. Of several the one
    with least health; ties by lot.
    """
    assert game.minotaur is not None, "who asks knows that it lives"
    here = [player for player, hero in game.heroes.items() if hero.alive and hero.at == game.minotaur.at]
    hitters = [player for player in here if player in game.minotaur.last_hitters]
    return _weakest(game, hitters or here, step, "victim")


def choose_step(game: Game, living: Collection[PlayerId], step: int) -> Vector | None:
    """Where it goes in this step, by the first step of a shortest way; None: it stays.

    To the nearest hero of the ``living`` within its reach; else the newest noise it remembers; else its lair. What no
    way leads to is passed over.
    """
    minotaur = game.minotaur
    assert minotaur is not None, "who asks knows that it lives"
    prey = _nearest_hero(game, minotaur.at, living, step)
    for goal in (None if prey is None else game.heroes[prey].at, minotaur.noise, game.lair):
        if goal == minotaur.at:
            return None
        way = None if goal is None else first_step(game.floor, minotaur.at, goal)
        if way is not None:
            return way
    return None


def choose_noise(game: Game, noises: Iterable[Coord], step: int) -> Coord | None:
    """Which of the noises that heroes made in this step it remembers: the nearest by walking, ties by lot."""
    if game.minotaur is None or not game.minotaur.alive:
        return None
    walks = [(walking_distance(game.floor, game.minotaur.at, noise), noise) for noise in noises]
    near = [walk for walk, _ in walks if walk is not None]
    nearest = [noise for walk, noise in walks if walk == (min(near) if near else None)]
    return by_lot(nearest, game.seed, game.round, step, "noise") if nearest else None


def _nearest_hero(game: Game, at: Coord, living: Collection[PlayerId], step: int) -> PlayerId | None:
    heroes = game.heroes
    places = HexSet.of([heroes[player].at for player in living])
    near = nearest(game.floor, at, places, game.settings.minotaur_reach)
    return _weakest(game, [player for player in living if heroes[player].at in near], step, "prey") if near else None


def _weakest(game: Game, players: Collection[PlayerId], step: int, label: str) -> PlayerId | None:
    if len(players) <= 1:
        return next(iter(players), None)
    least = min(game.heroes[player].health for player in players)
    weakest = [player for player in players if game.heroes[player].health == least]
    return by_lot(weakest, game.seed, game.round, step, label)
