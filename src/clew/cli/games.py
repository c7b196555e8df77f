"""Which games a command is for: named after it, in a variable, or those that its folder was served with last."""

import inspect
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from clew.cli.bound import program_of
from clew.definition import InvalidGame
from clew.game import AnyGame
from clew.sessions.faults import in_short
from clew.tables.loading import load_game
from clew.tables.operated import OperatedTable
from clew.tables.serving.served import ServedTable
from clew.wiring.faults import CannotStart
from clew.wiring.operating import Where
from clew.wiring.program import Program, ProgramGame
from clew.wiring.remembered import remembered_games

METAVAR: Final = "MODULE:CLASS"
PARAMETER: Final = "games"
"""What commands call the games that are given to them; a program that has its own takes none (``group_of``)."""

Served: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=METAVAR,
        envvar="CLEW_GAMES",
        help="The games, as in bids.game:Bids. None: those that the folder was served with last.",
    ),
]
Named: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--game",
        metavar=METAVAR,
        envvar="CLEW_GAMES",
        help="A game that is needed to read what is stored; may be repeated. None: as the folder was served last.",
    ),
]


def game_named(name: str) -> AnyGame:
    """The game of this name, from what is installed or lies in the current folder. Raises ``BadParameter``."""
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        return load_game(name)
    except (InvalidGame, ImportError) as wrong:
        raise typer.BadParameter(str(wrong), param_hint=METAVAR) from wrong


def served_games(context: typer.Context, given: Iterable[str] | None, folder: Path | None) -> tuple[str, ...]:
    """The names of the games that are to be served; none where the program has its own. ``folder``: the one that may
    remember them, where they are kept in one. Raises ``CannotStart``.
    """
    program = program_of(context)
    if not program.takes_games:
        return ()
    names = tuple(dict.fromkeys(given or ([] if folder is None else remembered_games(folder, program.name))))
    if not names:
        raise CannotStart("which game? Name one, as in `clew serve bids.game:Bids`")
    return names


def program_with(context: typer.Context, given: Iterable[str] | None) -> Program:
    """The program with the games of these names. Raises ``BadParameter`` for one that isn't there."""
    program = program_of(context)
    if not program.takes_games:
        return program
    names = tuple(dict.fromkeys(given or ()))
    return replace(program, games=_played(names), named=names)


def program_to_read(context: typer.Context, given: Iterable[str] | None, where: Where) -> Program:
    """The program with the games of these names, else with those that the folder was served with, as far as they can
    be found: what is stored is listed whether or not its game is here. No folder remembers the games of a database.
    """
    program = program_of(context)
    if given or where.database_url is not None or not program.takes_games:
        return program_with(context, given)
    here = list[str]()
    for name in remembered_games(where.data.path, program.name):
        try:
            game_named(name)
        except Exception as wrong:  # noqa: BLE001 - it is somebody's module, which may be in the middle of a change
            why = wrong.message if isinstance(wrong, typer.BadParameter) else f"{name}: {in_short(wrong)}."
            typer.echo(f"{program.name}: {why} What is stored of it is not read.", err=True)
        else:
            here.append(name)
    return program_with(context, here)


def texts_of(game: AnyGame) -> Path | None:
    """The folder ``texts`` beside the game's module, where it has one: what it says in its own words."""
    folder = Path(inspect.getfile(type(game))).parent / "texts"
    return folder if folder.is_dir() else None


def _played(names: Sequence[str]) -> Sequence[ProgramGame]:
    games = [game_named(name) for name in names]
    kinds = [game.kind for game in games]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if twice is not None:
        raise typer.BadParameter(f"two of the games are of the kind {twice!r}", param_hint=METAVAR)
    return [ProgramGame(ServedTable(game), OperatedTable(game), texts_of(game)) for game in games]
