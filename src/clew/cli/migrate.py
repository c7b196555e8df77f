"""``clew migrate``: bring a data folder or a database to this release's schema."""

import asyncio
from typing import Annotated

import typer

from clew.cli.bound import where_of
from clew.cli.games import Named, program_to_read
from clew.cli.operators import Data, DatabaseUrl
from clew.wiring.logs import configure_logs
from clew.wiring.operating import ThisRelease, migrate_database
from clew.wiring.storage import migrate_storage

Before = Annotated[
    bool,
    typer.Option(
        "--before",
        help="Only what nodes of the release before can live with: run it before the new code, with its release.",
    ),
]


def migrate(
    context: typer.Context,
    before: Before = False,
    games: Named = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
) -> None:
    """Bring the database, or the data folder, to this release's schema. Twice is once.

    With `--before` while nodes of the release before serve, without it once none of them is left: it refuses to apply
    what they can't live with. `serve` migrates a data folder by itself, and never a database that several nodes share.
    """
    configure_logs("console", "warning")
    where = where_of(context, database_url, data)
    program = program_to_read(context, games, where)
    if where.database_url is None:
        name, done = str(where.data), migrate_storage(where.data)  # of one process: there is nobody to live beside
    else:
        serving = ThisRelease(program.version, program.reads)
        done = asyncio.run(migrate_database(where.database_url, beside_older=before, serving=serving))
        name = "The database"
    if done.before == done.after:
        typer.echo(f"{name} is at {done.after} already.")
    else:
        typer.echo(f"{name} went from {done.before or 'nothing'} to {done.after}.")
    if done.left:
        typer.echo(f"Left for later: {', '.join(done.left)}. Run `{program.name} migrate` once no older node is left.")
