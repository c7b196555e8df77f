"""What nobody on the board may notice: the whole board moved, or turned and their views turned back."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from minotaur.hexgrid.coord import DIRECTIONS, Coord, Vector
from minotaur.hexgrid.hexset import HexSet
from minotaur.rules.commands import WIRE_DIRECTIONS, Move, Steps, WireVector
from minotaur.rules.game import Figure, Game
from minotaur.rules.notation import format_direction, parse_direction
from minotaur.rules.sight import Sight
from minotaur.rules.told import NoiseTold, PcBumpedTold, PcEnteredHexTold, PcLeftHexTold, PlanAcceptedTold, ToldEvent


def turned(vector: Vector) -> Vector:
    """A sixth of a turn clockwise: east becomes south-east."""
    return Vector(-vector.r, vector.q + vector.r)


def turned_back(vector: Vector) -> Vector:
    """A sixth of a turn the other way."""
    return Vector(vector.q + vector.r, -vector.q)


TURNED_DIRECTIONS = tuple(turned(direction) for direction in DIRECTIONS)
"""In a turned world the order of directions, which breaks the Minotaur's ties, is turned as well."""


def shifted_game(game: Game, vector: Vector) -> Game:
    """The same game somewhere else on the field."""
    return _placed(game, lambda coord: coord + vector, lambda steps: steps)


def turned_game(game: Game) -> Game:
    """The same game with the board, and every plan, turned by a sixth around the lair."""
    return _placed(game, lambda coord: game.lair + turned(coord - game.lair), lambda steps: _turned_plan(steps, turned))


def turned_back_sight(seen: Sight) -> Sight:
    """What the viewer of a turned board sees, turned back around their own hero."""

    def back(hexes: HexSet) -> HexSet:
        return HexSet.of(_about_origin(hex_) for hex_ in hexes)

    you = seen.you
    if you is not None and you.plan is not None:
        you = replace(you, plan=_turned_plan(you.plan, turned_back))
    return replace(
        seen,
        you=you,
        floor=back(seen.floor),
        rock=back(seen.rock),
        chasm=back(seen.chasm),
        cracked=back(seen.cracked),
        floor_remembered=back(seen.floor_remembered),
        rock_remembered=back(seen.rock_remembered),
        chasm_remembered=back(seen.chasm_remembered),
        figures=tuple(replace(figure, at=_about_origin(figure.at)) for figure in seen.figures),
    )


def turned_back_told(telling: ToldEvent) -> ToldEvent:
    """What the viewer of a turned board is told, turned back."""
    match telling:
        case PcEnteredHexTold():
            return replace(telling, from_vector=_wire_back(telling.from_vector))
        case PcLeftHexTold():
            return replace(telling, to_vector=_wire_back(telling.to_vector))
        case PcBumpedTold():
            return replace(telling, vector=_wire_back(telling.vector))
        case NoiseTold():
            direction: Any = format_direction(turned_back(parse_direction(telling.direction)))
            return replace(telling, direction=direction)
        case PlanAcceptedTold():
            return replace(telling, steps=_turned_plan(telling.steps, turned_back))
        case _:
            return telling


def _placed(game: Game, place: Callable[[Coord], Coord], plan: Callable[[Steps], Steps]) -> Game:
    """The game with every hex in it put elsewhere."""

    def places(hexes: HexSet) -> HexSet:
        return HexSet.of(map(place, hexes))

    def figures(those: tuple[Figure, ...]) -> tuple[Figure, ...]:
        return tuple(replace(figure, at=place(figure.at)) for figure in those)

    minotaur = game.minotaur
    if minotaur is not None:
        noise = None if minotaur.noise is None else place(minotaur.noise)
        minotaur = replace(minotaur, at=place(minotaur.at), noise=noise)
    return replace(
        game,
        lair=place(game.lair),
        floor=places(game.floor),
        collapsed=places(game.collapsed),
        heroes={
            player: replace(
                hero,
                at=place(hero.at),
                plan=None if hero.plan is None else plan(hero.plan),
                floor_seen=places(hero.floor_seen),
                rock_seen=places(hero.rock_seen),
                chasm_seen=places(hero.chasm_seen),
            )
            for player, hero in game.heroes.items()
        },
        minotaur=minotaur,
        pictures=tuple(
            replace(
                picture,
                floor=places(picture.floor),
                collapsed=places(picture.collapsed),
                figures=figures(picture.figures),
            )
            for picture in game.pictures
        ),
    )


def _turned_plan(steps: Steps, turn: Callable[[Vector], Vector]) -> Steps:
    return tuple(Move(WIRE_DIRECTIONS[turn(step.vector.vector)]) if isinstance(step, Move) else step for step in steps)


def _wire_back(wire: WireVector) -> WireVector:
    return WIRE_DIRECTIONS[turned_back(wire.vector)]


def _about_origin(hex_: Coord) -> Coord:
    back = turned_back(Vector(hex_.q, hex_.r))
    return Coord(back.q, back.r)
