"""``clew cluster``: several nodes on this machine, to try and to develop."""

import asyncio
import re
import zlib
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from clew.cli.bound import program_of
from clew.cli.games import PARAMETER, Named, program_with, served_games
from clew.cli.operators import AsJson, console, print_json
from clew.cli.serve import OnOff
from clew.cli.show import ready_line
from clew.local.cluster import NODES_MAX, Cluster, ClusterSettings
from clew.local.control import ClusterStatus, Order, give_order
from clew.local.folder import ClusterFolder, default_cluster_folder
from clew.local.running import Screen, run_cluster
from clew.wiring.logs import configure_logs
from clew.wiring.remembered import remember_games
from clew.wiring.settings import PORT_DEFAULT

NODES_DEFAULT: Final = 3
RESTART_AFTER_S: Final = 5.0
_GAME: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
COLOURS: Final = ("cyan", "magenta", "green", "yellow", "blue", "red")


class _GamesToo(TyperGroup):
    """Games may be named as `serve` has them, where others have a command: no command has a colon in its name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if any(option.name == PARAMETER for option in self.params):
            args = [word for given in args for word in (("--game", given) if _GAME.fullmatch(given) else (given,))]
        return super().parse_args(ctx, args)


app: Final = typer.Typer(
    help="Several nodes on this machine, to try and to develop.", invoke_without_command=True, cls=_GamesToo
)

Folder: TypeAlias = Annotated[
    Path | None,
    typer.Option(envvar="CLEW_CLUSTER_FOLDER", help="Its databases, key and logs; beside the data folder."),
]
Node: TypeAlias = Annotated[int, typer.Argument(min=1, max=NODES_MAX, help="The node's number.")]


@app.callback()
def cluster(
    context: typer.Context,
    nodes: Annotated[int, typer.Option(min=1, max=NODES_MAX, help="How many nodes.")] = NODES_DEFAULT,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The one port before them; 0 picks one.")] = PORT_DEFAULT,
    folder: Folder = None,
    restart_after: Annotated[
        float, typer.Option(min=0, max=3_600, help="Seconds until a node that was killed is started again.")
    ] = RESTART_AFTER_S,
    rate_limits: Annotated[OnOff, typer.Option(help="Off is for load tests only.")] = OnOff.ON,
    games: Named = None,
    follow: Annotated[bool, typer.Option("--follow", help="Show the nodes' logs here, too.")] = False,
) -> None:
    """Run PostgreSQL, NATS and several nodes here, behind one port, until Ctrl-C. For trying, not for serving."""
    context.obj = folder
    if context.invoked_subcommand is not None:
        return
    place = _folder(context, folder)
    names = served_games(context, games, place.top)
    program = program_with(context, names)  # that they are there is found out before anything is started
    configure_logs("console", "warning")
    settings = ClusterSettings(
        place.top,
        program.name,
        program.version,
        nodes,
        port,
        ("--rate-limits", rate_limits.value, *names),
        restart_after,
    )
    screen = Console(highlight=False)

    def tell(text: str) -> None:
        screen.print(text, soft_wrap=True, markup=False)

    def log(name: str, line: str) -> None:
        screen.print(
            Text.assemble((f"{name} ", COLOURS[zlib.crc32(name.encode()) % len(COLOURS)]), line), soft_wrap=True
        )

    def ready(running: Cluster) -> None:
        if names:
            remember_games(place.top, program.name, names)
        tell(ready_line(program.words.title, running.url))
        tell(f"Its databases and logs are in {running.folder.top}. Ctrl-C stops; games go on at the next start.")
        tell(f"From another terminal: {program.name} cluster status, roll, kill 2, start 2.")

    asyncio.run(run_cluster(settings, Screen(tell, ready, log if follow else None)))


@app.command()
def status(context: typer.Context, folder: Folder = None, as_json: AsJson = False) -> None:
    """The running cluster: where it is, and how its nodes are."""
    found = _order(context, folder, Order("status"))
    if as_json:
        print_json(found)
        return
    screen = console()
    screen.print(_facts(found), "", _nodes(found), sep="\n")


@app.command()
def roll(context: typer.Context, folder: Folder = None) -> None:
    """Replace node after node by its successor of the next build, as a deploy does. People play on."""
    _order(context, folder, Order("roll"))


@app.command()
def kill(context: typer.Context, node: Node, folder: Folder = None) -> None:
    """Kill a node, as kill -9 does. It is started again after some seconds, or by the start command."""
    _order(context, folder, Order("kill", node))


@app.command()
def start(context: typer.Context, node: Node, folder: Folder = None) -> None:
    """Start a node that is down."""
    _order(context, folder, Order("start", node))


def _order(context: typer.Context, folder: Path | None, order: Order) -> ClusterStatus:
    configure_logs("console", "warning")
    return asyncio.run(give_order(_folder(context, folder or context.obj), order, typer.echo))


def _folder(context: typer.Context, chosen: Path | None) -> ClusterFolder:
    name = program_of(context).name
    return ClusterFolder((chosen or default_cluster_folder(name)).expanduser().absolute(), name)


def _facts(found: ClusterStatus) -> Table:
    table = Table(box=None, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ignore")
    for name, fact in {
        "url": found.url,
        "process": str(found.pid),
        "connections": str(found.connections),
        "database": found.database_url,
        "bus": found.bus,
        "logs": found.logs,
    }.items():
        table.add_row(name, fact)
    return table


def _nodes(found: ClusterStatus) -> Table:
    table = Table(box=None, header_style="bold")
    for column in ("node", "id", "state", "release", "url", "process"):
        table.add_column(column, no_wrap=True)
    for node in found.nodes:
        process = "" if node.pid is None else str(node.pid)
        table.add_row(str(node.node), node.node_id, node.state, node.release, node.url, process)
    return table
