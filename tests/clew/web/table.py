"""A running game of two people and one bot on a live web, and what its sockets say."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.clew.web.live import Live, game, guest, live

ANSWER_WITHIN_S = 20.0
V1 = Subprotocol("minotaur.v1")


class Table:
    """A running game of two people and one bot, and its sockets."""

    def __init__(self, web: Live, code: str, ada: str, bob: str) -> None:
        self.web = web
        self.code = code
        self.ada = ada
        self.bob = bob

    @asynccontextmanager
    async def socket(
        self, token: str | None, query: str = "", code: str | None = None, **headers: str
    ) -> AsyncGenerator[ClientConnection]:
        credentials = {"Authorization": f"Bearer {token}"} if token else {}
        async with connect(
            f"{self.web.url.replace('http', 'ws', 1)}/api/v1/games/{code or self.code}/socket{query}",
            subprotocols=[V1],
            additional_headers={**credentials, **headers},
            compression=None,
            proxy=None,
            max_size=None,
        ) as socket:
            yield socket


async def heard(socket: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of this type; others before it are passed over."""
    async with asyncio.timeout(ANSWER_WITHIN_S):
        while True:
            message = json.loads(await socket.recv())
            if message["type"] == kind:
                return message


async def closed(socket: ClientConnection) -> tuple[list[dict[str, Any]], int | None, str]:
    """All that still comes, then the close code and reason."""
    messages: list[dict[str, Any]] = []
    async with asyncio.timeout(ANSWER_WITHIN_S):
        with suppress(ConnectionClosed):
            while True:
                messages.append(json.loads(await socket.recv()))
    return messages, socket.close_code, socket.close_reason or ""


async def expect_still_playing(table: Table) -> None:
    """Bob notices nothing: he connects, plans, and is accepted."""
    async with table.socket(table.bob) as socket:
        view = (await heard(socket, "welcome"))["view"]
        plan = {"type": "plan", "command_id": "bob-1", "round": view["round"], "steps": [{"type": "wait"}]}
        await socket.send(json.dumps(plan))
        assert (await heard(socket, "accepted"))["command_id"] == "bob-1"


@asynccontextmanager
async def table_with(**settings: Any) -> AsyncGenerator[Table]:
    async with live(**settings) as web, httpx.AsyncClient(base_url=web.url) as http:
        ada, bob = await guest(http, "Ada"), await guest(http, "Bob")
        http.headers["authorization"] = f"Bearer {ada}"
        code = await game(http, seats=3, bots=1, round_seconds=3600, seed=7)
        await http.post(f"/api/v1/games/{code}/join", headers={"authorization": f"Bearer {bob}"})
        assert (await http.post(f"/api/v1/games/{code}/start")).status_code == 204
        yield Table(web, code, ada, bob)
