"""What the operators' commands share: where the store is, how they run, what they print and how they end."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, TypeAlias, TypeVar

import msgspec
import typer
from rich.console import Console

from clew.sessions.ids import Millis
from clew.sessions.ports.store import Operators
from clew.wiring.logs import configure_logs
from clew.wiring.operating import CannotOperate, NotThere, Where, open_operators
from clew.wiring.settings import default_data_folder

T = TypeVar("T")

FAILED: Final = 1
"""Exit status: it could not be done; why is on standard error."""
NOT_THERE: Final = 3
"""Exit status: there is no such game or node, or it is over. (2 is a wrong option.)"""

PIPE_COLUMNS: Final = 240
"""How wide tables are where nobody's terminal says: nothing is folded."""

DatabaseUrl: TypeAlias = Annotated[
    str | None, typer.Option(envvar="MINOTAUR_DATABASE_URL", help="PostgreSQL that the nodes share, postgresql://….")
]
Data: TypeAlias = Annotated[
    Path | None, typer.Option(envvar="MINOTAUR_DATA", help="Folder of the games, where there is no such database.")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def where_of(database_url: str | None, data: Path | None) -> Where:
    """The database if one is named, else the data folder."""
    return Where((data or default_data_folder()).expanduser().absolute(), database_url)


def look(where: Where, ask: Callable[[Operators], Awaitable[T]]) -> T:
    """Ask the store something; it cannot be changed by that."""
    return _run(where, ask, orders=False)


def order(where: Where, give: Callable[[Operators], Awaitable[T]]) -> T:
    """Have something done in the store."""
    return _run(where, give, orders=True)


@contextmanager
def ending_in_one_line() -> Generator[None]:
    """What can't be done ends the command with one line on standard error and its status."""
    try:
        yield
    except CannotOperate as problem:
        typer.echo(f"minotaur: {problem}", err=True)
        raise typer.Exit(NOT_THERE if isinstance(problem, NotThere) else FAILED) from problem


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


def _run(where: Where, ask: Callable[[Operators], Awaitable[T]], *, orders: bool) -> T:
    configure_logs("console", "error")

    async def run() -> T:
        async with open_operators(where, orders=orders) as store:
            return await ask(store)

    with ending_in_one_line():
        return asyncio.run(run())
