"""Which program a command runs for."""

from typing import cast

import typer

from clew.wiring.program import Program


def program_of(context: typer.Context) -> Program:
    """What the whole command is bound to: it stands at the root of each command's context (``app_of``)."""
    return cast("Program", context.find_root().obj)
