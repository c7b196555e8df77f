"""Who may know what, straight from the table in RULES: slow, hex by hex, and sharing no code with sight and tell.

``Moment`` is one step of a round (or what comes before or after the steps) with the worlds around it. What a viewer may
learn of it is a plain tuple; two rounds of which a viewer may learn the same must look the same to that viewer.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from minotaur.hexgrid.coord import Coord
from minotaur.rules.events import (
    Event,
    Noise,
    PcAttacked,
    PcBumped,
    PcEnteredHex,
    PcLeftHex,
    PlanAccepted,
    ReadyAccepted,
)
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.settings import SIGHT_ALL

Lesson = tuple[Any, ...]
_STEPS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
_NAMES = ("E", "SE", "SW", "W", "NW", "NE")


class Moment(NamedTuple):
    """The events of one step, and the world before and after them."""

    before: Game
    events: tuple[Event, ...]
    after: Game


def moments(game: Game, events: Sequence[Event]) -> Iterator[Moment]:
    """The moments of a round, in order."""
    for _, group in groupby(events, key=lambda event: (event.round, event.step)):
        before, told = game, tuple(group)
        for event in told:
            game = evolve(game, event)
        yield Moment(before, told, game)


def may_learn(moment: Moment, event: Event, viewer: PlayerId | None) -> bool:
    """The table in RULES: who learns of an event."""
    before = moment.before.heroes[viewer] if viewer is not None and viewer in moment.before.heroes else None
    after = moment.after.heroes[viewer] if viewer is not None and viewer in moment.after.heroes else None
    match event:
        case PlanAccepted() | ReadyAccepted():
            return viewer == event.player_id
        case PcBumped():
            return viewer == event.id
        case _ if before is None or after is None:
            return not isinstance(event, PcEnteredHex | PcLeftHex | PcAttacked | Noise)
        case PcEnteredHex():
            return after.alive and after.at == event.to_hex
        case PcLeftHex():
            was_there = before.alive and after.alive and before.at == event.from_hex
            return was_there and viewer != event.id and after.at != event.to_hex
        case PcAttacked():
            return before.alive and before.at == event.at
        case Noise():
            return before.alive and 0 < _far(before.at, event.at) <= moment.before.settings.hearing
        case _:
            return True


def lesson(moment: Moment, event: Event, viewer: PlayerId) -> Lesson:
    """What a viewer who may learn of an event learns: no place, only ways between neighbours and a direction."""
    tag = event.__struct_config__.tag
    match event:
        case PcEnteredHex():
            return tag, event.step, event.id, _name(event.to_hex, event.from_hex)
        case PcLeftHex():
            return tag, event.step, event.id, _name(event.from_hex, event.to_hex)
        case PcAttacked():
            return tag, event.step, event.id, event.target_id, event.hit, event.damage
        case Noise():
            return tag, event.step, _name(moment.before.heroes[viewer].at, event.at)
        case _:
            return (repr(event),)


def terrain(game: Game, at: Coord) -> dict[tuple[int, int], str]:
    """What terrain is in sight from a hex, by its place relative to it: floor, rock or chasm, and whether cracked."""
    near = _near(game, at)
    touching = {Coord(hex_.q + q, hex_.r + r) for hex_ in near for q, r in _STEPS}
    board = set(game.board)
    cracked = set(game.cracked)
    return {
        (hex_.q - at.q, hex_.r - at.r): (
            ("floor" if hex_ in game.floor else "chasm" if hex_ in game.collapsed else "rock")
            + ("!" if hex_ in cracked and hex_ not in game.collapsed else "")
        )
        for hex_ in sorted(near | touching, key=lambda hex_: (hex_.r, hex_.q))
        if hex_ in board
    }


def figures(game: Game, at: Coord) -> list[tuple[str, int, int, int]]:
    """Who is in sight from a hex, where relative to it, and with what health."""
    near = _near(game, at)
    found = [(name, hero.at, hero.health) for name, hero in game.heroes.items() if hero.alive]
    if game.minotaur is not None and game.minotaur.alive:
        found.append((PlayerId(MINOTAUR), game.minotaur.at, game.minotaur.health))
    return [(name, hex_.q - at.q, hex_.r - at.r, health) for name, hex_, health in found if hex_ in near]


def knowledge(game: Game, events: Sequence[Event], viewer: PlayerId) -> list[Lesson]:
    """All that a living player may learn in a round: what they are told, and see after each moment while they live."""
    hero = game.heroes[viewer]
    lessons: list[Lesson] = [(terrain(game, hero.at), figures(game, hero.at))]
    for moment in moments(game, events):
        lessons += (lesson(moment, event, viewer) for event in moment.events if may_learn(moment, event, viewer))
        hero = moment.after.heroes[viewer]
        if hero.alive and moment.after.status == "active":
            lessons.append((hero.health, hero.ap, hero.autopilot, hero.plan, hero.ready))
            lessons.append((terrain(moment.after, hero.at), figures(moment.after, hero.at)))
        else:
            break
    return lessons


def _near(game: Game, at: Coord) -> set[Coord]:
    """The floor in sight."""
    if game.settings.sight == SIGHT_ALL:
        return set(game.board)
    found = {at}
    for _ in range(game.settings.sight):
        found |= {
            Coord(hex_.q + q, hex_.r + r)
            for hex_ in found
            for q, r in _STEPS
            if Coord(hex_.q + q, hex_.r + r) in game.floor
        }
    return found


def _far(a: Coord, b: Coord) -> int:
    return max(abs(a.q - b.q), abs(a.r - b.r), abs(a.q + a.r - b.q - b.r))


def _name(here: Coord, there: Coord) -> str:
    """The nearest of the six directions, by how far it leads the right way; of two the first going clockwise."""
    q, r = there.q - here.q, there.r - here.r
    s = -q - r
    towards = (q - s, r - s, r - q, s - q, s - r, q - r)
    best = max(towards)
    return next(_NAMES[i] for i in range(6) if towards[i] == best and towards[i - 1] < best)
