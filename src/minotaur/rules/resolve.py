"""How a round resolves: four steps, each all at once; then the collapse, and the end."""

from collections.abc import Collection, Iterator
from typing import assert_never

import msgspec

from minotaur.hexgrid.coord import DIRECTIONS, Coord, distance, nearest_direction
from minotaur.hexgrid.hexset import ring
from minotaur.rules.commands import Attack, Move, Step, Wait
from minotaur.rules.events import (
    Collapsed,
    Drained,
    Event,
    GameOver,
    Killed,
    MinotaurSlain,
    MissCause,
    Noise,
    PcAttacked,
    PcBumped,
    PcEnteredHex,
    PcLeftHex,
    RoundStarted,
    Tremor,
)
from minotaur.rules.evolve import Draft, lets_pass, missing
from minotaur.rules.game import Game, Hero, Minotaur
from minotaur.rules.minotaur import choose_noise, choose_step, choose_victim
from minotaur.rules.names import COLLAPSE, LAIR, MINOTAUR, Millis, PlayerId
from minotaur.rules.settings import BOTS_ROUND_MS, DRAIN, MINOTAUR_STEPS, SLEEPERS_SHARE


class Tale(Draft):
    """What has happened since a state, and the ``game`` that it has come to."""

    __slots__ = ("events",)

    def __init__(self, game: Game) -> None:
        super().__init__(game)
        self.events: list[Event] = []

    def happens(self, event: Event) -> None:
        """Go on by an event, and keep it."""
        self.events.append(event)
        self.apply(event)


class Blow(msgspec.Struct, frozen=True, gc=False):
    """An attack, as the world was when the step began."""

    by: str
    target: str
    at: Coord
    damage: int
    missed: MissCause | None = None


class Walk(msgspec.Struct, frozen=True, gc=False):
    """A move that nothing stands in the way of."""

    by: str
    start: Coord
    end: Coord


Living = dict[PlayerId, Hero]


class Acts:
    """What those who act in a step do in it, by seat; who waits does nothing."""

    __slots__ = ("attacks", "moves")

    def __init__(self, standing: Living, step: int) -> None:
        self.attacks: dict[PlayerId, Attack] = {}
        self.moves: dict[PlayerId, Move] = {}
        for player, hero in standing.items():
            if hero.plan is not None and len(hero.plan) >= step:
                self._sort(player, hero.plan[step - 1])

    def __bool__(self) -> bool:
        return bool(self.attacks or self.moves)

    def _sort(self, player: PlayerId, act: Step) -> None:
        match act:
            case Attack():
                self.attacks[player] = act
            case Move():
                self.moves[player] = act
            case Wait():
                pass
            case _:
                assert_never(act)


def resolve_round(tale: Tale, now: Millis, *, watched: bool = False, away: Collection[PlayerId] | None = None) -> None:
    """Tell how the round goes on from its plans to the beginning of the next one, or to the end of the game.

    ``watched``: somebody looks on, before whose eyes the game does not end for want of people. ``away``: of the people
    who are; None: it is not known.
    """
    if _has_end_within(tale) or _end_game(tale):
        return
    if watched or not _end_untouched(tale):
        _start_round(tale, now, watched, away)


def end_if_last(tale: Tale) -> bool:
    """End the game if at most one hero lives."""
    living = list(living_heroes(tale.game))
    if len(living) > 1:
        return False
    tale.happens(GameOver(round=tale.game.round, winner_id=living[0] if living else None))
    return True


def living_heroes(game: Game) -> Living:
    """The heroes alive, by seat."""
    return {player: hero for player, hero in game.heroes.items() if hero.alive}


def _has_end_within(tale: Tale) -> bool:
    """Play the round, as far as to the end of the game if that comes within it; whether it did."""
    checks = tale.game.settings.rules.ends_within_rounds
    # What the round has yet to come never happens: nobody asks for it any more.
    return any(checks and end_if_last(tale) for _ in _deaths(tale))


def _deaths(tale: Tale) -> Iterator[None]:
    """Play the round, and wait after everything that heroes may die of. It goes no further than it is asked to."""
    longest = max(len(hero.plan or ()) for hero in tale.game.heroes.values())
    for step in range(1, max(longest, MINOTAUR_STEPS) + 1):
        yield from _resolve_step(tale, step)
    _let_ring_fall(tale)
    yield
    _drain(tale)
    yield


def _resolve_step(tale: Tale, step: int) -> Iterator[None]:
    """Play one step, and wait after its deaths, before anyone moves."""
    before = tale.game
    standing = living_heroes(before)
    acts = Acts(standing, step)
    beast = _the_minotaur_alive(before) if step <= MINOTAUR_STEPS else None
    if not acts and beast is None:
        return
    victim = None if beast is None else choose_victim(before, step)
    blows = _blows(before, standing, acts, victim)
    if blows:
        _emit_blows(tale, blows, standing, step)
        _emit_noises(tale, before, blows, standing, step)
        _emit_deaths(tale, blows, standing, step)
        yield
        now = tale.game
        standing = {player: hero for player, hero in standing.items() if now.heroes[player].alive}
        beast = None if beast is None else _the_minotaur_alive(now)
    walks = _walks(tale, before, standing, acts, step)
    if beast is not None and victim is None:
        vector = choose_step(before, standing, step)
        if vector is not None:
            walks.append(Walk(MINOTAUR, beast.at, beast.at + vector))
    if walks:
        _emit_walks(tale, walks, standing, step)


def _the_minotaur_alive(game: Game) -> Minotaur | None:
    minotaur = game.minotaur
    return minotaur if minotaur is not None and minotaur.alive else None


def _blows(game: Game, standing: Living, acts: Acts, victim: PlayerId | None) -> list[Blow]:
    """Every attack of the step, by seat, then the Minotaur's."""
    minotaur = _the_minotaur_alive(game)
    blows: list[Blow] = []
    for player, attack in acts.attacks.items():
        at = standing[player].at
        target = minotaur if attack.target_id == MINOTAUR else standing.get(PlayerId(attack.target_id))
        if target is not None and target.at == at:
            blows.append(Blow(player, attack.target_id, at, game.settings.hero_damage))
        else:
            missed = _why_missed(game, target is not None)
            blows.append(Blow(player, attack.target_id, at, 0, missed))
    if victim is not None and minotaur is not None:
        blows.append(Blow(MINOTAUR, victim, minotaur.at, game.settings.minotaur_damage))
    return blows


def _why_missed(game: Game, target_lives: bool) -> MissCause | None:
    if not game.settings.rules.says_why_missed:
        return None
    return "moved_on" if target_lives else "fell"


def _emit_blows(tale: Tale, blows: list[Blow], standing: Living, step: int) -> None:
    number = tale.game.round
    for blow in blows:
        tale.happens(
            PcAttacked(
                round=number,
                step=step,
                id=blow.by,
                target_id=blow.target,
                hit=blow.damage > 0,
                damage=blow.damage,
                at=blow.at,
                witnesses=tuple(player for player, hero in standing.items() if hero.at == blow.at),
                missed=blow.missed,
            )
        )


def _emit_noises(tale: Tale, before: Game, blows: list[Blow], standing: Living, step: int) -> None:
    """One noise for each hex in which anyone attacked."""
    by_heroes = dict.fromkeys(blow.at for blow in blows if blow.by != MINOTAUR)
    newest = choose_noise(before, by_heroes, step)
    for at in dict.fromkeys(blow.at for blow in blows):
        heard = {
            player: DIRECTIONS[nearest_direction(at - hero.at)]
            for player, hero in standing.items()
            if hero.at != at and distance(hero.at, at) <= before.settings.hearing
        }
        tale.happens(Noise(round=before.round, step=step, at=at, heard=heard, remembered=at == newest))


def _emit_deaths(tale: Tale, blows: list[Blow], standing: Living, step: int) -> None:
    game = tale.game
    for player in standing:
        if game.heroes[player].health == 0:
            by = tuple(blow.by for blow in blows if blow.target == player and blow.damage)
            tale.happens(Killed(round=game.round, step=step, id=player, by=by))
    minotaur = game.minotaur
    if minotaur is not None and minotaur.alive and minotaur.health == 0:
        slayers = tuple(PlayerId(blow.by) for blow in blows if blow.target == MINOTAUR and blow.damage)
        healed = tuple(player for player in slayers if tale.game.heroes[player].alive)
        tale.happens(MinotaurSlain(round=game.round, step=step, by=slayers, healed=healed))


def _walks(tale: Tale, before: Game, standing: Living, acts: Acts, step: int) -> list[Walk]:
    """Every hero's move that leads over floor, by seat. Of the others it is told that they bumped."""
    walks: list[Walk] = []
    for player, move in acts.moves.items():
        if player in standing:
            vector = move.vector.vector
            at = standing[player].at
            goal = at + vector
            if goal in before.floor:
                walks.append(Walk(player, at, goal))
            else:
                tale.happens(PcBumped(round=before.round, step=step, id=player, vector=vector))
    return walks


def _emit_walks(tale: Tale, walks: list[Walk], standing: Living, step: int) -> None:
    """All that leave, then all that enter. Nobody sees someone leave for the hex where they end up themselves."""
    number = tale.game.round
    before = {player: hero.at for player, hero in standing.items()}
    after = before | {PlayerId(walk.by): walk.end for walk in walks if walk.by != MINOTAUR}
    for walk in walks:
        by, start, end = walk.by, walk.start, walk.end
        left = [player for player, at in before.items() if at == start and player != by and after[player] != end]
        tale.happens(PcLeftHex(round=number, step=step, id=by, from_hex=start, to_hex=end, witnesses=tuple(left)))
    for walk in walks:
        by, start, end = walk.by, walk.start, walk.end
        met = [player for player, at in after.items() if at == end]
        tale.happens(PcEnteredHex(round=number, step=step, id=by, from_hex=start, to_hex=end, witnesses=tuple(met)))


def _let_ring_fall(tale: Tale) -> None:
    game = tale.game
    number = game.settings.falling(game.round)
    if number is None:
        return
    fallen = ring(number, game.lair)
    leaps = game.minotaur is not None and game.minotaur.alive and game.minotaur.at in fallen
    tale.happens(Collapsed(round=game.round, ring=number, minotaur_leaps=leaps))
    for player, hero in living_heroes(game).items():
        if hero.at in fallen:
            tale.happens(Killed(round=game.round, id=player, by=(COLLAPSE,)))


def _drain(tale: Tale) -> None:
    game = tale.game
    if not game.settings.drains(game.round):
        return
    tale.happens(Drained(round=game.round, damage=DRAIN))
    for player, hero in living_heroes(tale.game).items():
        if hero.health == 0:
            tale.happens(Killed(round=game.round, id=player, by=(LAIR,)))


def _end_game(tale: Tale) -> bool:
    if end_if_last(tale):
        return True
    game = tale.game
    if game.round < game.settings.rounds_max:
        return False
    living = living_heroes(game)
    most = max(hero.health for hero in living.values())
    healthiest = [player for player, hero in living.items() if hero.health == most]
    tale.happens(GameOver(round=game.round, winner_id=healthiest[0] if len(healthiest) == 1 else None))
    return True


def _end_untouched(tale: Tale) -> bool:
    """End a game that its people have left. Nobody wins what nobody plays."""
    if not tale.game.untouched:
        return False
    tale.happens(GameOver(round=tale.game.round, winner_id=None, why="untouched"))
    return True


def _start_round(tale: Tale, now: Millis, watched: bool, away: Collection[PlayerId] | None) -> None:
    game, settings = tale.game, tale.game.settings
    number = game.round + 1
    gone = tuple(player for player, hero in game.heroes.items() if player in (away or ()) and lets_pass(hero))
    length_ms = settings.round_ms
    if all(hero.is_bot for hero in living_heroes(game).values()):
        length_ms = min(length_ms, BOTS_ROUND_MS)
    elif away is not None and _is_waited_out(game, away):
        length_ms = min(length_ms, max(settings.rules.sleepers_round_ms, length_ms // SLEEPERS_SHARE))
    tale.happens(RoundStarted(round=number, ends_at=now + length_ms, length_ms=length_ms, watched=watched, away=gone))
    next_to_fall = settings.falling(number + 1)
    if next_to_fall is not None:
        tale.happens(Tremor(round=number, ring=next_to_fall))


def _is_waited_out(game: Game, away: Collection[PlayerId]) -> bool:
    """Whether somebody who played waits for a round in which nobody plans but bots, for themselves and for who is away.

    Strangers must not hasten what others may come back to; and who is on autopilot and here has all their time.
    """
    waits = any(not hero.is_bot and player not in away for player, hero in game.heroes.items())
    return waits and all(
        hero.is_bot or (player in away and missing(game.settings, hero, away=True)[1])
        for player, hero in living_heroes(game).items()
    )
