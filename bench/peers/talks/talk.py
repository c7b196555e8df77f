"""How one speaks to a server: what a room, an action and an answer are there."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

import httpx

from bench.kit.lean_socket import LeanSocket

SEATS: Final = 4
GREETED_WITHIN_S: Final = 10.0


@dataclass(frozen=True)
class Seat:
    """Where somebody comes in, also after a start, and what they show there."""

    room: str
    number: int
    path: str
    token: str = ""

    @property
    def name(self) -> str:
        return f"{self.room}/{self.number}"


class Gone(Exception):
    """The server no longer has that room."""


class Talk(Protocol):
    """One server's words. Actions of a seat are numbered from 1, and each is answered before the next is sent."""

    kind: int
    """Of frames: ``TEXT`` or ``BINARY``."""
    ping: bytes
    pong: bytes
    """A frame that asks for a sign of life, and the sign; empty where WebSocket's own are used."""

    async def make_room(self, http: httpx.AsyncClient, url: str, number: int) -> Sequence[Seat]:
        """A new room with its four seats, ready for their sockets."""
        ...

    async def enter(self, http: httpx.AsyncClient, url: str, seat: Seat, *, again: bool = False) -> LeanSocket:
        """A socket at that seat, after all greetings. ``again``: of one who was there before the server was killed.

        Raises ``Gone`` where the server says that there is no such room.
        """
        ...

    def action(self, seat: Seat, number: int) -> bytes: ...

    def is_answer(self, frame: bytes, seat: Seat, number: int) -> bool:
        """Whether the frame says that this action of theirs is done."""
        ...

    async def kept(self, http: httpx.AsyncClient, url: str, seats: Sequence[Seat]) -> Mapping[str, int]:
        """The last action of each seat that the server still knows, by the seat's name."""
        ...


def steps_of(number: int) -> str:
    """Two moves, other ones each time, so that each action changes something."""
    q = 1 if number % 2 else -1
    return f'[{{"type":"move","q":{q},"r":0}},{{"type":"move","q":0,"r":{q}}}]'


async def greeted(url: str, path: str, token: str = "") -> tuple[LeanSocket, "asyncio.Queue[bytes]"]:
    """A socket, and what comes from it until its ``on_text`` is another. Raises ``Gone`` if it is refused."""
    frames = asyncio.Queue[bytes]()
    where = urlsplit(url)
    assert where.hostname is not None
    assert where.port is not None
    try:
        socket = await LeanSocket.open(where.hostname, where.port, path, token, frames.put_nowait)
    except ConnectionError as refused:
        raise Gone(str(refused)) from refused
    return socket, frames


async def next_frame(frames: "asyncio.Queue[bytes]") -> bytes:
    """Raises ``Gone`` where none comes in time."""
    try:
        async with asyncio.timeout(GREETED_WITHIN_S):
            return await frames.get()
    except TimeoutError as late:
        raise Gone("no greeting") from late
