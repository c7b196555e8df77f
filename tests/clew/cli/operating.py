"""The operators' commands run in this process, on stores that tests fill."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from typer.testing import CliRunner, Result

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.store import Store
from clew.sessions.records import NewSession, SignIn, UserRecord
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.stores.postgres.store import open_postgres
from clew.stores.sqlite.store import open_data
from clew.wiring.clock import RealClock
from minotaur.cli.main import app
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import MatchMachine
from tests.kit.data import emptied_data_in
from tests.kit.postgres import emptied_database
from tests.kit.store_records import NOW, register
from tests.play.driving import Table

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


def place_user(place: Place, user_id: str) -> None:
    """Somebody who is there."""
    user = UserRecord(UserId(user_id), "Ada", NOW)
    asyncio.run(place.fill(lambda store: store.users.add_user(user, SignIn(b"t", user.user_id, Millis(NOW + 1)))))


def store_table(place: Place, table: Table) -> None:
    """Keep a match that was driven by hand, with its whole journal."""
    codec = MatchCodec()
    at = Position(table.match, table.seq, MatchMachine().summary(table.match), {})
    entries = tuple(write_entry(codec, entry) for entry in table.journal)

    async def work(store: Store) -> None:
        owner = await register(store, "web")
        new = NewSession(
            *(table.match.game_id, table.match.join_code, owner, entries, table.now, None, write_snapshot(codec, at)),
            kind=KIND,
        )
        await store.journal.create([new])

    asyncio.run(place.fill(work))
