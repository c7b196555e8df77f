"""People at the tables of a running server, and all that they were ever sent."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from clew.client.commands import CommandAccepted
from clew.client.connection import Connection
from clew.client.guest import Guest
from clew.testing.serving import running
from tests.kit.server import Server

Message = dict[str, Any]

WITHIN_S = 20.0


def table_server(folder: Path, *games: str) -> AbstractAsyncContextManager[Server]:
    """A server of these games, each ``module:Class``, as a process of its own."""
    return running(Server(folder / "data", "--rate-limits", "off", command=command_of(*games)))


def command_of(*games: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.kit.table_server", *games)


class Viewer(Connection):
    """A place at a table, or beside it."""

    def __init__(self, guest: Guest, join_code: str, kind: str, *, after: int | None = None, mark: str | None = None):
        super().__init__(
            guest, join_code, subprotocol=f"{kind}.v1", after=after, mark=mark, delay_s=lambda _number, _asked: 0.05
        )
        self.asks_time = False
        self.sent: list[Message] = []
        """Every message of the server's, oldest first."""
        self._changed = asyncio.Event()

    def heard(self, message: Message) -> None:
        self.sent.append(message)
        self._changed.set()

    @property
    def welcome(self) -> Message:
        """The latest."""
        return [message for message in self.sent if message["type"] == "welcome"][-1]

    @property
    def now(self) -> Message:
        """The view."""
        assert self.view is not None, "welcomed"
        return self.view

    @property
    def events(self) -> list[Message]:
        """All that were told, in order, with those that a welcome brought."""
        return [event for message in self.sent for event in (*message.get("log", ()), *message.get("events", ()))]

    @property
    def text(self) -> str:
        """Every byte of it, as it were."""
        return json.dumps(self.sent)

    def told(self, kind: str) -> list[Message]:
        return [event for event in self.events if event["type"] == kind]

    async def wait(self, holds: Callable[[Message], bool]) -> Message:
        """The view, once this is so of it."""
        async with asyncio.timeout(WITHIN_S):
            while self.view is None or not holds(self.view):
                self._changed.clear()
                await self._changed.wait()
        return self.view

    async def hear(self, kind: str) -> Message:
        """The latest message of this type, once there is one."""
        async with asyncio.timeout(WITHIN_S):
            while not (heard := [message for message in self.sent if message["type"] == kind]):
                self._changed.clear()
                await self._changed.wait()
        return heard[-1]

    async def wait_round(self, number: int) -> Message:
        """Once this round has begun, or the game is over."""
        return await self.wait(lambda view: view["round"] >= number or view["game_status"] == "concluded")

    async def wait_over(self) -> Message:
        return await self.wait(lambda view: view["game_status"] == "concluded")

    async def plan(self, **plan: object) -> CommandAccepted:
        return await self.do({"type": "plan", "round": self.now["round"], "plan": plan})

    async def ready(self) -> CommandAccepted:
        return await self.do({"type": "ready", "round": self.now["round"]})

    async def do(self, command: Message) -> CommandAccepted:
        """It must not be refused."""
        answer = await self.send(command)
        assert isinstance(answer, CommandAccepted), answer
        return answer


class Tables:
    """People of one server, and where they watch; all of them go when the block ends (``tables_at``)."""

    def __init__(self, stack: AsyncExitStack, url: str, kind: str) -> None:
        self._stack = stack
        self.url = url
        self.kind = kind
        self.code = ""

    async def guest(self, name: str) -> Guest:
        return await self._stack.enter_async_context(await Guest.sign_in(self.url, name))

    async def begun(self, *names: str, **asked: object) -> list[Viewer]:
        """A table of these people, in its first round, each of them watching."""
        host, *others = [await self.guest(name) for name in names]
        made = await host.create_game(**{"seats": max(2, len(names)), **asked})
        self.code = str(made["join_code"])
        for other in others:
            await other.join(self.code)
        viewers = [await self.watch(guest) for guest in (host, *others)]
        await host.start(self.code)
        for viewer in viewers:
            await viewer.wait_round(1)
        return viewers

    async def watch(
        self, guest: Guest, code: str | None = None, *, after: int | None = None, mark: str | None = None
    ) -> Viewer:
        """Welcomed."""
        viewer = Viewer(guest, code or self.code, self.kind, after=after, mark=mark)
        staying = asyncio.get_running_loop().create_task(viewer.stay(), name=f"{guest.display_name} watches")

        async def leave() -> None:
            staying.cancel()
            with suppress(asyncio.CancelledError):
                await staying

        self._stack.push_async_callback(leave)
        await viewer.wait(lambda _: True)
        return viewer


@asynccontextmanager
async def tables_at(url: str, kind: str) -> AsyncGenerator[Tables]:
    async with AsyncExitStack() as stack:
        yield Tables(stack, url, kind)
