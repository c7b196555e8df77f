"""``minotaur migrate``: bring a data folder or a database to this release's schema."""

import asyncio
from pathlib import Path

import typer

from minotaur.cli.operators import FAILED, Data, DatabaseUrl, ending_in_one_line, where_of
from minotaur.wiring.faults import CannotStart
from minotaur.wiring.logs import configure_logs
from minotaur.wiring.operating import Migrated, migrate_database
from minotaur.wiring.storage import migrate_storage


def migrate(database_url: DatabaseUrl = None, data: Data = None) -> None:
    """Bring the database, or the data folder, to this release's schema. Twice is once.

    ``serve`` does so by itself with a data folder, never with a database that several nodes share.
    """
    configure_logs("console", "warning")
    where = where_of(database_url, data)
    if where.database_url is None:
        name, done = str(where.data), _migrate_folder(where.data)
    else:
        with ending_in_one_line():
            name, done = "The database", asyncio.run(migrate_database(where.database_url))
    if done.before == done.after:
        typer.echo(f"{name} is at {done.after} already.")
    else:
        typer.echo(f"{name} went from {done.before or 'nothing'} to {done.after}.")


def _migrate_folder(folder: Path) -> Migrated:
    try:
        return migrate_storage(folder)
    except CannotStart as problem:
        typer.echo(f"minotaur: {problem}", err=True)
        raise typer.Exit(FAILED) from problem
