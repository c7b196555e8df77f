"""What boardgame.io speaks: matches by its lobby, events of Socket.IO, the whole state after each move."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from bench.kit.lean_socket import TEXT, LeanSocket
from bench.peers.talks.talk import SEATS, Gone, Seat, greeted, next_frame, steps_of

SOCKET: Final = "/socket.io/?EIO=4&transport=websocket"
EVENT: Final = b"42/plans,"


class BoardgameTalk:
    """To ``servers/boardgame.mjs``, as its own client does. An answer is the state with one's own move in its log."""

    kind = TEXT
    ping, pong = b"2", b"3"

    async def make_room(self, http: httpx.AsyncClient, url: str, number: int) -> Sequence[Seat]:
        made = (await http.post(f"{url}/games/plans/create", json={"numPlayers": SEATS})).raise_for_status()
        match = str(made.json()["matchID"])
        seats: list[Seat] = []
        for seat in range(SEATS):
            joined = await http.post(
                f"{url}/games/plans/{match}/join", json={"playerID": str(seat), "playerName": f"Load {seat}"}
            )
            seats.append(Seat(match, seat, SOCKET, str(joined.raise_for_status().json()["playerCredentials"])))
        return seats

    async def enter(self, http: httpx.AsyncClient, url: str, seat: Seat, *, again: bool = False) -> LeanSocket:
        if again and (await http.get(f"{url}/games/plans/{seat.room}")).is_error:
            raise Gone(f"no match {seat.room}")
        socket, _ = await self._synced(url, seat)
        return socket

    def action(self, seat: Seat, number: int) -> bytes:
        move = (
            f'{{"type":"MAKE_MOVE","payload":{{"type":"plan","args":[{{"mark":"{seat.number}/{number}",'
            f'"steps":{steps_of(number)}}}],"playerID":"{seat.number}","credentials":"{seat.token}"}}}}'
        )
        return EVENT + f'["update",{move},0,"{seat.room}","{seat.number}"]'.encode()

    def is_answer(self, frame: bytes, seat: Seat, number: int) -> bool:
        return b'"mark":"%d/%d"' % (seat.number, number) in frame

    async def kept(self, http: httpx.AsyncClient, url: str, seats: Sequence[Seat]) -> Mapping[str, int]:
        firsts = [seat for seat in seats if seat.number == 0]
        plans = await asyncio.gather(*(self._plans(http, url, seat) for seat in firsts))
        return {name: number for found in plans for name, number in found.items()}

    async def _plans(self, http: httpx.AsyncClient, url: str, seat: Seat) -> Mapping[str, int]:
        """The last plan of everyone in this seat's match; nothing where the server has it no more or says nothing."""
        try:
            if (await http.get(f"{url}/games/plans/{seat.room}")).is_error:
                return {}
            socket, told = await self._synced(url, seat)
        except Gone:
            return {}
        socket.close()
        plans: Mapping[str, Any] = told[2]["state"]["G"]["plans"]
        return {f"{seat.room}/{player}": int(plan["number"]) for player, plan in plans.items()}

    async def _synced(self, url: str, seat: Seat) -> tuple[LeanSocket, list[Any]]:
        """A socket, and what it was told of the match."""
        socket, frames = await greeted(url, seat.path)
        await next_frame(frames)
        socket.send(b"40/plans,")
        await next_frame(frames)
        socket.send(EVENT + f'["sync","{seat.room}","{seat.number}","{seat.token}",{SEATS}]'.encode())
        while not (frame := await next_frame(frames)).startswith(EVENT + b'["sync"'):
            pass
        told: list[Any] = json.loads(frame.removeprefix(EVENT))
        return socket, told
