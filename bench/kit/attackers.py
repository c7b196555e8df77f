"""Floods for ``bench.hostile``: each bounded in number and time, on 127.0.0.1 only, in a process of its own."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import uvloop

CONNECTIONS: Final = 200
NICE: Final = 15
PAUSE_S: Final = 0.005
_KEY: Final = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
_PING: Final = b"\x89\xfd\0\0\0\0" + b"x" * 125
_EMPTY: Final = b"\x00\x80\0\0\0\0"


@dataclass(frozen=True)
class Target:
    """A server on this machine, and what an attacker may know: a token of their own, their game, one that is over."""

    port: int
    address: str
    """The attackers' own, of this machine."""
    token: str
    game: str
    over: str


class Line(asyncio.Protocol):
    """A connection that reads what it likes."""

    def __init__(self, *, reads: bool) -> None:
        self._reads = reads
        self.transport: Any = None
        self.gone = asyncio.get_running_loop().create_future()
        self._writable = asyncio.Event()
        self._writable.set()
        self._heard = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        if not self._reads:
            transport.pause_reading()

    def data_received(self, data: bytes) -> None:  # noqa: ARG002 - asyncio.Protocol passes it by this name
        self._heard.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - as above
        self._writable.set()
        self._heard.set()
        if not self.gone.done():
            self.gone.set_result(None)

    async def send(self, sent: bytes) -> None:
        """Raises ``ConnectionError`` once the server has hung up."""
        await self._writable.wait()
        if self.gone.done():
            raise ConnectionResetError
        self.transport.write(sent)

    async def hear(self) -> None:
        """Something, or the end."""
        self._heard.clear()
        if not self.gone.done():
            await self._heard.wait()


async def line(target: Target, *, reads: bool = True) -> Line:
    """Raises ``OSError`` where it is refused."""
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(
        lambda: Line(reads=reads), "127.0.0.1", target.port, local_addr=(target.address, 0)
    )
    return made


def attack(name: str, target: Target, seconds: float) -> None:
    """Run one flood until its time is over. It gives way to the players, who share its core: they are measured."""
    os.nice(NICE)
    uvloop.run(_bounded(FLOODS[name], target, seconds))


async def _bounded(flood: "Flood", target: Target, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as tasks:
            for _ in range(flood.at_once):
                tasks.create_task(_again_and_again(flood.one, target))


async def _again_and_again(one: "Attack", target: Target) -> None:
    while True:
        with suppress(OSError):
            await one(target)
        await asyncio.sleep(PAUSE_S)


# --- the attacks: each is one connection's life; when it ends, the next begins ----------------------------------------


async def _pings(target: Target) -> None:
    """Sends pings and reads nothing, not signed in."""
    made = await line(target, reads=False)
    await made.send(_handshake(target.game, None))
    while True:
        await made.send(_PING * 64)
        await asyncio.sleep(0)


async def _guest_pings(target: Target) -> None:
    """The same by somebody who is signed in."""
    made = await line(target, reads=False)
    await made.send(_handshake(target.game, target.token))
    await asyncio.sleep(0.1)
    while True:
        await made.send(_PING * 64)
        await asyncio.sleep(0)


async def _downloads(target: Target) -> None:
    """Asks for a replay and never reads it."""
    made = await line(target, reads=False)
    await made.send(_request("GET", f"/api/v1/games/{target.over}/replay"))
    await made.gone


async def _sockets(target: Target) -> None:
    """Opens a socket and never reads."""
    made = await line(target, reads=False)
    await made.send(_handshake(target.game, target.token))
    await made.gone


async def _codes(target: Target) -> None:
    """Tries join codes, one spelling after another, one request after another."""
    made = await line(target)
    for number in range(1_000):
        slashes = "/" * (1 + number % 3)
        await made.send(_request("GET", f"{slashes}api/v1/games/{number:06d}".replace("0", "Z")))
        await made.hear()


async def _half_bodies(target: Target) -> None:
    """Leaves in the middle of a body."""
    made = await line(target)
    head = "Content-Type: application/json\r\nContent-Length: 100\r\n"
    await made.send(_request("POST", "/api/v1/guests", head) + b'{"display_name":')
    await asyncio.sleep(0.01)
    made.transport.abort()


async def _upgrades(target: Target) -> None:
    """Asks for a socket without a name, over and over."""
    made = await line(target)
    await made.send(_handshake(target.game, None))
    await made.gone


async def _slow_loris(target: Target) -> None:
    """Sends a request's head, a byte now and then."""
    made = await line(target)
    for byte in _request("GET", "/", "X-Slow: yes\r\n" * 50):
        await made.send(bytes((byte,)))
        await asyncio.sleep(0.5)


async def _churn(target: Target) -> None:
    """Connects and leaves."""
    made = await line(target)
    made.transport.abort()
    await made.gone


async def _fragments(target: Target) -> None:
    """One message in empty pieces, without end, by somebody who is signed in."""
    made = await line(target)
    await made.send(_handshake(target.game, target.token))
    await made.hear()
    await made.send(b"\x01\x80\0\0\0\0")
    while True:
        await made.send(_EMPTY * 256)
        await asyncio.sleep(0)


async def _requests(target: Target) -> None:
    """Pages, as fast as they come."""
    made = await line(target)
    while True:
        await made.send(_request("GET", "/"))
        await made.hear()


async def _piles(target: Target) -> None:
    """Requests in piles, without waiting for answers."""
    made = await line(target)
    while True:
        await made.send(_request("GET", "/health/live") * 50)
        await asyncio.sleep(0)


def _request(method: str, path: str, more: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\n{more}\r\n".encode()


def _handshake(code: str, token: str | None) -> bytes:
    named = f"Authorization: Bearer {token}\r\n" if token else ""
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: minotaur.v1\r\n"
    return _request("GET", f"/api/v1/games/{code}/socket", upgrade + _KEY + named)


Attack = Callable[[Target], Awaitable[None]]


@dataclass(frozen=True)
class Flood:
    """One kind of attack, so many at once."""

    one: Attack
    at_once: int


FLOODS: Final = {
    "pings": Flood(_pings, 4),
    "guest_pings": Flood(_guest_pings, 4),
    "downloads": Flood(_downloads, 100),
    "sockets": Flood(_sockets, 100),
    "codes": Flood(_codes, 50),
    "half_bodies": Flood(_half_bodies, 50),
    "upgrades": Flood(_upgrades, 50),
    "slow_loris": Flood(_slow_loris, CONNECTIONS),
    "churn": Flood(_churn, 20),
    "fragments": Flood(_fragments, 10),
    "requests": Flood(_requests, 20),
    "piles": Flood(_piles, 10),
}
