"""How a round resolves: four steps, each all at once; then the collapse, and the end."""

from typing import NamedTuple

from minotaur.hexgrid.coord import DIRECTIONS, Coord, Vector, distance, nearest_direction
from minotaur.hexgrid.hexset import ring
from minotaur.rules.commands import Attack, Move
from minotaur.rules.events import (
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
    RoundStarted,
    Tremor,
)
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game, Hero
from minotaur.rules.minotaur import choose_noise, choose_step, choose_victim
from minotaur.rules.names import COLLAPSE, LAIR, MINOTAUR, Millis, PlayerId
from minotaur.rules.settings import BOTS_ROUND_MS, DRAIN, MINOTAUR_STEPS, STEPS_MAX


class Tale:
    """What has happened since a state, and the state it has come to."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.events: list[Event] = []

    def happens(self, event: Event) -> None:
        self.events.append(event)
        self.game = evolve(self.game, event)


class Blow(NamedTuple):
    """An attack, as the world was when the step began."""

    by: str
    target: str
    at: Coord
    damage: int


class Walk(NamedTuple):
    """A move that nothing stands in the way of."""

    by: str
    start: Coord
    end: Coord


Living = dict[PlayerId, Hero]


def resolve_round(tale: Tale, now: Millis) -> None:
    """Tell how the round goes on from its plans to the beginning of the next one, or to the end of the game."""
    for step in range(1, STEPS_MAX + 1):
        _resolve_step(tale, step)
    _let_ring_fall(tale)
    _drain(tale)
    if not _end_game(tale):
        _start_round(tale, now)


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


def _resolve_step(tale: Tale, step: int) -> None:
    before = tale.game
    standing = living_heroes(before)
    blows = _blows(before, standing, step)
    if blows:
        _tell_blows(tale, blows, standing, step)
        _tell_noises(tale, before, blows, standing, step)
        _tell_deaths(tale, blows, standing, step)
        standing = {player: hero for player, hero in standing.items() if tale.game.heroes[player].alive}
    walks = _walks(tale, before, standing, step)
    minotaur = tale.game.minotaur
    if step <= MINOTAUR_STEPS and minotaur is not None and minotaur.alive and not any(b.by == MINOTAUR for b in blows):
        vector = choose_step(before, standing, step)
        if vector is not None:
            walks.append(Walk(MINOTAUR, minotaur.at, minotaur.at + vector))
    if walks:
        _tell_walks(tale, walks, standing, step)


def _blows(game: Game, standing: Living, step: int) -> list[Blow]:
    """Every attack of the step, by seat, then the Minotaur's."""
    minotaur = game.minotaur if game.minotaur is not None and game.minotaur.alive else None
    blows: list[Blow] = []
    for player, hero in standing.items():
        if hero.plan is None or len(hero.plan) < step:
            continue
        act = hero.plan[step - 1]
        if isinstance(act, Attack):
            target = minotaur if act.target_id == MINOTAUR else standing.get(PlayerId(act.target_id))
            hit = target is not None and target.at == hero.at
            blows.append(Blow(player, act.target_id, hero.at, game.settings.hero_damage if hit else 0))
    if minotaur is not None and step <= MINOTAUR_STEPS:
        victim = choose_victim(game, step)
        if victim is not None:
            blows.append(Blow(MINOTAUR, victim, minotaur.at, game.settings.minotaur_damage))
    return blows


def _tell_blows(tale: Tale, blows: list[Blow], standing: Living, step: int) -> None:
    for blow in blows:
        tale.happens(
            PcAttacked(
                round=tale.game.round,
                step=step,
                id=blow.by,
                target_id=blow.target,
                hit=blow.damage > 0,
                damage=blow.damage,
                at=blow.at,
                witnesses=tuple(player for player, hero in standing.items() if hero.at == blow.at),
            )
        )


def _tell_noises(tale: Tale, before: Game, blows: list[Blow], standing: Living, step: int) -> None:
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


def _tell_deaths(tale: Tale, blows: list[Blow], standing: Living, step: int) -> None:
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


def _walks(tale: Tale, before: Game, standing: Living, step: int) -> list[Walk]:
    """Every hero's move that leads over floor, by seat. Of the others it is told that they bumped."""
    walks: list[Walk] = []
    for player, hero in standing.items():
        if hero.plan is None or len(hero.plan) < step:
            continue
        act = hero.plan[step - 1]
        if isinstance(act, Move):
            vector = Vector(act.vector.q, act.vector.r)
            goal = hero.at + vector
            if goal in before.floor:
                walks.append(Walk(player, hero.at, goal))
            else:
                tale.happens(PcBumped(round=before.round, step=step, id=player, vector=vector))
    return walks


def _tell_walks(tale: Tale, walks: list[Walk], standing: Living, step: int) -> None:
    """All that leave, then all that enter. Nobody sees someone leave for the hex where they end up themselves."""
    round_number = tale.game.round
    after = {player: hero.at for player, hero in standing.items()}
    after.update({PlayerId(walk.by): walk.end for walk in walks if walk.by != MINOTAUR})
    were_at = _crowds({player: hero.at for player, hero in standing.items()})
    are_at = _crowds(after)
    for by, start, end in walks:
        witnesses = tuple([player for player in were_at.get(start, ()) if player != by and after[player] != end])
        tale.happens(PcLeftHex(round=round_number, step=step, id=by, from_hex=start, to_hex=end, witnesses=witnesses))
    for by, start, end in walks:
        witnesses = tuple(are_at.get(end, ()))
        tale.happens(
            PcEnteredHex(round=round_number, step=step, id=by, from_hex=start, to_hex=end, witnesses=witnesses)
        )


def _crowds(places: dict[PlayerId, Coord]) -> dict[Coord, list[PlayerId]]:
    """Who stands in each hex, by seat."""
    crowds: dict[Coord, list[PlayerId]] = {}
    for player, at in places.items():
        crowds.setdefault(at, []).append(player)
    return crowds


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


def _start_round(tale: Tale, now: Millis) -> None:
    settings = tale.game.settings
    number = tale.game.round + 1
    planned_by_bots = all(hero.is_bot for hero in living_heroes(tale.game).values())
    length_ms = min(settings.round_ms, BOTS_ROUND_MS) if planned_by_bots else settings.round_ms
    tale.happens(RoundStarted(round=number, ends_at=now + length_ms))
    next_to_fall = settings.falling(number + 1)
    if next_to_fall is not None:
        tale.happens(Tremor(round=number, ring=next_to_fall))
