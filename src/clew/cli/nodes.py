"""``clew nodes``: who runs the games, and how a node is asked to leave."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, TypeAlias

import msgspec
import typer
from rich.table import Table

from clew.cli.bound import where_of
from clew.cli.operators import AsJson, Data, DatabaseUrl, console, look, order, print_json
from clew.sessions.ids import NodeId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.node_records import NodeRow
from clew.sessions.ports.store import Store
from clew.wiring.asking import Answer, ask_the_silent
from clew.wiring.operating import NotThere

app: Final = typer.Typer(help="The nodes: who runs the games.", no_args_is_help=True)


Answered: TypeAlias = tuple[NodeRow, Answer | None]
"""A row, and what was heard of its node where the row is out of date."""


class NodeJson(msgspec.Struct, frozen=True):
    """One life of a node, as scripts read it (docs/operating.md)."""

    node_id: str
    owner: str
    alive: bool
    ready: bool
    draining: bool
    roles: tuple[str, ...]
    release: str
    state_version_max: int
    """Of the game that releases before kinds had; -1: it does not have that."""
    kinds: Mapping[str, int]
    """The games that it has, and the newest state version that it reads of each."""
    address: str
    sessions: int
    silent_ms: int
    state: str
    why: str | None


class NodesJson(msgspec.Struct, frozen=True):
    """What ``nodes list --json`` prints."""

    nodes: tuple[NodeJson, ...]


@app.command("list")
def list_nodes(
    context: typer.Context, database_url: DatabaseUrl = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Every node that lives, ended lately or still holds games."""
    where = where_of(context, database_url, data)

    async def ask(store: Store) -> Sequence[Answered]:
        return [(row, await ask_the_silent(where, row)) for row in await store.nodes.rows()]

    answered = look(where, ask)
    if as_json:
        print_json(NodesJson(tuple(_shape(row, answer) for row, answer in answered)))
    elif answered:
        console().print(_table(answered))
    else:
        typer.echo("No node has ever served these games, or not lately.")


@app.command()
def drain(
    context: typer.Context,
    node: Annotated[str, typer.Argument(help="The node's id, as the list shows it.")],
    database_url: DatabaseUrl = None,
    data: Data = None,
) -> None:
    """Ask a node to leave as if it got SIGTERM: it hands its games over and ends. It hears of it within a second."""

    async def ask(store: Store) -> bool:
        return await store.nodes.ask_drain(NodeId(node))

    if not order(where_of(context, database_url, data), ask):
        raise NotThere(f"no living node is called {node!r}: `clew nodes list` shows who is")
    typer.echo(f"{node} was asked to drain. It hands its games over and ends; what started it may start it again.")


def _shape(row: NodeRow, answer: Answer | None) -> NodeJson:
    return NodeJson(
        node_id=row.node_id,
        owner=row.owner,
        alive=row.alive,
        ready=row.ready,
        draining=row.draining,
        roles=row.roles,
        release=row.release,
        state_version_max=row.reads.get(FIRST_KIND, -1),
        kinds={str(kind): newest for kind, newest in row.reads.items()},
        address=row.address,
        sessions=row.sessions,
        silent_ms=row.silent_ms,
        state=state_of(row, answer),
        why=why_of(row, answer),
    )


def _table(answered: Sequence[Answered]) -> Table:
    table = Table(box=None, header_style="bold")
    for column in ("node", "life", "state", "roles", "release", "address"):
        table.add_column(column, no_wrap=True)
    for column in ("games", "silent for"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("why")
    for row, answer in answered:
        table.add_row(
            row.node_id,
            row.owner,
            state_of(row, answer),
            " ".join(row.roles),
            row.release,
            row.address,
            str(row.sessions),
            f"{row.silent_ms / 1_000:.1f} s",
            why_of(row, answer) or "",
        )
    return table


def state_of(row: NodeRow, answer: Answer | None = None) -> str:
    """The one word that matters most; the same in the table and in JSON. What it says itself is newer than its row."""
    if row.over:
        return "gone"
    if not row.alive:
        return "not ready" if answer is not None and answer.is_there else "silent"
    if row.draining:
        return "draining"
    if row.ready:
        return "ready"
    return "not ready" if row.unfit else "starting"


def why_of(row: NodeRow, answer: Answer | None = None) -> str | None:
    """What keeps it from being of use, as far as anybody said."""
    if row.over:
        return None
    if not row.alive:
        return "its lease ran out, and nobody has seen its process end" if answer is None else answer.words
    return row.unfit or None
