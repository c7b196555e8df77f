"""Several whole servers but for the web, on one store and one bus: gateways and hosts to be killed and cut off."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from prometheus_client import CollectorRegistry

from clew.buses.local import LocalBus, open_local
from clew.buses.metrics import BusMetrics
from clew.gateway.games import Games
from clew.gateway.outbox import Outbox
from clew.gateway.service import Service, ViewerConnection
from clew.people.accounts import Accounts
from clew.people.ids import IdSource
from clew.people.user import User
from clew.sessions.cluster.messages import Take, node_messages
from clew.sessions.cluster.peers import Peers
from clew.sessions.host import Host
from clew.sessions.ids import GameId, NodeId, Owner
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeInfo
from clew.sessions.policy import Policy
from clew.sessions.session.environment import HostSettings
from clew.testing.hand_clock import HandClock, Timekeeper, loop_passes
from clew.testing.memory.lifelines import MemoryLifelines
from clew.testing.memory.store import MemoryStore, memory_store
from minotaur.play.kind import KIND, READS, match_games
from minotaur.play.served import MatchHost, ServedMinotaur
from minotaur.play.wire_http import CreateGame
from tests.clew.gateway.house import Endless, handle
from tests.kit.faulty_store import FaultyStore
from tests.kit.gates import Gate, GatedBus, GatedClock, GatedStore
from tests.kit.marks import new_mark

Message = dict[str, Any]
GATEWAY = ("gateway",)
HOST = ("host",)


class Home:
    """One server."""

    def __init__(self, street: "Street", name: str, roles: tuple[str, ...], key_print: str = "key") -> None:
        self.name = name
        self.gate = Gate()
        self.clock = GatedClock(street.clock, self.gate)
        self.faults = FaultyStore(street.store)
        self.line = GatedStore(self.faults, self.gate, lambda _name, _args, _given: None)
        self.bus = GatedBus(street.bus, self.clock, self.gate)
        self.registry = CollectorRegistry()
        membership = Membership(self.bus, Peers(), street.lifelines, rebalance=False)
        info = NodeInfo(NodeId(name), "http://127.0.0.1", "1.0.0", READS, roles, key_print)
        store, metrics = self.line, Metrics(self.registry)
        self.host: MatchHost = Host(
            match_games(), store, self.clock, info, metrics, HostSettings(new_mark, Policy()), membership
        )
        self.games = Games({KIND: ServedMinotaur()}, self.host, store.ownership, self.clock, metrics, membership)
        ids = IdSource(random.Random(name).randrange)
        self.service = Service(self.games, Accounts(street.store.users, self.clock, ids, b"key"), self.clock, ids)
        self._street = street
        self.resumes = True
        """Whether it begins to serve once it lives."""
        self._up = asyncio.Event()
        self._leave = asyncio.Event()
        self.life: asyncio.Task[None] = asyncio.get_running_loop().create_task(self._live(), name=name)

    async def _live(self) -> None:
        async with self.games.running():
            if self.resumes:
                await self.host.resume_active_sessions(lambda _: None)
            self._up.set()
            await self._leave.wait()
            await self.host.stop()

    async def up(self) -> None:
        await self._street.until(lambda: self._up.is_set() or self.life.done())
        assert self._up.is_set(), f"{self.name} did not begin"

    @property
    def owner(self) -> Owner:
        return self.host.owner

    @property
    def feeds(self) -> int:
        """Viewings here for clients of other nodes."""
        feeds = self.games._feeds  # pyright: ignore[reportPrivateUsage]
        return 0 if feeds is None else len(feeds)

    def misdirect(self, game_id: GameId, owner: Owner) -> None:
        """Have its directory believe that this one runs the game."""
        cast("Any", self.games)._router._owners[game_id] = owner

    def lose_feeds(self) -> None:
        """As if its place on the bus was lost and found."""
        cast("Any", self.games)._inbox.lose_all()

    async def kill(self) -> None:
        await self.bus.cut()
        self.faults.unplug()
        self.life.cancel()
        await asyncio.wait({self.life})

    async def leave(self) -> int:
        """Drain, then exit."""
        moved = await self._street.run(self.host.drain())
        self._leave.set()
        await self._street.until(self.life.done)
        await self.life
        return moved

    async def give(self, target: "Home", game_id: GameId) -> None:
        """Hand one game over, as for balance."""
        life = cast("Any", self.host)._running
        await self._street.run(life.handoff.give([life.node.residents.open[game_id]], target.owner))


class Viewer:
    """A client on one node's socket, and all that it was sent."""

    def __init__(self, street: "Street", outbox: Outbox, connection: ViewerConnection, user: User | None) -> None:
        self._street = street
        self.outbox = outbox
        self.connection = connection
        self.user = user
        self.messages: list[Message] = []
        self._reader = asyncio.get_running_loop().create_task(self._read(), name="viewer")

    async def _read(self) -> None:
        while texts := await self.outbox.wait_messages():
            self.messages += [json.loads(text) for text in texts]

    @property
    def events(self) -> list[Message]:
        return [event for message in self.messages for event in message.get("events", [])]

    @property
    def shown(self) -> list[Message]:
        return self.events

    @property
    def place(self) -> tuple[int, str]:
        """The last number and mark."""
        return next((m["seq"], m["mark"]) for m in reversed(self.messages) if m["type"] in ("welcome", "events"))

    @property
    def began(self) -> int:
        return self.messages[0]["seq"]

    @property
    def view(self) -> Message:
        return next(message["view"] for message in reversed(self.messages) if "view" in message)

    @property
    def welcomes(self) -> int:
        return sum(message["type"] == "welcome" for message in self.messages)

    def answers(self, command_id: str) -> list[Message]:
        return [message for message in self.messages if message.get("command_id") == command_id]

    async def ask(self, **message: Any) -> Message:
        """Send a command; its answer."""
        await self._street.run(handle(self.connection, json.dumps(message)))
        await self._street.until(lambda: bool(self.answers(message["command_id"])))
        return self.answers(message["command_id"])[-1]

    def close(self) -> None:
        self.connection.close()
        self._reader.cancel()


class Street(Timekeeper):
    """All servers, and who plays on them."""

    def __init__(self, clock: HandClock, store: MemoryStore, bus: LocalBus, lifelines: MemoryLifelines | None) -> None:
        super().__init__(clock)
        self.store = store
        self.bus = bus
        self.lifelines = lifelines
        self.homes: list[Home] = []
        self.viewers: list[Viewer] = []

    async def begin(self, name: str, roles: tuple[str, ...] = ("host", "gateway"), key_print: str = "key") -> Home:
        home = Home(self, name, roles, key_print)
        self.homes.append(home)
        await home.up()
        return home

    async def begin_all(self, **roles: tuple[str, ...]) -> list[Home]:
        homes = [await self.begin(name, role) for name, role in roles.items()]
        await self.pass_s(1.1)
        return homes

    async def person(self, home: Home, name: str) -> User:
        user, _ = await home.service.create_guest(name)
        return user

    async def table(self, home: Home, *people: User, **asked: Any) -> str:
        """A started game of these people, at this server; gives its join code."""
        request = CreateGame(seats=max(2, len(people)), bots=1, **asked)
        code = (await self.run(home.service.create_game(people[0], request))).join_code
        for person in people[1:]:
            await self.run(home.service.join(code, person))
        await self.run(home.service.start(code, people[0]))
        return code

    async def connect(
        self,
        home: Home,
        code: str,
        user: User | None,
        after: int | None = None,
        outbox: Outbox | None = None,
        mark: str | None = None,
    ) -> Viewer:
        outbox = outbox or Outbox()
        connection = await self.run(home.service.connect(code, user, after, outbox, Endless(), mark))
        viewer = Viewer(self, outbox, connection, user)
        self.viewers.append(viewer)
        await self.until(lambda: bool(viewer.messages) or outbox.close_code is not None)
        return viewer

    async def play_round(self, viewers: Sequence[Viewer], label: str) -> None:
        """All of these players plan and are ready; waits until they see the next round, or the end."""
        number = viewers[0].view["round"]
        for each, viewer in enumerate(viewers):
            plan = [{"type": "move", "vector": {"q": 1, "r": 0}}] if each % 2 else [{"type": "wait"}]
            await viewer.ask(type="plan", command_id=f"{label}-plan-{number}", round=number, steps=plan)
            answer = await viewer.ask(type="ready", command_id=f"{label}-ready-{number}", round=number)
            assert answer["type"] in ("accepted", "refused")
        await self.until(lambda: all(v.view["round"] > number or _over(v) for v in viewers))

    async def game_id(self, code: str) -> GameId:
        found = await self.store.listings.find(code)
        assert found is not None
        return found.game_id

    async def owner_of(self, code: str) -> Owner | None:
        stored = await self.store.journal.load(await self.game_id(code))
        assert stored is not None
        return stored.owner

    async def seq(self, code: str) -> int:
        stored = await self.store.journal.load(await self.game_id(code))
        assert stored is not None
        return stored.seq

    def spoil(self, game_id: GameId) -> None:
        """Make the game's stored state unreadable."""
        row = self.store.kept.rows[game_id]
        row.stored = replace(row.stored, state=b"spoiled")

    async def compare(self, code: str, at: Home) -> None:
        """Every viewer was told what one is told who reads the whole journal now: no gap, no repeat, no reconnect."""
        for viewer in [viewer for viewer in self.viewers if viewer.outbox.close_code is None]:
            reference = await self.connect(at, code, viewer.user, after=0)
            self.viewers.remove(reference)
            await self.until(lambda reference=reference: len(reference.messages) > 1)
            truth = {event["seq"]: event for event in reference.events}
            told = [event["seq"] for event in viewer.events]
            assert told == list(range(viewer.began + 1, viewer.began + 1 + len(told))), "a gap or a repeat"
            for event in viewer.events:
                assert event == truth[event["seq"]]
            missing = [event for event in reference.shown if event["seq"] > viewer.began + len(told)]
            assert missing == [], "something was never told"
            assert viewer.welcomes == 1
            assert viewer.view == reference.view
            reference.close()

    async def end(self) -> None:
        for viewer in self.viewers:
            viewer.close()
        for home in self.homes:
            if not home.life.done():
                await home.kill()


def _over(viewer: Viewer) -> bool:
    return viewer.view["game_status"] == "concluded"


def is_take(body: bytes) -> bool:
    return isinstance(node_messages.decode(body), Take)


@asynccontextmanager
async def open_street(*, lifelines: bool = True) -> AsyncGenerator[Street]:
    """An empty street; its servers are killed at the end."""
    clock = HandClock()
    async with open_local(clock, BusMetrics(CollectorRegistry())) as bus:
        street = Street(clock, memory_store(clock), bus, MemoryLifelines() if lifelines else None)
        try:
            yield street
        finally:
            await street.end()
            await loop_passes()
