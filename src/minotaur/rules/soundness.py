"""Whether a game is one that the rules can have come to, as far as a glance tells: for states that come from outside.

A glance, because every game is looked at whenever a server starts. What the rules would never notice is not looked for.
"""

from typing import assert_never

from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.rules.commands import LEGAL_MOVES, Attack, Move, Step, Wait, cost
from minotaur.rules.game import Game, Hero, Minotaur
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import BOUNDS, SEATS, STEPS_MAX, Bounds, Settings

MILLIS: Bounds = Bounds(0, 2**53 - 1)
"""Moments: what a browser can count, which is 285,000 years."""


def check_settings(settings: Settings) -> None:
    """Raises ``ValueError`` for a number out of its bounds. Asked first: boards are made from these."""
    _within("seats", settings.seats, SEATS)
    for name, bounds in BOUNDS.items():
        _within(name, getattr(settings, name), bounds)
    _within("ap_start", settings.ap_start, Bounds(0, settings.ap_cap))


def check_game(game: Game) -> None:
    """Raises ``ValueError`` for a state between two commands that can't be; its settings must have been checked."""
    settings = game.settings
    board = hexagon(settings.radius, game.lair)
    if (game.floor | game.collapsed) - board or game.floor & game.collapsed:
        raise ValueError("its board has hexes that can't be")
    if game.lair not in game.floor:
        raise ValueError("its lair is no floor")
    _within("round", game.round, Bounds(1, settings.rounds_max))
    _within("touched_in", game.touched_in, Bounds(1, game.round))
    _within("round_ends_at", game.round_ends_at, MILLIS)
    for player, hero in game.heroes.items():
        _check_hero(player, hero, game, board)
    if settings.minotaur != (game.minotaur is not None):
        raise ValueError("it has a Minotaur, or none, against its settings")
    if game.minotaur is not None:
        _check_minotaur(game.minotaur, game)
    if game.status == "active" and (game.winner_id is not None or not any(h.alive for h in game.heroes.values())):
        raise ValueError("it goes on, and has ended")
    if game.winner_id is not None and game.winner_id not in game.heroes:
        raise ValueError(f"{game.winner_id} won it and is not in it")
    if len(game.pictures) > settings.gallery_delay + 1:
        raise ValueError(f"it keeps {len(game.pictures)} pictures")


def _check_hero(player: PlayerId, hero: Hero, game: Game, board: HexSet) -> None:
    settings = game.settings
    _within(f"{player} health", hero.health, Bounds(1 if hero.alive else 0, settings.health))
    _within(f"{player} ap", hero.ap, Bounds(0, settings.ap_cap))
    if hero.alive != (hero.died_in_round is None):
        raise ValueError(f"{player} lives, and died")
    if hero.died_in_round is not None:
        _within(f"{player} died_in_round", hero.died_in_round, Bounds(1, game.round))
    if hero.at not in (game.floor if hero.alive else board):
        raise ValueError(f"{player} stands where nobody can")
    if (hero.floor_seen | hero.rock_seen | hero.chasm_seen) - board:
        raise ValueError(f"{player} has seen hexes that are not there")
    if hero.plan is None:
        return
    legal = all(map(_can_be_planned, hero.plan))
    if not legal or len(hero.plan) > STEPS_MAX or cost(hero.plan) > hero.ap:
        raise ValueError(f"{player} has a plan that can't be")


def _check_minotaur(minotaur: Minotaur, game: Game) -> None:
    _within("the Minotaur's health", minotaur.health, Bounds(1 if minotaur.alive else 0, game.settings.minotaur_health))
    if minotaur.alive and minotaur.at not in game.floor:
        raise ValueError("the Minotaur stands where it can't")


def _within(name: str, number: int, bounds: Bounds) -> None:
    if not bounds.least <= number <= bounds.greatest:
        raise ValueError(f"{name} is {number}, not {bounds.least} to {bounds.greatest}")


def _can_be_planned(step: Step) -> bool:
    match step:
        case Move():
            return step in LEGAL_MOVES
        case Attack() | Wait():
            return True
        case _:
            assert_never(step)
