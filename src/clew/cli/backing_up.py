"""``clew backup`` and ``clew restore``: a data folder's games as one file, and another folder begun with it."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.filesize import decimal

from clew.cli.amounts import bytes_shown, counted
from clew.cli.bound import where_of
from clew.cli.operators import Data, DatabaseUrl, short_time
from clew.wiring.backing_up import Contents, back_up, lacks_key
from clew.wiring.backing_up import restore as restore_games

File: TypeAlias = Annotated[
    Path, typer.Argument(metavar="FILE", help="Holds all games and users; keep it to yourself.")
]


def backup(context: typer.Context, file: File, database_url: DatabaseUrl = None, data: Data = None) -> None:
    """Write the games of a data folder to a new file, as they are at one moment, beside the server; read it back whole.

    It does not hold the folder's `secret.key`: keep a copy of that too. PostgreSQL has its own tools for this.
    """
    where = where_of(context, database_url, data)
    with bytes_shown("Backing up", None) as progress:
        held = back_up(where, file, progress)
    typer.echo(f"Wrote {_in_words(held)} to {file}, and read it back whole.")


def restore(context: typer.Context, file: File, database_url: DatabaseUrl = None, data: Data = None) -> None:
    """Begin a data folder, made if it is missing, with what `backup` wrote: all of it, or nothing.

    Open games go on once somebody serves them there, from the backup's moment. Whoever saw more of them is told that
    the game was set back.
    """
    where = where_of(context, database_url, data)
    size = file.stat().st_size if file.is_file() else None
    with bytes_shown("Restoring", size) as progress:
        held = restore_games(file, where, progress)
    moment = f", as they were at {short_time(held.written_at)} UTC" if held.written_at else ""
    typer.echo(f"Restored {_in_words(held)} into {where.data}{moment}.")
    if lacks_key(where.data):
        typer.echo(f"There is no secret.key in {where.data}: put its copy there first, or everybody is signed out.")


def _in_words(held: Contents) -> str:
    furthest = f" (the furthest in round {held.latest_round})" if held.latest_round else ""
    aside = f", {held.quarantined:,} in quarantine" if held.quarantined else ""
    games = f"{counted(held.open, 'open game')}{furthest}, {held.closed:,} that are over{aside}"
    return f"{games}, {counted(held.users, 'user')}, {decimal(held.size)}"
