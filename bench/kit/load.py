"""Players that send plans as fast as they are answered, or at a set rate, and note how long each answer took."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx

from bench.kit.lean_socket import LeanSocket
from bench.kit.machine import CLIENT_CORE, SERVER_CORE, on_core
from clew.client.guest import Guest
from tests.kit.server import Server

SETUP_AT_ONCE: Final = 16
SETUP_TIMEOUT_S: Final = 30.0
TICK_S: Final = 0.001
HOST: Final = "127.0.0.1"
PLAN: Final = (
    '{"type":"plan","command_id":"%d","round":1,"steps":[{"type":"move","vector":{"q":%d,"r":0}},{"type":"wait"}]}'
)


@dataclass(frozen=True)
class Measured:
    """Answers of one stretch of time."""

    seconds: float
    accepted: int
    refused: int
    latencies_ms: list[float]

    @property
    def per_second(self) -> float:
        return self.accepted / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds from when a plan was due to its ``accepted``."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class LoadPlayer:
    """One seat. In a closed loop it sends the next plan when the last one was answered."""

    def __init__(self, tally: "Tally") -> None:
        self._tally = tally
        self._due: deque[float] = deque()
        self._number = 0
        self.is_looping = False
        self.socket: LeanSocket | None = None

    def send(self, due: float) -> None:
        """Send a new plan; its time counts from ``due``, which may have passed already."""
        assert self.socket is not None, "send before the socket was opened"
        self._number += 1
        self._due.append(due)
        self.socket.send((PLAN % (self._number, 1 if self._number % 2 else -1)).encode())

    @property
    def waiting(self) -> int:
        """How many of their plans are not answered yet."""
        return len(self._due)

    def take(self, text: bytes) -> None:
        if text.startswith(b'{"type":"accepted"'):
            self._tally.note(self._due.popleft())
        elif text.startswith(b'{"type":"refused"'):
            self._due.popleft()
            self._tally.refuse()
        else:
            return
        if self.is_looping:
            self.send(time.perf_counter())


class Tally:
    """What all players together got answered since the last ``begin``."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._began = time.perf_counter()
        self._latencies_ms: list[float] = []
        self.refused = 0
        self._wanted, self._reached = 0, asyncio.Event()

    @property
    def answered(self) -> int:
        return len(self._latencies_ms) + self.refused

    def note(self, due: float) -> None:
        self._latencies_ms.append((time.perf_counter() - due) * 1000)
        self._look()

    def refuse(self) -> None:
        self.refused += 1
        self._look()

    async def wait_answered(self, count: int) -> None:
        """Until so many were answered since ``begin``."""
        self._wanted, self._reached = count, asyncio.Event()
        self._look()
        await self._reached.wait()

    def _look(self) -> None:
        if self.answered >= self._wanted:
            self._reached.set()

    def end(self) -> Measured:
        seconds = time.perf_counter() - self._began
        return Measured(seconds, len(self._latencies_ms), self.refused, self._latencies_ms)


class Load:
    """All players of some games on one server."""

    def __init__(self, patience_s: float = SETUP_TIMEOUT_S) -> None:
        """``patience_s``: how long one request of the setting up may take."""
        self._tally = Tally()
        self._players: list[LoadPlayer] = []
        self._patience_s = patience_s

    async def set_up(self, port: int, games: int, seats: int) -> None:
        """Make the games over HTTP, start them, and open a socket for every seat."""
        gate = asyncio.Semaphore(SETUP_AT_ONCE)
        limits = httpx.Limits(max_connections=SETUP_AT_ONCE)
        async with httpx.AsyncClient(limits=limits, timeout=self._patience_s) as http:

            async def one_game(number: int) -> None:
                async with gate:
                    await self._make_game(http, port, number, seats)

            async with asyncio.TaskGroup() as group:
                for number in range(games):
                    group.create_task(one_game(number), name=f"game {number}")

    async def _make_game(self, http: httpx.AsyncClient, port: int, number: int, seats: int) -> None:
        guests = [await Guest.sign_in(f"http://{HOST}:{port}", f"Load {seat}", http) for seat in range(seats)]
        made = await guests[0].create_game(seats=seats, bots=0, round_seconds=86_400, preset="labyrinth", seed=number)
        code = made["join_code"]
        for guest in guests[1:]:
            await guest.join(code)
        await guests[0].start(code)
        for guest in guests:
            player = LoadPlayer(self._tally)
            player.socket = await LeanSocket.open(HOST, port, f"/api/v1/games/{code}/socket", guest.token, player.take)
            self._players.append(player)

    async def closed_loop(self, warm_up_s: float, seconds: float) -> Measured:
        """Every player always waits for exactly one answer: the most that this many players can ask for."""
        for player in self._players:
            player.is_looping = True
            player.send(time.perf_counter())
        await asyncio.sleep(warm_up_s)
        self._tally.begin()
        await asyncio.sleep(seconds)
        measured = self._tally.end()
        for player in self._players:
            player.is_looping = False
        return measured

    async def closed_loop_of(self, plans: int) -> int:
        """The same until so many are accepted; how many were, with those that were on their way."""
        self._tally.begin()
        for player in self._players:
            player.is_looping = True
            player.send(time.perf_counter())
        await self._tally.wait_answered(plans)
        for player in self._players:
            player.is_looping = False
        await self._tally.wait_answered(self._tally.answered + sum(player.waiting for player in self._players))
        return self._tally.answered - self._tally.refused

    async def open_loop(self, per_second: float, warm_up_s: float, seconds: float) -> Measured:
        """Plans come at a set rate whatever the server does; a late answer counts from when its plan was due."""
        began, sent, is_measuring = time.perf_counter(), 0, False
        while (passed := time.perf_counter() - began) < warm_up_s + seconds:
            if passed >= warm_up_s and not is_measuring:
                self._tally.begin()
                is_measuring = True
            while sent < passed * per_second:
                self._players[sent % len(self._players)].send(began + sent / per_second)
                sent += 1
            await asyncio.sleep(TICK_S)
        return self._tally.end()

    def close(self) -> None:
        for player in self._players:
            if player.socket is not None:
                player.socket.close()


@asynccontextmanager
async def loaded(server: Server, games: int, seats: int) -> AsyncGenerator[Load]:
    """Start a server on a core of its own; what runs inside shares the other one with its players."""
    with on_core(SERVER_CORE):
        await server.launch()
    with on_core(CLIENT_CORE):
        try:
            await server.wait_ready()
            load = Load()
            await load.set_up(server.port, games, seats)
            yield load
            load.close()
        finally:
            await server.kill()
