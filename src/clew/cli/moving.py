"""``clew export`` and ``clew import``: all games and users, to another machine or database."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from clew.cli.amounts import bytes_shown, counted
from clew.cli.bound import where_of
from clew.cli.operators import Data, DatabaseUrl
from clew.wiring.logs import configure_logs
from clew.wiring.moving import MovedCounts, export_games, import_games

File: TypeAlias = Annotated[
    Path, typer.Argument(metavar="FILE", help="Holds all games and users; keep it to yourself.")
]


def export(context: typer.Context, file: File, database_url: DatabaseUrl = None, data: Data = None) -> None:
    """Write all games, journals, users and sign-ins to a new file. Nobody may serve from the data folder meanwhile."""
    where = where_of(context, database_url, data)
    moved = _moved("Exporting", None, lambda progress: export_games(where, file, progress))
    typer.echo(f"Wrote {_in_words(moved)} to {file}.")


def import_(context: typer.Context, file: File, database_url: DatabaseUrl = None, data: Data = None) -> None:
    """Read what export wrote: all of it, or nothing. Open games go on once somebody serves them there."""
    where = where_of(context, database_url, data)
    size = file.stat().st_size if file.is_file() else None
    moved = _moved("Importing", size, lambda progress: import_games(file, where, progress))
    typer.echo(f"Read {_in_words(moved)} from {file}.")


def _moved(
    doing: str, size: int | None, work: Callable[[Callable[[int], None]], Coroutine[Any, Any, MovedCounts]]
) -> MovedCounts:
    configure_logs("console", "warning")
    with bytes_shown(doing, size) as progress:
        return asyncio.run(work(progress))


def _in_words(moved: MovedCounts) -> str:
    damaged = f", {counted(moved.records, 'damaged journal')} as it is" if moved.records else ""
    accounts = f", {counted(moved.accounts, 'account')}" if moved.accounts else ""
    passkeys = f", {counted(moved.passkeys, 'passkey')}" if moved.passkeys else ""
    return (
        f"{counted(moved.sessions, 'game')} with {counted(moved.entries, 'journal entry', 'journal entries')}{damaged},"
        f" {counted(moved.users, 'user')}{accounts}{passkeys} and {counted(moved.sign_ins, 'sign-in')}"
    )
