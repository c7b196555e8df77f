"""A program's whole command: what every game has, and what is its own."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from clew.cli import cluster, nodes, sessions
from clew.cli.backing_up import backup, restore
from clew.cli.check_upgrade import check_upgrade
from clew.cli.group import group_of
from clew.cli.migrate import migrate
from clew.cli.moving import export, import_
from clew.cli.serve import serve
from clew.wiring.program import Program


def app_of(program: Program, about: str, *own: Callable[..., Any]) -> typer.Typer:
    """The command, bound to this program; ``about`` is its help, ``own`` are commands of the game alone."""
    app = typer.Typer(
        name=program.name,
        cls=group_of(program.words, takes_games=program.takes_games),
        help=about,
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
    for command in own:
        app.command()(command)
    app.add_typer(cluster.app, name="cluster")
    app.add_typer(nodes.app, name="nodes")
    app.add_typer(sessions.app, name="sessions")

    @app.command()
    def version() -> None:
        """Print the version."""
        typer.echo(program.version)

    def print_version(asked: bool) -> None:
        if asked:
            version()
            raise typer.Exit

    @app.callback()
    def options(
        context: typer.Context,
        _: Annotated[
            bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
        ] = False,
    ) -> None:
        """Options of the command itself."""
        context.obj = program

    return app
