"""From one state to the next: what each event means. Never refuses, never chooses: a replay cannot differ."""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from minotaur.hexgrid.hexset import ring
from minotaur.rules.commands import cost
from minotaur.rules.events import (
    ClockCredited,
    Collapsed,
    Drained,
    Event,
    GameOver,
    Killed,
    MinotaurSlain,
    Noise,
    PcAttacked,
    PcBumped,
    PcEnteredHex,
    PcLeftHex,
    PlanAccepted,
    ReadyAccepted,
    Resigned,
    RoundStarted,
    Tremor,
)
from minotaur.rules.game import Game, Hero, Minotaur, pictured
from minotaur.rules.looking import look, remembering
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.settings import Settings


def evolve_all(game: Game, events: Iterable[Event]) -> Game:
    """Apply past events, oldest first."""
    for event in events:
        game = evolve(game, event)
    return game


def evolve(game: Game, event: Event) -> Game:
    """Apply one past event."""
    match event:
        case PcEnteredHex():
            return _enter(game, event)
        case PcLeftHex() | PcBumped() | Tremor():
            return game
        case PcAttacked():
            return _hit(game, event) if event.hit else game
        case PlanAccepted():
            return _plan(game, event)
        case Noise():
            return _remember_noise(game, event) if event.remembered else game
        case RoundStarted():
            heroes = {player: _next_round(game.settings, hero) for player, hero in game.heroes.items()}
            return pictured(replace(game, round=event.round, round_ends_at=event.ends_at, heroes=heroes))
        case Killed():
            return _with(game, event.id, _dead(game, event.id, killed_by=event.by))
        case ReadyAccepted():
            hero = game.heroes[event.player_id]
            ready = replace(hero, ready=True, plan=hero.plan or (), autopilot=False, missed_rounds=0)
            return _with(game, event.player_id, ready)
        case Collapsed():
            return _collapse(game, event)
        case Drained():
            return _drain(game, event.damage)
        case MinotaurSlain():
            return _slay(game, event)
        case Resigned():
            return _with(game, event.id, replace(_dead(game, event.id), resigned=True))
        case ClockCredited():
            return replace(game, round_ends_at=game.round_ends_at + event.ms)
        case GameOver():
            return replace(game, status="over", winner_id=event.winner_id)
        case _:
            assert_never(event)


def _with(game: Game, player: PlayerId, hero: Hero) -> Game:
    return replace(game, heroes={**game.heroes, player: hero})


def _the_minotaur(game: Game) -> Minotaur:
    assert game.minotaur is not None, "only a game with a Minotaur has events of it"
    return game.minotaur


def _enter(game: Game, event: PcEnteredHex) -> Game:
    if event.id == MINOTAUR:
        minotaur = _the_minotaur(game)
        noise = None if minotaur.noise == event.to_hex else minotaur.noise
        return replace(game, minotaur=replace(minotaur, at=event.to_hex, noise=noise))
    player = PlayerId(event.id)
    hero = replace(game.heroes[player], at=event.to_hex)
    return _with(game, player, remembering(hero, look(game, event.to_hex)))


def _hit(game: Game, event: PcAttacked) -> Game:
    if event.target_id != MINOTAUR:
        player = PlayerId(event.target_id)
        hero = game.heroes[player]
        return _with(game, player, replace(hero, health=max(0, hero.health - event.damage)))
    minotaur = _the_minotaur(game)
    now = (event.round, event.step)
    earlier = minotaur.last_hitters if minotaur.last_hit == now else ()
    hurt = replace(
        minotaur,
        health=max(0, minotaur.health - event.damage),
        last_hit=now,
        last_hitters=(*earlier, PlayerId(event.id)),
    )
    return replace(game, minotaur=hurt)


def _plan(game: Game, event: PlanAccepted) -> Game:
    hero = game.heroes[event.player_id]
    if event.by_bot:
        return _with(game, event.player_id, replace(hero, plan=event.steps))
    planned = replace(hero, plan=event.steps, ready=False, autopilot=False, missed_rounds=0)
    return _with(game, event.player_id, planned)


def _remember_noise(game: Game, event: Noise) -> Game:
    minotaur = _the_minotaur(game)
    noise = None if event.at == minotaur.at else event.at
    return replace(game, minotaur=replace(minotaur, noise=noise))


def _next_round(settings: Settings, hero: Hero) -> Hero:
    """Pay for the plan, clear it, count a round let pass, gain AP."""
    left = hero.ap - cost(hero.plan or ())
    if not hero.alive:
        return replace(hero, ap=left, plan=None, ready=False)
    missed, autopilot = hero.missed_rounds, hero.autopilot
    if not hero.is_bot and not autopilot:
        missed = missed + 1 if hero.plan is None else 0
        autopilot = missed >= settings.autopilot_after
    ap = min(settings.ap_cap, left + settings.ap_gain)
    return replace(hero, ap=ap, plan=None, ready=False, missed_rounds=missed, autopilot=autopilot)


def _dead(game: Game, player: PlayerId, killed_by: tuple[str, ...] = ()) -> Hero:
    hero = game.heroes[player]
    return replace(hero, alive=False, killed_by=killed_by, died_in_round=game.round)


def _collapse(game: Game, event: Collapsed) -> Game:
    fallen = ring(event.ring, game.lair)
    minotaur = game.minotaur
    if minotaur is not None:
        noise = None if minotaur.noise is not None and minotaur.noise in fallen else minotaur.noise
        at = game.lair if event.minotaur_leaps else minotaur.at
        minotaur = replace(minotaur, at=at, noise=noise)
    after = replace(game, floor=game.floor - fallen, collapsed=game.collapsed | fallen, minotaur=minotaur)
    heroes = {
        player: remembering(hero, look(after, hero.at)) if hero.alive and hero.at not in fallen else hero
        for player, hero in game.heroes.items()
    }
    return replace(after, heroes=heroes)


def _drain(game: Game, damage: int) -> Game:
    heroes = {
        player: replace(hero, health=max(0, hero.health - damage)) if hero.alive else hero
        for player, hero in game.heroes.items()
    }
    return replace(game, heroes=heroes)


def _slay(game: Game, event: MinotaurSlain) -> Game:
    heroes = {
        player: replace(hero, health=game.settings.health) if player in event.healed else hero
        for player, hero in game.heroes.items()
    }
    return replace(game, heroes=heroes, minotaur=replace(_the_minotaur(game), alive=False))
