"""What the plain servers speak: JSON texts, a room that is made by its name."""

from collections.abc import Mapping, Sequence

import httpx

from bench.kit.lean_socket import TEXT, LeanSocket
from bench.peers.talks.talk import SEATS, Seat, greeted, steps_of


class PlainTalk:
    """To ``servers/rooms.py``, ``workflows.py`` and ``echo.py``."""

    kind = TEXT
    ping = pong = b""

    async def make_room(self, http: httpx.AsyncClient, url: str, number: int) -> Sequence[Seat]:
        code = f"room-{number}"
        (await http.post(f"{url}/rooms/{code}")).raise_for_status()
        return [Seat(code, seat, f"/rooms/{code}/{seat}") for seat in range(SEATS)]

    async def enter(self, http: httpx.AsyncClient, url: str, seat: Seat, *, again: bool = False) -> LeanSocket:
        socket, _ = await greeted(url, seat.path)
        return socket

    def action(self, seat: Seat, number: int) -> bytes:
        return f'{{"type":"plan","n":{number},"steps":{steps_of(number)}}}'.encode()

    def is_answer(self, frame: bytes, seat: Seat, number: int) -> bool:
        return frame.startswith((b'{"type": "accepted"', b'{"type":"accepted"'))

    async def kept(self, http: httpx.AsyncClient, url: str, seats: Sequence[Seat]) -> Mapping[str, int]:
        answer = (await http.get(f"{url}/kept")).raise_for_status()
        kept: Mapping[str, int] = answer.json()
        return kept
