"""The one-line notation of boards: terrain, and who stands where with what health and AP.

    2@0,0 .#./..../.....~/.../... p1@0,-1:10+2 p2@1,0:0+2x minotaur@0,0:20

Radius and lair; the rows from north to south, each from west to east: ``.`` floor, ``#`` rock, ``~`` chasm; then the
heroes with health + AP, and the Minotaur. An ``x`` marks the dead, where they fell.
"""

import re
from typing import Final

import msgspec

from minotaur.hexgrid.coord import Coord, Vector
from minotaur.hexgrid.hexset import FIELD_MAX, HexSet, hexagon
from minotaur.rules.game import Game, Hero, Minotaur
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.notation import NotationError, format_coord, parse_coord
from minotaur.rules.settings import BOUNDS

_HERO: Final = re.compile(r"(p[1-8])@([-\d,]+):(\d{1,4})\+(\d{1,2})(x?)", re.ASCII)
_MINOTAUR: Final = re.compile(rf"{MINOTAUR}@([-\d,]+):(\d{{1,4}})(x?)", re.ASCII)


class Board(msgspec.Struct, frozen=True):
    """What the notation of a board tells: of heroes only place, health, AP and whether they live."""

    radius: int
    lair: Coord
    floor: HexSet
    collapsed: HexSet
    heroes: dict[PlayerId, Hero]
    minotaur: Minotaur | None


def format_board(game: Game) -> str:
    """The board of a game as it is now."""
    rows = (
        "".join("." if hex_ in game.floor else "~" if hex_ in game.collapsed else "#" for hex_ in row)
        for row in _rows(game.settings.radius, game.lair)
    )
    heroes = (
        f"{player}@{format_coord(hero.at)}:{hero.health}+{hero.ap}{_mark(hero.alive)}"
        for player, hero in game.heroes.items()
    )
    words = [f"{game.settings.radius}@{format_coord(game.lair)}", "/".join(rows), *heroes]
    if game.minotaur is not None:
        minotaur = game.minotaur
        words.append(f"{MINOTAUR}@{format_coord(minotaur.at)}:{minotaur.health}{_mark(minotaur.alive)}")
    return " ".join(words)


def parse_board(text: str) -> Board:
    """The board that ``format_board`` wrote; ``NotationError`` for anything else."""
    size, terrain, *figures = text.split(" ") if text.count(" ") >= 1 else ("", "")
    number, _, middle = size.partition("@")
    if not number.isdecimal() or int(number) > BOUNDS["radius"].greatest:
        raise NotationError(f"not a radius and a lair: {size!r}")
    lair = parse_coord(middle)
    if max(abs(lair.q), abs(lair.r)) + int(number) >= FIELD_MAX:
        raise NotationError(f"this board does not fit the field: {size!r}")
    rows = _rows(int(number), lair)
    lines = terrain.split("/")
    if [len(row) for row in rows] != [len(line) for line in lines] or set(terrain) - set(".#~/"):
        raise NotationError(f"not the rows of a board with radius {number}: {terrain!r}")
    marks = [(hex_, mark) for row, line in zip(rows, lines, strict=True) for hex_, mark in zip(row, line, strict=True)]
    minotaur = _parse_minotaur(figures.pop()) if figures and figures[-1].startswith(MINOTAUR) else None
    heroes = dict(map(_parse_hero, figures))
    if len(heroes) < len(figures):
        raise NotationError(f"a hero stands twice: {text!r}")
    everyone = [*heroes.values(), *([] if minotaur is None else [minotaur])]
    if any(figure.at not in hexagon(int(number), lair) for figure in everyone):
        raise NotationError(f"someone stands outside: {text!r}")
    return Board(
        radius=int(number),
        lair=lair,
        floor=HexSet.of(hex_ for hex_, mark in marks if mark == "."),
        collapsed=HexSet.of(hex_ for hex_, mark in marks if mark == "~"),
        heroes=heroes,
        minotaur=minotaur,
    )


def _rows(radius: int, lair: Coord) -> list[list[Coord]]:
    return [
        [lair + Vector(q, r) for q in range(max(-radius, -radius - r), min(radius, radius - r) + 1)]
        for r in range(-radius, radius + 1)
    ]


def _mark(alive: bool) -> str:
    return "" if alive else "x"


def _parse_hero(text: str) -> tuple[PlayerId, Hero]:
    found = _HERO.fullmatch(text)
    if found is None:
        raise NotationError(f"not a hero: {text!r}")
    player, at, health, ap, dead = found.groups()
    return PlayerId(player), Hero(parse_coord(at), int(health), int(ap), alive=not dead)


def _parse_minotaur(text: str) -> Minotaur:
    found = _MINOTAUR.fullmatch(text)
    if found is None:
        raise NotationError(f"not the Minotaur: {text!r}")
    at, health, dead = found.groups()
    return Minotaur(parse_coord(at), int(health), alive=not dead)
