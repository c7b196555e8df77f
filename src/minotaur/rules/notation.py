"""The small words of the one-line notation: hexes, directions, names, plans.

    0,-3            a hex
    E  SW           a direction, or a step that way
    E,*p2,.         a plan: go east, attack p2, wait
    -               nothing: an empty plan, nobody

Boards (``notation_board``) and events (``notation_event``) are made of these words and of spaces between them. What is
formatted here is parsed here; anything else is a ``NotationError``.
"""

import re
from typing import Final, assert_never

from minotaur.hexgrid.coord import DIRECTION_OF, DIRECTIONS, Coord, Direction, Vector
from minotaur.rules.commands import MOVES, Attack, Move, Step, Steps, Wait

NOTHING: Final = "-"
_COORD: Final = re.compile(r"(-?\d{1,3}),(-?\d{1,3})", re.ASCII)
_TARGET: Final = re.compile(r"\*([a-z0-9]+)", re.ASCII)


class NotationError(ValueError):
    """This text is not the notation of anything: it was mistyped, or something else was meant."""


def format_coord(coord: Coord) -> str:
    """Its q and r."""
    return f"{coord.q},{coord.r}"


def parse_coord(text: str) -> Coord:
    """A hex, on any board or none."""
    found = _COORD.fullmatch(text)
    if found is None:
        raise NotationError(f"not a hex: {text!r}")
    return Coord(int(found[1]), int(found[2]))


def format_direction(vector: Vector) -> str:
    """The name of one of the six directions."""
    return DIRECTION_OF[vector].name


def parse_direction(text: str) -> Vector:
    """One of the six directions, by its name."""
    if text not in Direction.__members__:
        raise NotationError(f"not a direction: {text!r}")
    return DIRECTIONS[Direction[text]]


def format_plan(steps: Steps) -> str:
    """The text of a plan that the rules accept: its moves are in the six directions."""
    return ",".join(map(_format_step, steps)) or NOTHING


def parse_plan(text: str) -> Steps:
    """A plan whose moves are in the six directions; nothing else about it need be legal."""
    return () if text == NOTHING else tuple(map(_parse_step, text.split(",")))


def _format_step(step: Step) -> str:
    match step:
        case Move(vector):
            return format_direction(vector.vector)
        case Attack(target_id):
            return f"*{target_id}"
        case Wait():
            return "."
        case _:
            assert_never(step)


def _parse_step(text: str) -> Step:
    if text == ".":
        return Wait()
    target = _TARGET.fullmatch(text)
    if target is not None:
        return Attack(target[1])
    return MOVES[DIRECTION_OF[parse_direction(text)]]
