"""A whole server but for the web: the service on a real host and the store in memory."""

import json
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import Any, Final

from prometheus_client import CollectorRegistry

from clew.gateway.games import Games
from clew.gateway.outbox import Outbox
from clew.gateway.service import Service, ViewerConnection
from clew.people.accounts import Accounts
from clew.people.caps import Caps, Counting
from clew.people.ids import IdSource
from clew.people.user import User
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.testing.hosts.life import host_of
from clew.testing.memory.store import MemoryStore, memory_store
from clew.wiring.clock import RealClock
from minotaur.play.kind import KIND, match_games
from minotaur.play.served import MatchHost, ServedMinotaur
from minotaur.play.wire_http import CreateGame

KEY: Final = b"k" * 32


class Endless:
    """An allowance without end."""

    def take_nowait(self) -> bool:
        return True


class Nothing:
    """An allowance that is used up."""

    def take_nowait(self) -> bool:
        return False


class House:
    """The service, and people who use it."""

    def __init__(
        self,
        store: MemoryStore | None = None,
        seed: int = 1,
        *,
        played: Store | None = None,
        metrics: Metrics | None = None,
        caps: Caps | None = None,
        clock: Clock | None = None,
    ) -> None:
        """``played``: the store that its games are in, if not that of its people. ``caps``: none, unless given."""
        clock = clock or RealClock()
        self.store = store or memory_store(clock)
        played = played or self.store
        metrics = metrics or Metrics(CollectorRegistry())
        served = ServedMinotaur()
        self.host: MatchHost = host_of(match_games(served.machine), played, clock, metrics=metrics)
        self.games = Games({KIND: served}, self.host, _with_people_of(self.store, played), clock, metrics)
        self.ids = IdSource(random.Random(seed).randrange)
        self.accounts = Accounts(self.store.users, clock, self.ids, KEY, [ServedMinotaur().about.title])
        self.counting = None if caps is None else Counting(self.store.counts, caps, clock, KEY)
        self.service = Service(self.games, self.accounts, clock, self.ids, self.counting)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """It serves inside; games in the store go on."""
        async with self.games.running():
            await self.host.resume_active_sessions(lambda _: None)
            yield

    async def person(self, name: str) -> User:
        user, _ = await self.service.create_guest(name)
        return user

    async def table(self, *people: User, seats: int | None = None, **asked: Any) -> str:
        """A started game of these people, bots in the other seats; gives its join code."""
        seats = seats or max(2, len(people))
        request = CreateGame(seats=seats, bots=seats - 1, **asked)
        code = (await self.service.create_game(people[0], request)).join_code
        for person in people[1:]:
            await self.service.join(code, person)
        await self.service.start(code, people[0])
        return code


def _with_people_of(own: Store, played: Store) -> Store:
    """The ports of ``played``, whatever they are wrapped in, but for the people."""
    ports: dict[str, Any] = {each.name: getattr(played, each.name) for each in fields(Store)}
    ports["users"] = own.users
    return Store(**ports)


@asynccontextmanager
async def house(store: MemoryStore | None = None, seed: int = 1) -> AsyncGenerator[House]:
    """A house that is open inside; games in the store go on."""
    opened = House(store, seed)
    async with opened.open():
        yield opened


class Socket:
    """One client's socket, without a network: what it was sent so far, in order."""

    def __init__(self, outbox: Outbox, connection: ViewerConnection) -> None:
        self.outbox = outbox
        self.connection = connection
        self.messages: list[dict[str, Any]] = []

    @classmethod
    async def opened(
        cls, house: House, code: str, user: User | None, after: int | None = None, mark: str | None = None
    ) -> "Socket":
        outbox = Outbox()
        socket = cls(outbox, await house.service.connect(code, user, after, outbox, Endless(), mark))
        await socket.wait_until(lambda message: message["type"] == "welcome")
        return socket

    @property
    def seq(self) -> int:
        return next(m["seq"] for m in reversed(self.messages) if m["type"] in ("welcome", "events"))

    @property
    def mark(self) -> str:
        return next(m["mark"] for m in reversed(self.messages) if m["type"] in ("welcome", "events"))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for message in self.messages for event in message.get("events", [])]

    @property
    def view(self) -> dict[str, Any]:
        return next(m["view"] for m in reversed(self.messages) if "view" in m)

    async def send(self, **message: Any) -> None:
        await handle(self.connection, json.dumps(message))

    async def wait_until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message of all that is wanted; waits until there is one."""
        while True:
            found = next((message for message in self.messages if wanted(message)), None)
            if found is not None:
                return found
            texts = await self.outbox.wait_messages()
            assert texts, f"closed with {self.outbox.close_code}: {self.outbox.close_reason}"
            self.messages += [json.loads(text) for text in texts]

    async def ask(self, **message: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        await self.send(**message)
        return await self.wait_until(
            lambda m: m["type"] in ("accepted", "refused") and m["command_id"] == message["command_id"]
        )

    def close(self) -> None:
        self.connection.close()


async def handle(connection: ViewerConnection, raw: bytes | str) -> None:
    """Take a message, and have it decided if it is a command."""
    command = connection.take(raw)
    if command is not None:
        await connection.post(command)
