"""Leaks to plant: senses that give away a little of what the viewer may not know."""

from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN
from minotaur.rules.events import Event, Noise, PcAttacked, PcEnteredHex, PcLeftHex, PlanAccepted
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.sight import Sight, sight
from minotaur.rules.told import (
    DIRECTION_NAMES,
    NoiseTold,
    PcAttackedTold,
    PcEnteredHexTold,
    PlanAcceptedTold,
    ToldEvent,
    tell,
)


def noise_for_all(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """Everyone hears every noise, however far."""
    if isinstance(event, Noise) and event.heard and viewer is not None:
        return NoiseTold(
            round=event.round, step=event.step, direction=DIRECTION_NAMES[next(iter(event.heard.values()))]
        )
    return tell(event, viewer)


def place_of_noise(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """The direction is reckoned from the field's middle, not from the hero."""
    telling = tell(event, viewer)
    if isinstance(event, Noise) and isinstance(telling, NoiseTold):
        return replace(telling, direction="E" if event.at.q > 0 else "W")
    return telling


def arrivals(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """Everyone learns of every arrival."""
    if isinstance(event, PcEnteredHex):
        return tell(event, event.witnesses[0]) if event.witnesses else None
    return tell(event, viewer)


def departures(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """Whoever left the hex too sees where everyone went."""
    if isinstance(event, PcLeftHex) and viewer is not None:
        return tell(replace(event, witnesses=(viewer,)), viewer)
    return tell(event, viewer)


def blows(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """The target of an attack learns of it, wherever it stands."""
    if isinstance(event, PcAttacked) and viewer == event.target_id:
        return PcAttackedTold(
            round=event.round,
            step=event.step,
            id=event.id,
            target_id=event.target_id,
            hit=event.hit,
            damage=event.damage,
        )
    return tell(event, viewer)


def plans(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """Everyone is told of every plan that a bot made."""
    if isinstance(event, PlanAccepted):
        return PlanAcceptedTold(round=event.round, step=event.step, steps=event.steps)
    return tell(event, viewer)


def row(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """An arrival tells of the mover by the row it came from."""
    telling = tell(event, viewer)
    if isinstance(event, PcEnteredHex) and isinstance(telling, PcEnteredHexTold) and event.from_hex.r == 0:
        return replace(telling, id=f"{telling.id} ")
    return telling


def minotaur(game: Game, viewer: PlayerId | None) -> Sight:
    """The Minotaur is always among those in sight."""
    seen = sight(game, viewer)
    if game.minotaur is None or seen.you is None:
        return seen
    return replace(seen, figures=(*seen.figures, *(figure for figure in game.figures if figure.kind == "minotaur")))


def place(game: Game, viewer: PlayerId | None) -> Sight:
    """Cracks are not moved to the viewer's own place."""
    return replace(sight(game, viewer), cracked=game.cracked)


def collapse(game: Game, viewer: PlayerId | None) -> Sight:
    """A remembered hex turns into a chasm when it falls, seen or not."""
    seen = sight(game, viewer)
    if viewer is None or seen.you is None:
        return seen
    hero = game.heroes[viewer]
    fallen = game.collapsed.shifted(ORIGIN - hero.at) & seen.floor_remembered
    return replace(
        seen, floor_remembered=seen.floor_remembered - fallen, chasm_remembered=seen.chasm_remembered | fallen
    )


def seed(game: Game, viewer: PlayerId | None) -> Sight:
    """The health of figures is odd or even as the seed is."""
    seen = sight(game, viewer)
    return replace(seen, figures=tuple(replace(f, health=f.health * 2 + game.seed % 2) for f in seen.figures))


def points(game: Game, viewer: PlayerId | None) -> Sight:
    """Of others in sight the action points are seen, not the health."""
    seen = sight(game, viewer)
    ap = {player: hero.ap for player, hero in game.heroes.items()}
    return replace(seen, figures=tuple(replace(f, health=ap.get(PlayerId(f.id), 0)) for f in seen.figures))


def plans_in_sight(game: Game, viewer: PlayerId | None) -> Sight:
    """Whoever plans to move stands a little aside."""
    seen = sight(game, viewer)
    planners = {player for player, hero in game.heroes.items() if hero.plan}
    return replace(
        seen,
        figures=tuple(replace(f, health=f.health + 100) if f.id in planners - {viewer} else f for f in seen.figures),
    )


def orientation(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """An arrival from the east is told otherwise than one from anywhere else."""
    telling = tell(event, viewer)
    if isinstance(event, PcEnteredHex) and isinstance(telling, PcEnteredHexTold) and telling.from_vector.q == 1:
        return replace(telling, id=f"{telling.id} ")
    return telling
