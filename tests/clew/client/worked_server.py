"""A server of which a test says every word."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from clew.client.guest import Guest

Message = dict[str, Any]
WITHIN_S = 10.0


class Worked:
    """The sockets that came, one after the other, and what was said on the last."""

    def __init__(self) -> None:
        self.url = ""
        self._came = asyncio.Queue[ServerConnection]()
        self._over = asyncio.Event()

    async def take(self, socket: ServerConnection) -> None:
        self._came.put_nowait(socket)
        await self._over.wait()

    def end(self) -> None:
        self._over.set()

    async def next(self) -> "Line":
        async with asyncio.timeout(WITHIN_S):
            return Line(await self._came.get())

    def guest(self) -> Guest:
        return Guest(self.url, {"user_id": "u", "display_name": "Ada", "token": "t"})


class Line:
    def __init__(self, socket: ServerConnection) -> None:
        self._socket = socket

    @property
    def query(self) -> str:
        assert self._socket.request is not None
        return self._socket.request.path.partition("?")[2]

    async def welcome(self, seq: int, **more: Any) -> None:
        usual: dict[str, Any] = {
            "server_time": "2026-01-01T00:00:00.000Z",
            "resumed": False,
            "history": "same",
            "log": [],
            "mark": "m",
        }
        await self.say({"type": "welcome", "seq": seq, "view": {"at": seq}, **usual, **more})

    async def events(self, *seqs: int) -> None:
        told = [{"type": "told", "seq": seq} for seq in seqs]
        await self.say(
            {"type": "events", "seq": seqs[-1], "mark": f"m{seqs[-1]}", "events": told, "view": {"at": seqs[-1]}}
        )

    async def say(self, message: Message) -> None:
        await self._socket.send(json.dumps(message))

    async def command(self) -> Message:
        """The next command that is sent here."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                message = json.loads(await self._socket.recv())
                if message["type"] != "ping":
                    return message

    async def close(self, code: int) -> None:
        await self._socket.close(code)

    def break_off(self) -> None:
        self._socket.transport.abort()


@asynccontextmanager
async def worked() -> AsyncGenerator[Worked]:
    server = Worked()
    async with serve(server.take, "127.0.0.1", 0, subprotocols=[Subprotocol("minotaur.v1")]) as listening:
        (listener,) = listening.sockets
        server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            yield server
        finally:
            server.end()
