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
from minotaur.rules.looking import Eyes, eyes, look, remembering
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.settings import Settings


def evolve(game: Game, event: Event) -> Game:
    """Apply one past event."""
    draft = Draft(game)
    draft.apply(event)
    return draft.game


def evolve_all(game: Game, events: Iterable[Event]) -> Game:
    """Apply past events, oldest first: what one ``evolve`` after the other comes to."""
    draft = Draft(game)
    for event in events:
        draft.apply(event)
    return draft.game


class Draft:
    """A game on its way from one state to a later one, to which past events are applied one by one.

    What most events change, the heroes and the Minotaur, lies here until somebody asks for the ``game``. No game that
    was ever given out changes any more.
    """

    __slots__ = ("_eyes", "_game", "_heroes", "_minotaur")

    def __init__(self, game: Game) -> None:
        self._adopt(game)

    @property
    def game(self) -> Game:
        """The state that the events so far have come to."""
        game = self._game
        if self._heroes is not game.heroes or self._minotaur is not game.minotaur:
            self._game = game = replace(game, heroes=self._heroes, minotaur=self._minotaur)
        return game

    def apply(self, event: Event) -> None:
        """Go on by one event."""
        match event:
            case PcEnteredHex():
                self._enter(event)
            case PcLeftHex() | PcBumped() | Tremor():
                pass
            case PcAttacked():
                self._hit(event)
            case PlanAccepted():
                self._put(event.player_id, _planning(self._heroes[event.player_id], event))
                if not event.by_bot:
                    self._touch()
            case Noise():
                self._remember_noise(event)
            case Killed():
                self._kill(event.id, event.by, event.step)
            case ReadyAccepted():
                hero = self._heroes[event.player_id]
                ready = replace(hero, ready=True, plan=hero.plan or (), autopilot=False, missed_rounds=0)
                self._put(event.player_id, ready)
                self._touch()
            case Resigned():
                self._kill(event.id, (), 0)
                self._put(event.id, replace(self._heroes[event.id], resigned=True))
                self._touch()
            case _:
                self._adopt(_changed(self.game, event))

    def _adopt(self, game: Game) -> None:
        self._game = game
        self._heroes = game.heroes
        self._minotaur = game.minotaur
        self._eyes: Eyes | None = None

    def _put(self, player: PlayerId, hero: Hero) -> None:
        if self._heroes is self._game.heroes:
            self._heroes = dict(self._heroes)
        self._heroes[player] = hero

    def _touch(self) -> None:
        if self._game.touched_in != self._game.round:
            self._game = replace(self._game, touched_in=self._game.round)

    def _the_minotaur(self) -> Minotaur:
        assert self._minotaur is not None, "only a game with a Minotaur has events of it"
        return self._minotaur

    def _enter(self, event: PcEnteredHex) -> None:
        if event.id == MINOTAUR:
            minotaur = self._the_minotaur()
            noise = None if minotaur.noise == event.to_hex else minotaur.noise
            self._minotaur = replace(minotaur, at=event.to_hex, noise=noise)
            return
        if self._eyes is None:
            self._eyes = eyes(self._game)
        player = PlayerId(event.id)
        hero = replace(self._heroes[player], at=event.to_hex)
        self._put(player, remembering(hero, self._eyes[event.to_hex]))

    def _hit(self, event: PcAttacked) -> None:
        if not event.hit:
            return
        if event.target_id != MINOTAUR:
            player = PlayerId(event.target_id)
            hero = self._heroes[player]
            self._put(player, replace(hero, health=max(0, hero.health - event.damage)))
            return
        minotaur = self._the_minotaur()
        now = (event.round, event.step)
        earlier = minotaur.last_hitters if minotaur.last_hit == now else ()
        self._minotaur = replace(
            minotaur,
            health=max(0, minotaur.health - event.damage),
            last_hit=now,
            last_hitters=(*earlier, PlayerId(event.id)),
        )

    def _remember_noise(self, event: Noise) -> None:
        if event.remembered:
            minotaur = self._the_minotaur()
            self._minotaur = replace(minotaur, noise=None if event.at == minotaur.at else event.at)

    def _kill(self, player: PlayerId, by: tuple[str, ...], step: int) -> None:
        number, rules = self._game.round, self._game.settings.rules
        dead = replace(self._heroes[player], alive=False, killed_by=by, died_in_round=number)
        if rules.frees_the_fallen:
            dead = replace(dead, autopilot=False)
        if rules.ranks_within_rounds:
            earlier = [hero for hero in self._heroes.values() if not hero.alive and not _fell_in(hero, number, step)]
            dead = replace(dead, died_in_step=step, fell_after=len(earlier))
        self._put(player, dead)


def _fell_in(hero: Hero, round_number: int, step: int) -> bool:
    """Whether this is when it fell. Who resigned fell alone; a collapse and a drain are never in one round."""
    return not hero.resigned and (hero.died_in_round, hero.died_in_step) == (round_number, step)


def _changed(game: Game, event: RoundStarted | Collapsed | Drained | MinotaurSlain | ClockCredited | GameOver) -> Game:
    """The events that happen at most once in a round, and change more than one hero."""
    match event:
        case RoundStarted():
            heroes = {
                player: _next_round(game.settings, hero, player in event.away) for player, hero in game.heroes.items()
            }
            round_ms = game.settings.round_ms if event.length_ms is None else event.length_ms
            begun = replace(game, round=event.round, round_ends_at=event.ends_at, round_ms=round_ms, heroes=heroes)
            return pictured(replace(begun, touched_in=game.round) if event.watched else begun)
        case Collapsed():
            return _collapse(game, event)
        case Drained():
            return _drain(game, event.damage)
        case MinotaurSlain():
            return _slay(game, event)
        case ClockCredited():
            return replace(game, round_ends_at=game.round_ends_at + event.ms)
        case GameOver():
            return replace(game, status="over", winner_id=event.winner_id, over_why=event.why)
        case _:
            assert_never(event)


def _planning(hero: Hero, event: PlanAccepted) -> Hero:
    if event.by_bot:
        return replace(hero, plan=event.steps)
    return replace(hero, plan=event.steps, ready=False, autopilot=False, missed_rounds=0)


def put_on_autopilot(game: Game, player: PlayerId) -> Game:
    """Have a bot plan for this player from now on, until they say something again."""
    return replace(game, heroes={**game.heroes, player: replace(game.heroes[player], autopilot=True)})


def lets_pass(hero: Hero) -> bool:
    """Whether their player plans for themselves, and has not."""
    return hero.alive and not hero.is_bot and not hero.autopilot and hero.plan is None


def missing(settings: Settings, hero: Hero, away: bool) -> tuple[int, bool]:
    """How many rounds their player has let pass once this one is over, and whether that puts them on autopilot."""
    if hero.is_bot or hero.autopilot:
        return hero.missed_rounds, hero.autopilot
    missed = hero.missed_rounds + 1 if hero.plan is None else 0
    gone = away and 0 < settings.away_after <= missed
    return missed, gone or missed >= settings.autopilot_after


def _next_round(settings: Settings, hero: Hero, away: bool) -> Hero:
    """Pay for the plan, clear it, count a round let pass, gain AP."""
    left = hero.ap - cost(hero.plan or ())
    if not hero.alive:
        return replace(hero, ap=left, plan=None, ready=False)
    missed, autopilot = missing(settings, hero, away)
    ap = min(settings.ap_cap, left + settings.ap_gain)
    return replace(hero, ap=ap, plan=None, ready=False, missed_rounds=missed, autopilot=autopilot)


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
    assert game.minotaur is not None, "only a game with a Minotaur can lose it"
    return replace(game, heroes=heroes, minotaur=replace(game.minotaur, alive=False))
