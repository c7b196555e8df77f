"""What Colyseus speaks: rooms by its matchmaker, frames with a byte for their kind, messages in msgpack."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx
import msgspec

from bench.kit.lean_socket import BINARY, LeanSocket
from bench.peers.talks.plain import PlainTalk
from bench.peers.talks.talk import SEATS, Gone, Seat, greeted, next_frame

JOIN_ROOM: Final = 10
MESSAGE: Final = 13
PACKED: Final = msgspec.msgpack.Encoder()


def named(message: str) -> bytes:
    """The head of a message of that name."""
    return bytes((MESSAGE,)) + PACKED.encode(message)


PLAN: Final = named("plan")
ACCEPTED: Final = named("accepted")


class ColyseusTalk:
    """To ``servers/colyseus.mjs``, as its own client library does, without reading the patches."""

    kind = BINARY
    ping = pong = b""

    async def make_room(self, http: httpx.AsyncClient, url: str, number: int) -> Sequence[Seat]:
        first = await self._reserved(http, url, "create/plans", {"seat": "0"})
        room = str(first["roomId"])
        others = [await self._reserved(http, url, f"joinById/{room}", {"seat": str(seat)}) for seat in range(1, SEATS)]
        return [
            Seat(room, seat, f"/{reserved['processId']}/{room}?sessionId={reserved['sessionId']}")
            for seat, reserved in enumerate([first, *others])
        ]

    async def enter(self, http: httpx.AsyncClient, url: str, seat: Seat, *, again: bool = False) -> LeanSocket:
        path = seat.path
        if again:
            reserved = await self._reserved(http, url, f"joinById/{seat.room}", {"seat": str(seat.number)})
            path = f"/{reserved['processId']}/{seat.room}?sessionId={reserved['sessionId']}"
        socket, frames = await greeted(url, path)
        while (await next_frame(frames))[0] != JOIN_ROOM:
            pass
        socket.send(bytes((JOIN_ROOM,)), BINARY)
        return socket

    def action(self, seat: Seat, number: int) -> bytes:
        q = 1 if number % 2 else -1
        steps = [{"type": "move", "q": q, "r": 0}, {"type": "move", "q": 0, "r": q}]
        return PLAN + PACKED.encode({"n": number, "steps": steps})

    def is_answer(self, frame: bytes, seat: Seat, number: int) -> bool:
        return frame.startswith(ACCEPTED)

    async def kept(self, http: httpx.AsyncClient, url: str, seats: Sequence[Seat]) -> Mapping[str, int]:
        return await PlainTalk().kept(http, url, seats)

    async def _reserved(
        self, http: httpx.AsyncClient, url: str, method: str, options: Mapping[str, str]
    ) -> Mapping[str, Any]:
        answer = await http.post(f"{url}/matchmake/{method}", json=options)
        if answer.is_error:
            raise Gone(answer.text)
        reserved: Mapping[str, Any] = answer.json()
        return reserved
