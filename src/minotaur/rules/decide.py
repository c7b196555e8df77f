"""From a command to what then happens, or to a refusal."""

from collections.abc import Callable, Collection
from typing import assert_never

import msgspec

from minotaur.rules.commands import (
    LEGAL_MOVES,
    Attack,
    Command,
    CreditClock,
    EndRound,
    Move,
    Ready,
    Refusal,
    RefusalCode,
    RegisterPlan,
    Resign,
    Steps,
    Wait,
    cost,
)
from minotaur.rules.events import ClockCredited, Event, PlanAccepted, ReadyAccepted, Resigned
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game, Hero
from minotaur.rules.names import MINOTAUR, Millis, PlayerId
from minotaur.rules.resolve import Tale, end_if_last, resolve_round
from minotaur.rules.settings import STEPS_MAX

Planner = Callable[[Game, PlayerId], Steps]
"""A bot: the plan of this seat in this game, which must be legal. It may look at the seat's ``sight`` alone."""


class Decided(msgspec.Struct, frozen=True, gc=False):
    """The rules agree: this happened, in this order, and the game came to ``after``; ``evolve`` comes to the same."""

    events: tuple[Event, ...]
    after: Game


def everyone_waits(_game: Game, _player: PlayerId) -> Steps:
    """The planner that plans to wait."""
    return ()


def decide(game: Game, command: Command, now: Millis, planner: Planner = everyone_waits) -> Decided | Refusal:
    """What happens if this is commanded now; the state does not change by it.

    If the command ends the round, the ``planner`` first plans for every bot and every player on autopilot without a
    plan; these plans come as events before the round's.
    """
    if game.status == "over":
        return Refusal("game_over", "The game is over.", {})
    match command:
        case RegisterPlan(player, round_number, steps):
            refused = _refuse_player(game, player, round_number) or _refuse_plan(game, player, steps)
            if refused is not None:
                return refused
            by_bot = game.heroes[player].is_bot
            return _at_once(game, PlanAccepted(round=game.round, player_id=player, steps=steps, by_bot=by_bot))
        case Ready(player, round_number):
            return _refuse_player(game, player, round_number) or _ready(game, player, now, planner)
        case Resign(player):
            return _refuse_player(game, player, game.round) or _resign(game, player, now, planner)
        case EndRound(round_number, watched, away):
            refused = _refuse_end(game, round_number, now)
            return refused or _end_round(Tale(game), now, planner, watched=watched, away=away)
        case CreditClock(ms, why):
            assert ms != 0, "a credit moves the deadline"
            assert ms > 0 or why == "clock_step", "only a clock takes time back"
            return _at_once(game, ClockCredited(round=game.round, ms=ms, why=why))
        case _:
            assert_never(command)


def play_round(game: Game, now: Millis, planner: Planner) -> Tale:
    """The round played to its end: the events that ``decide`` gives for a due ``EndRound``, and the state after them.

    For whoever plays whole games at a stretch and has no use for working out the state twice.
    """
    assert game.status == "active", "an ended game has no rounds"
    tale = Tale(game)
    _end_round(tale, now, planner)
    return tale


def seats_to_plan(game: Game) -> tuple[PlayerId, ...]:
    """The living seats that a bot plans for and that have no plan yet: bots, and players on autopilot."""
    return tuple(
        player
        for player, hero in game.heroes.items()
        if hero.alive and hero.plan is None and (hero.is_bot or hero.autopilot)
    )


def legal_targets(game: Game, player: PlayerId) -> tuple[str, ...]:
    """Whom this player may plan to attack: every other hero, and the Minotaur, alive when the round began."""
    targets: list[str] = [
        other for other, hero in game.heroes.items() if other != player and _alive_at_beginning(game, hero)
    ]
    if game.minotaur is not None and game.minotaur.alive:
        targets.append(MINOTAUR)
    return tuple(targets)


def _refuse_player(game: Game, player: PlayerId, round_number: int) -> Refusal | None:
    hero = game.heroes.get(player)
    if hero is None:
        return Refusal("not_playing", "You are not playing in this game.", {})
    if not hero.alive:
        return Refusal("not_playing", "You are not playing in this game any more.", {})
    return None if round_number == game.round else _stale(game, round_number)


def _refuse_end(game: Game, round_number: int, now: Millis) -> Refusal | None:
    if round_number != game.round:
        return _stale(game, round_number)
    if now < game.round_ends_at:
        left = game.round_ends_at - now
        return Refusal("too_early", f"Round {game.round} has {left} ms left.", {"ms_left": left})
    return None


def _stale(game: Game, round_number: int) -> Refusal:
    over = f"Round {round_number} is over" if round_number < game.round else f"Round {round_number} has not begun"
    return Refusal("stale_round", f"{over}; it is round {game.round} now.", {"round": game.round})


def _refuse_plan(game: Game, player: PlayerId, steps: Steps) -> Refusal | None:
    if len(steps) > STEPS_MAX:
        return Refusal("too_many_steps", f"A plan has at most {STEPS_MAX} steps.", {"steps_max": STEPS_MAX})
    targets: tuple[str, ...] | None = None
    for place, step in enumerate(steps):
        match step:
            case Move():
                if step not in LEGAL_MOVES:
                    return _refuse_step("bad_vector", "is none of the six directions", place)
            case Attack():
                targets = legal_targets(game, player) if targets is None else targets
                if step.target_id not in targets:
                    return _refuse_step("unknown_target", "aims at nobody who was alive when the round began", place)
            case Wait():
                pass
            case _:
                assert_never(step)
    price, ap = cost(steps), game.heroes[player].ap
    if price > ap:
        return Refusal("too_expensive", f"This plan costs {price} AP; you have {ap}.", {"cost": price, "ap": ap})
    return None


def _refuse_step(code: RefusalCode, what: str, place: int) -> Refusal:
    return Refusal(code, f"Step {place + 1} {what}.", {"step": place + 1})


def _alive_at_beginning(game: Game, hero: Hero) -> bool:
    """Between two rounds' ends only a resignation kills."""
    return hero.alive or hero.died_in_round == game.round


def _at_once(game: Game, event: Event) -> Decided:
    return Decided((event,), evolve(game, event))


def _decided(tale: Tale) -> Decided:
    return Decided(tuple(tale.events), tale.game)


def _ready(game: Game, player: PlayerId, now: Millis, planner: Planner) -> Decided:
    if game.heroes[player].ready:
        return Decided((), game)  # nothing new: who is still waited for has not said so
    tale = Tale(game)
    tale.happens(ReadyAccepted(round=game.round, player_id=player))
    return _go_on(tale, now, planner)


def _resign(game: Game, player: PlayerId, now: Millis, planner: Planner) -> Decided:
    tale = Tale(game)
    tale.happens(Resigned(round=game.round, id=player))
    if end_if_last(tale):
        return _decided(tale)
    return _go_on(tale, now, planner)


def go_on(game: Game, now: Millis, planner: Planner) -> Decided:
    """What follows where somebody is on autopilot who was not: the round ends if it waited for nobody else."""
    return _go_on(Tale(game), now, planner)


def _go_on(tale: Tale, now: Millis, planner: Planner) -> Decided:
    """End the round at once if nobody is waited for: all who are present are ready, or only bots are left.

    Where players live, but all are on autopilot, the round keeps its time: any of them may come back.
    """
    players = [hero for hero in tale.game.heroes.values() if hero.alive and not hero.is_bot]
    present = [hero for hero in players if not hero.autopilot]
    if not players or (present and all(hero.ready for hero in present)):
        return _end_round(tale, now, planner)
    return _decided(tale)


def _end_round(
    tale: Tale,
    now: Millis,
    planner: Planner,
    *,
    watched: bool = False,
    away: Collection[PlayerId] | None = None,
) -> Decided:
    game = tale.game
    for player in seats_to_plan(game):
        steps = planner(game, player)
        assert _refuse_plan(game, player, steps) is None, f"the plan for {player} is not legal: {steps}"
        tale.happens(PlanAccepted(round=game.round, player_id=player, steps=steps, by_bot=True))
    resolve_round(tale, now, watched=watched, away=away)
    return _decided(tale)
