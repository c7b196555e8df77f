"""Several whole servers but for the web, on one store and one bus: gateways and hosts to be killed and cut off."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

from clew.client.news import with_view
from clew.gateway.games import Games
from clew.gateway.outbox import Outbox
from clew.gateway.service import Service, ViewerConnection
from clew.people.accounts import Accounts
from clew.people.ids import IdSource
from clew.people.user import User
from clew.sessions.ids import GameId, Owner
from clew.testing.hand_clock import HandClock
from clew.testing.hosts.fleet import SETTLED_S, HostFleet, Shared, open_hosts
from clew.testing.hosts.life import BOTH, NodeOptions
from clew.testing.hosts.node import HostNode
from minotaur.play.kind import KIND, match_games
from minotaur.play.match import Match, MatchCommand, MatchEvent
from minotaur.play.served import ServedMinotaur
from minotaur.play.wire_http import CreateGame
from tests.clew.gateway.house import Endless, handle

Message = dict[str, Any]
GATEWAY = ("gateway",)
HOST = ("host",)


class Home(HostNode[Match, MatchCommand, MatchEvent]):
    """One server."""

    def __init__(self, street: "Street", name: str, roles: tuple[str, ...] = BOTH, key_print: str = "key") -> None:
        super().__init__(street, name, match_games(), NodeOptions(roles=roles, key_print=key_print))
        self.games = Games(
            {KIND: ServedMinotaur()},
            self.host,
            self.line,
            self.clock,
            self.metrics,
            self.membership,
        )
        ids = IdSource(random.Random(name).randrange)
        self.service = Service(self.games, Accounts(street.store.users, self.clock, ids, b"key"), self.clock, ids)

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        async with self.games.running():
            yield
            await self.host.stop()

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


class Viewer:
    """A client on one node's socket, and all that it was sent."""

    def __init__(self, street: "Street", outbox: Outbox, connection: ViewerConnection, user: User | None) -> None:
        self._street = street
        self.outbox = outbox
        self.connection = connection
        self.user = user
        self.messages: list[Message] = []
        self._view: Message = {}
        self._reader = asyncio.get_running_loop().create_task(self._read(), name="viewer")

    async def _read(self) -> None:
        while texts := await self.outbox.wait_messages():
            for text in texts:
                message = with_view(json.loads(text), self._view)
                self._view = message.get("view", self._view)
                self.messages.append(message)

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


class Street(HostFleet):
    """All servers, and who plays on them."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self.viewers: list[Viewer] = []

    async def begin(self, name: str, roles: tuple[str, ...] = BOTH, key_print: str = "key") -> Home:
        return await self.begun(Home(self, name, roles, key_print), match_games())

    async def begin_all(self, **roles: tuple[str, ...]) -> list[Home]:
        homes = [await self.begin(name, role) for name, role in roles.items()]
        await self.pass_s(SETTLED_S)
        return homes

    async def person(self, home: Home, name: str) -> User:
        user, _ = await home.service.create_guest(name)
        return user

    async def lobby(self, home: Home, *people: User, **asked: Any) -> str:
        """A game of these people at this server, which has not begun; gives its join code."""
        request = CreateGame(seats=max(2, len(people)), bots=1, **asked)
        code = (await self.run(home.service.create_game(people[0], request))).join_code
        for person in people[1:]:
            await self.run(home.service.join(code, person))
        return code

    async def table(self, home: Home, *people: User, **asked: Any) -> str:
        """The same, started."""
        code = await self.lobby(home, *people, **asked)
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
        *,
        changes: bool | None = None,
    ) -> Viewer:
        """``changes``: they take what has changed of their view; None: the first does, the second does not, …"""
        outbox = outbox or Outbox()
        takes = len(self.viewers) % 2 == 0 if changes is None else changes
        connection = await self.run(home.service.connect(code, user, after, outbox, Endless(), mark, changes=takes))
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

    async def owner_at(self, code: str) -> Owner | None:
        return await self.owner_of(await self.game_id(code))

    async def seq(self, code: str) -> int:
        return (await self.stored(await self.game_id(code))).seq

    async def compare(self, code: str, at: Home) -> None:
        """Every viewer was told what one is told who reads the whole journal now: no gap, no repeat, no reconnect."""
        for viewer in [viewer for viewer in self.viewers if viewer.outbox.close_code is None]:
            reference = await self.connect(at, code, viewer.user, after=0, changes=False)
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
        await super().end()


def _over(viewer: Viewer) -> bool:
    return viewer.view["game_status"] == "concluded"


def open_street(*, lifelines: bool = True) -> AbstractAsyncContextManager[Street]:
    """An empty street; at the end what happened is checked, and its servers are killed."""
    return open_hosts(HandClock(), Street, lifelines=lifelines)
