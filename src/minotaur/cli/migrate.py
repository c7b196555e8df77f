"""``minotaur migrate``: bring a data folder to this release's schema."""

from pathlib import Path
from typing import Annotated

import typer

from minotaur.wiring.faults import CannotStart
from minotaur.wiring.logs import configure_logs
from minotaur.wiring.settings import default_data_folder
from minotaur.wiring.storage import migrate_storage


def migrate(
    data: Annotated[Path | None, typer.Option(envvar="MINOTAUR_DATA", help="Folder of the games.")] = None,
) -> None:
    """Bring the data folder to this release's schema; ``serve`` does so by itself. Twice is once."""
    configure_logs("console", "warning")
    folder = (data or default_data_folder()).expanduser().absolute()
    try:
        done = migrate_storage(folder)
    except CannotStart as problem:
        typer.echo(f"minotaur: {problem}", err=True)
        raise typer.Exit(1) from problem
    if done.before == done.after:
        typer.echo(f"{folder} is at {done.after} already.")
    else:
        typer.echo(f"{folder} went from {done.before or 'nothing'} to {done.after}.")
