"""The ``minotaur`` command."""

from typing import Annotated, Final

import typer

from minotaur.cli import cluster, nodes, sessions
from minotaur.cli.backing_up import backup, restore
from minotaur.cli.check_upgrade import check_upgrade
from minotaur.cli.migrate import migrate
from minotaur.cli.moving import export, import_
from minotaur.cli.program import PROGRAM
from minotaur.cli.serve import serve
from minotaur.cli.simulate import simulate

app: Final = typer.Typer(
    name="minotaur",
    help="A round-based labyrinth game for browsers, on a server whose games cannot be lost.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # variables hold tokens
)
app.command()(serve)
app.command("check-upgrade")(check_upgrade)
app.command()(migrate)
app.command()(backup)
app.command()(restore)
app.command()(export)
app.command("import")(import_)
app.command()(simulate)
app.add_typer(cluster.app, name="cluster")
app.add_typer(nodes.app, name="nodes")
app.add_typer(sessions.app, name="sessions")


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(PROGRAM.version)


def _print_version(asked: bool) -> None:
    if asked:
        version()
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the command itself."""
