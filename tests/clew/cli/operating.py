"""The operators' commands run in this process, on stores that tests fill."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from typer.testing import CliRunner, Result

from clew.sessions.ports.store import Store
from clew.stores.postgres.store import open_postgres
from clew.stores.sqlite.store import open_data
from clew.wiring.clock import RealClock
from minotaur.cli.main import app
from tests.kit.data import emptied_data_in
from tests.kit.postgres import emptied_database

T = TypeVar("T")


class Place:
    """One store and how the commands are told of it."""

    def __init__(self, options: tuple[str, ...], open_store: Callable[[], Any]) -> None:
        self.options = options
        self._open = open_store

    async def fill(self, work: Callable[[Store], Awaitable[T]]) -> T:
        async with self._open() as store:
            return await work(store)

    def run(self, *arguments: str) -> Result:
        """A command with this place's options, in an environment that names no other place."""
        return CliRunner().invoke(app, [*arguments, *self.options], env=NOWHERE)

    def told(self, *arguments: str) -> str:
        """What a command that goes well says."""
        done = self.run(*arguments)
        assert done.exit_code == 0, done.output
        return done.output

    def read(self, *arguments: str) -> Any:
        return json.loads(self.told(*arguments, "--json"))


NOWHERE = {"MINOTAUR_DATA": None, "MINOTAUR_DATABASE_URL": None, "COLUMNS": "240"}


def sqlite_place(folder: Path) -> Place:
    @asynccontextmanager
    async def opened() -> AsyncGenerator[Store]:
        with open_data(emptied_data_in(folder), RealClock()) as store:
            yield store

    return Place(("--data", str(folder)), opened)


async def postgres_place() -> Place:
    """The one emptied database of this test process."""
    url = await emptied_database()
    return Place(("--database-url", url), lambda: open_postgres(url))
