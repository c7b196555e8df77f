"""A player at a gateway who sends plans and notes how long each answer took; it connects again when it is sent away."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Final

from bench.kit.lean_socket import LeanSocket
from bench.kit.many_games import Made

HOST: Final = "127.0.0.1"
AGAIN_S: Final = 0.05
AT_ONCE: Final = 64


class Planner:
    """One seat. A plan that was not answered when the connection broke is sent again under the same id."""

    def __init__(self, made: Made, ports: Sequence[int], round_number: int) -> None:
        self.made = made
        self._ports = ports
        self._round = round_number
        self._number = 0
        self._sent_at_s = 0.0
        self._answered: asyncio.Future[str] | None = None
        self._socket: LeanSocket | None = None
        self.refusals: list[str] = []
        self.connections = 0
        self.accepted = 0
        self.connected = asyncio.Event()

    async def stay(self) -> None:
        """Be connected until cancelled, trying one port after another."""
        attempt = 0
        while True:
            port = self._ports[attempt % len(self._ports)]
            attempt += 1
            try:
                path = f"/api/v1/games/{self.made.join_code}/socket"
                socket = await LeanSocket.open(HOST, port, path, self.made.token, self._take)
            except OSError:
                await asyncio.sleep(AGAIN_S)
                continue
            self.connections += 1
            self._socket = socket
            self.connected.set()
            if self._answered is not None and not self._answered.done():
                self._send()
            await socket.closed
            self._socket = None

    async def plan(self) -> float:
        """Send a new plan; gives the seconds until it was accepted."""
        self._number += 1
        self._sent_at_s = time.perf_counter()
        while True:
            self._answered = asyncio.get_running_loop().create_future()
            self._send()
            if await self._answered == "accepted":
                self.accepted += 1
                return time.perf_counter() - self._sent_at_s
            await asyncio.sleep(AGAIN_S)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def _send(self) -> None:
        if self._socket is not None and not self._socket.is_closing:
            plan = {
                "type": "plan",
                "command_id": f"bench-{self._number}",
                "round": self._round,
                "steps": [{"type": "wait"}] * (self._number % 4),
            }
            self._socket.send(json.dumps(plan).encode())

    def _take(self, text: bytes) -> None:
        if not text.startswith((b'{"type":"accepted"', b'{"type":"refused"')):
            return
        answer = json.loads(text)
        if answer["type"] == "refused":
            self.refusals.append(answer["error"]["code"])
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(answer["type"])


async def connected(planners: Sequence[Planner], group: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
    """Have all of them connected, and each planned once; gives the tasks that keep them so."""
    gate = asyncio.Semaphore(AT_ONCE)
    tasks = list[asyncio.Task[None]]()

    async def begin(planner: Planner) -> None:
        async with gate:
            tasks.append(group.create_task(planner.stay(), name="planner"))
            await planner.connected.wait()
            await planner.plan()

    async with asyncio.TaskGroup() as beginning:
        for planner in planners:
            beginning.create_task(begin(planner), name="begin")
    return tasks


def distribution(seconds: Sequence[float]) -> str:
    """``p50 / p90 / p99 / max`` in milliseconds."""
    ordered = sorted(seconds)

    def at(share: float) -> str:
        return f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:7.0f}"

    return " ".join((at(0.5), at(0.9), at(0.99), f"{ordered[-1] * 1000:7.0f}"))
