"""The command: all of it as text, or a screen that is leafed through by keys."""

import sys
from typing import Annotated, Final

import typer
from rich.console import Console, Group
from rich.text import Text

from minotaur.cli.replay.board import board_of
from minotaur.cli.replay.cast import Cast
from minotaur.cli.replay.keys import LEAVE, pressed
from minotaur.cli.replay.page import page_of, people_of, sentences_of
from minotaur.play.retelling import Moment, Retold, UnreadableReplayError, retold
from minotaur.rules.names import PlayerId

FILE_BYTES_MAX: Final = 64 << 20
"""A larger file is no replay: the longest game of eight comes to a fraction of it."""

_KEYS: Final = "→ space next · ← back · n p next and last round · g G beginning and end · q quit"
_NEXT: Final = {" ", "\r", "\n", "l", "j", "\x1b[C", "\x1b[B", "\xe0M", "\xe0P", "\x00M", "\x00P"}
_BACK: Final = {"h", "k", "\x7f", "\x08", "\x1b[D", "\x1b[A", "\xe0K", "\xe0H", "\x00K", "\x00H"}
_QUIT: Final = {LEAVE, "Q", "\x03", "\x04", "\x1b"}


def replay(
    file: Annotated[
        typer.FileBinaryRead,
        typer.Argument(
            help="The replay: what the game's address with /replay behind it gives. - reads standard input.",
        ),
    ],
    begin: Annotated[int, typer.Option("--round", min=1, help="Begin with this round.")] = 1,
    viewer: Annotated[
        str | None, typer.Option("--as", help="Only what this player saw: a name, or the number of a seat.")
    ] = None,
    plain: Annotated[
        bool, typer.Option(help="Print it all, and ask for no keys. So it is where nobody watches.")
    ] = False,
) -> None:
    """Watch a finished game in the terminal, step by step."""
    game = _read(file)
    cast = Cast(game.initial.members)
    player = None if viewer is None else _player(viewer, cast)
    start = next((at for at, moment in enumerate(game.moments) if moment.round >= begin), None)
    if start is None:
        raise typer.BadParameter(f"the game was over after round {game.moments[-1].round}", param_hint="--round")
    console = Console(highlight=False)
    if plain or not (console.is_terminal and sys.stdin.isatty()):
        _print_all(game.moments[start:], player, cast, console)
    else:
        _leaf_through(game.moments, start, player, cast, console)


def _read(file: typer.FileBinaryRead) -> Retold:
    text = file.read(FILE_BYTES_MAX + 1)
    if len(text) > FILE_BYTES_MAX:
        raise typer.BadParameter(
            f"it is too large for a replay: more than {FILE_BYTES_MAX >> 20} MB", param_hint="FILE"
        )
    try:
        return retold(text)
    except UnreadableReplayError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="FILE") from wrong


def _player(asked: str, cast: Cast) -> PlayerId:
    found = cast.find(asked)
    if len(found) != 1:
        how_many = "nobody" if not found else "more than one player"
        raise typer.BadParameter(f"{how_many} is called {asked!r}; a seat's number will do too", param_hint="--as")
    return found[0]


def _print_all(moments: tuple[Moment, ...], viewer: PlayerId | None, cast: Cast, console: Console) -> None:
    for at, moment in enumerate(moments):
        if moment.step == 0:
            console.print(Text(f"Round {moment.round}", "bold"))
            console.print(people_of(moment, viewer, cast))
        for sentence in sentences_of(moment, viewer, cast):
            console.print(sentence)
        if at + 1 == len(moments) or moments[at + 1].round != moment.round:
            console.print(board_of(moment.game, viewer, cast), Text(), sep="\n")


def _leaf_through(moments: tuple[Moment, ...], at: int, viewer: PlayerId | None, cast: Cast, console: Console) -> None:
    with pressed() as key, console.screen(hide_cursor=True) as screen:
        while True:
            moment = moments[at]
            so_far = [each for each in moments[: at + 1] if each.round == moment.round]
            screen.update(Group(page_of(moment, so_far, viewer, cast), Text(), Text(_KEYS, "dim")))
            turned = _turned(moments, at, key())
            if turned is None:
                return
            at = turned


def _turned(moments: tuple[Moment, ...], at: int, key: str) -> int | None:
    """Where a key leads; None: away. What it does not know leaves the page where it is."""
    last, here = len(moments) - 1, moments[at].round
    if key in _QUIT:
        return None
    if key in _NEXT:
        return min(at + 1, last)
    if key in _BACK:
        return max(at - 1, 0)
    match key:
        case "n":
            return next((later for later in range(at, last + 1) if moments[later].round > here), last)
        case "p":
            before = max((moment.round for moment in moments[: at + 1] if moment.round < here), default=here)
            return next(earlier for earlier in range(at + 1) if moments[earlier].round == before)
        case "g":
            return 0
        case "G":
            return last
        case _:
            return at
