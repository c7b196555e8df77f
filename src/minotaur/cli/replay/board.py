"""The board as characters: four columns a hex, each row shifted by two, so that neighbours are neighbours."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.style import Style
from rich.text import Text

from minotaur.cli.replay.cast import Cast
from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import hexagon
from minotaur.rules.game import Figure, Game
from minotaur.rules.names import PlayerId
from minotaur.rules.sight import Sight, sight

_FLOOR: Final = ("·", Style(color="#a89a8c"))
_ROCK: Final = ("#", Style(color="#6f6257"))
_CHASM: Final = (" ", Style())
_CRACKED: Final = ("~", Style(color="#d9663a", bold=True))
_REMEMBERED: Final = Style(dim=True)
_UNKNOWN: Final = (" ", Style())

Cell = tuple[str, Style]


def board_of(game: Game, viewer: PlayerId | None, cast: Cast) -> Text:
    """Everything; or, with a viewer, all that they could see of it then, and their hero in the middle."""
    if viewer is None:
        return _drawn(_everything(game), game.figures, hexagon(game.settings.radius, game.lair), cast)
    seen = sight(game, viewer)
    cells = dict(_seen(seen))
    return _drawn(cells, seen.figures, cells, cast)


def _everything(game: Game) -> dict[Coord, Cell]:
    cracked = game.cracked
    return {
        place: (
            (_CRACKED if place in cracked else _FLOOR)
            if place in game.floor
            else _CHASM
            if place in game.collapsed
            else _ROCK
        )
        for place in game.board
    }


def _seen(seen: Sight) -> Iterator[tuple[Coord, Cell]]:
    for places, (character, style) in (
        (seen.floor_remembered, _FLOOR),
        (seen.rock_remembered, _ROCK),
        (seen.chasm_remembered, _CHASM),
    ):
        yield from ((place, (character, style + _REMEMBERED)) for place in places)
    for places, cell in ((seen.floor, _FLOOR), (seen.rock, _ROCK), (seen.chasm, _CHASM)):
        yield from ((place, _CRACKED if place in seen.cracked and cell is _FLOOR else cell) for place in places)


def _drawn(cells: Mapping[Coord, Cell], figures: Iterable[Figure], shown: Iterable[Coord], cast: Cast) -> Text:
    places = list(shown)
    if not places:
        return Text("Nothing to be seen yet.", "italic")
    there = dict[Coord, list[str]]()
    for figure in figures:
        there.setdefault(figure.at, []).append(figure.id)
    rows = range(min(place.r for place in places), max(place.r for place in places) + 1)
    columns = range(min(2 * place.q + place.r for place in places), max(2 * place.q + place.r for place in places) + 1)
    return Text("\n").join(_row(r, columns, cells, there, cast) for r in rows)


def _row(r: int, columns: range, cells: Mapping[Coord, Cell], there: Mapping[Coord, list[str]], cast: Cast) -> Text:
    row = Text()
    for column in columns:
        if (column - r) % 2:
            continue
        place = Coord((column - r) // 2, r)
        # Two characters a half step: a row begins where its first hex stands.
        row.append(" " * max(0, 2 * (column - columns.start) - row.cell_len))
        row.append_text(_hex(cells.get(place, _UNKNOWN), there.get(place, []), cast))
    row.rstrip()
    return row


def _hex(cell: Cell, there: list[str], cast: Cast) -> Text:
    """Three characters: who stands there, two of them and a plus where more do than fit, or what the ground is."""
    if not there:
        return Text(f" {cell[0]} ", cell[1])
    marks = [cast.mark(who) for who in there]
    shown = [*marks[:2], Text("+", "bold")] if len(marks) > 3 else marks
    return Text("").join([*([Text(" ")] if len(shown) == 1 else []), *shown, Text(" " * (2 - len(shown) % 3))])
