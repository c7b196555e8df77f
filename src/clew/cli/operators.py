"""What the operators' commands share: where the store is, how they run, what they print and how they end."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, TypeAlias, TypeVar

import msgspec
import typer
from rich.console import Console

from clew.sessions.ids import Millis
from clew.sessions.ports.store import Store
from clew.wiring.logs import configure_logs
from clew.wiring.operating import Where, open_operators

T = TypeVar("T")

PIPE_COLUMNS: Final = 240
"""How wide tables are where nobody's terminal says: nothing is folded."""

DatabaseUrl: TypeAlias = Annotated[
    str | None, typer.Option(envvar="CLEW_DATABASE_URL", help="PostgreSQL that the nodes share, postgresql://….")
]
Data: TypeAlias = Annotated[
    Path | None, typer.Option(envvar="CLEW_DATA", help="Folder of the games, where there is no such database.")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def look(where: Where, ask: Callable[[Store], Awaitable[T]]) -> T:
    """Ask the store something; it cannot be changed by that."""
    return _run(where, ask, orders=False)


def order(where: Where, give: Callable[[Store], Awaitable[T]]) -> T:
    """Have something done in the store."""
    return _run(where, give, orders=True)


def print_json(shape: msgspec.Struct) -> None:
    """One JSON document, indented."""
    typer.echo(msgspec.json.format(msgspec.json.encode(shape), indent=2))


def console() -> Console:
    """Standard output for people."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_COLUMNS)


def rfc3339(at: Millis) -> str:
    """A time as scripts read it: UTC, with milliseconds. What a calendar doesn't have is told as its number."""
    try:
        return datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return str(at)


def rfc3339_or_none(at: Millis | None) -> str | None:
    """As ``rfc3339``, where there is a time."""
    return None if at is None else rfc3339(at)


def short_time(at: Millis | None) -> str:
    """A time as people read it."""
    return "" if at is None else rfc3339(at)[:19].replace("T", " ")


def _run(where: Where, ask: Callable[[Store], Awaitable[T]], *, orders: bool) -> T:
    configure_logs("console", "error")

    async def run() -> T:
        async with open_operators(where, orders=orders) as store:
            return await ask(store)

    return asyncio.run(run())
