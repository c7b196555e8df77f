"""``replay``: a finished game of any kind as lines of text."""

from typing import Annotated, Final

import typer
from rich.text import Text

from clew.cli.games import game_named
from clew.cli.operators import console
from clew.tables.retelling import UnreadableReplay, retold

FILE_BYTES_MAX: Final = 64 << 20
"""A larger file is not read."""


def replay(
    game: Annotated[str, typer.Argument(metavar="MODULE:CLASS", help="The game, as in bids.game:Bids.")],
    file: Annotated[
        typer.FileBinaryRead,
        typer.Argument(
            help="The replay: what the game's address with /replay behind it gives. - reads standard input."
        ),
    ],
    begin: Annotated[int, typer.Option("--round", min=1, help="Begin with this round.")] = 1,
) -> None:
    """Tell a finished game in text: what each planned, what happened, and how it stood after each round."""
    rules = game_named(game)
    text = file.read(FILE_BYTES_MAX + 1)
    if len(text) > FILE_BYTES_MAX:
        raise typer.BadParameter(
            f"it is too large for a replay: more than {FILE_BYTES_MAX >> 20} MB", param_hint="FILE"
        )
    try:
        lines = list(retold(rules, text))
    except UnreadableReplay as wrong:
        raise typer.BadParameter(str(wrong), param_hint="FILE") from wrong
    first = next((at for at, line in enumerate(lines) if line.begins and line.round >= begin), None)
    if first is None:
        last = max((line.round for line in lines), default=0)
        raise typer.BadParameter(f"the game was over after round {last}", param_hint="--round")
    screen = console()
    for line in lines if begin == 1 else lines[first:]:
        screen.print(Text(line.text, "bold" if line.begins else ""), soft_wrap=True)
