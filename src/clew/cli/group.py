"""The command itself: everything that a program's people read of it is in the program's own words."""

from collections.abc import Iterator
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from clew.cli.games import PARAMETER
from clew.wiring.faults import CannotStart
from clew.wiring.operating import CannotOperate, NotThere
from clew.wiring.words import Words

FAILED: Final = 1
"""Exit status: it could not be done; why is on standard error."""
NOT_THERE: Final = 3
"""Exit status: there is no such game or node, or it is over. (2 is a wrong option.)"""


def group_of(words: Words, *, takes_games: bool) -> type[TyperGroup]:
    """The class of a program's command line: variables and texts are made the program's when the line is made.

    A program that has its own games has no option to name some.
    """

    class ProgramGroup(TyperGroup):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            _put_in(self, words)
            if not takes_games:
                _take_out(self, PARAMETER)

        def invoke(self, ctx: Any) -> Any:
            """Run a command. What can't be done ends it with one line on standard error and its status."""
            try:
                return super().invoke(ctx)
            except (CannotStart, CannotOperate) as problem:
                typer.echo(f"{words.name}: {words.named_in(str(problem))}", err=True)
                raise typer.Exit(NOT_THERE if isinstance(problem, NotThere) else FAILED) from problem

    return ProgramGroup


def _put_in(command: TyperCommand | TyperGroup, words: Words) -> None:
    command.help = command.help and words.named_in(command.help)
    for option in command.params:
        if isinstance(option, TyperOption) and isinstance(option.envvar, str):
            option.envvar = words.variable(option.envvar)
    for inner in _within(command):
        _put_in(inner, words)


def _take_out(command: TyperCommand | TyperGroup, parameter: str) -> None:
    command.params = [given for given in command.params if given.name != parameter]
    for inner in _within(command):
        _take_out(inner, parameter)


def _within(command: TyperCommand | TyperGroup) -> Iterator[TyperCommand | TyperGroup]:
    if isinstance(command, TyperGroup):
        for inner in command.commands.values():
            assert isinstance(inner, TyperCommand | TyperGroup), "typer makes no other"
            yield inner
