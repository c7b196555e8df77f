"""Which program a command runs for, and where its games are."""

from pathlib import Path
from typing import cast

import typer

from clew.wiring.operating import Where
from clew.wiring.program import Program


def program_of(context: typer.Context) -> Program:
    """What the whole command is bound to: it stands at the root of each command's context (``app_of``)."""
    return cast("Program", context.find_root().obj)


def where_of(context: typer.Context, database_url: str | None, data: Path | None) -> Where:
    """The database if one is named, else the data folder."""
    return Where(program_of(context).words.folder(data), database_url)
