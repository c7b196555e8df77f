"""Everyone in all rooms of one server, each with one action on its way at all times."""

import asyncio
import time
from collections.abc import Sequence
from typing import Final

import httpx

from bench.kit.lean_socket import LeanSocket
from bench.peers.talks.talk import Gone, Seat, Talk

AT_ONCE: Final = 16
CALL_WITHIN_S: Final = 60.0
QUIET_WITHIN_S: Final = 10.0
"""How long a player waits for an answer after the kill, until they are taken to be shut out."""


class Player:
    """One seat."""

    def __init__(self, seat: Seat, talk: Talk, crowd: "Crowd") -> None:
        self.seat = seat
        self.sent = self.acknowledged = 0
        self._talk = talk
        self._crowd = crowd
        self._began = 0.0
        self.first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answered: asyncio.Future[None] | None = None
        self.socket: LeanSocket | None = None

    def sit(self, socket: LeanSocket) -> None:
        self.socket = socket
        socket.on_text = self.take

    def act(self) -> None:
        """Send the next action."""
        assert self.socket is not None
        self.sent += 1
        self._began = time.perf_counter()
        self.socket.send(self._talk.action(self.seat, self.sent), self._talk.kind)

    async def is_answered(self) -> bool:
        """Wait for the answer to their action; False if the socket is closed before, or it takes too long."""
        if self.socket is not None and self.acknowledged < self.sent:
            self._answered = asyncio.get_running_loop().create_future()
            first = asyncio.FIRST_COMPLETED
            await asyncio.wait([self._answered, self.socket.closed], timeout=QUIET_WITHIN_S, return_when=first)
        return self.acknowledged == self.sent

    def take(self, frame: bytes) -> None:
        crowd = self._crowd
        crowd.frames += 1
        crowd.bytes += len(frame)
        if self._talk.is_answer(frame, self.seat, self.sent):
            if self.acknowledged < self.sent:
                self.acknowledged = self.sent
                crowd.took_s.append(time.perf_counter() - self._began)
                if self.sent == 1:
                    self.first.set_result(None)
                if crowd.is_looping:
                    self.act()
                elif self._answered is not None and not self._answered.done():
                    self._answered.set_result(None)
        elif frame == self._talk.ping:
            assert self.socket is not None
            self.socket.send(self._talk.pong, self._talk.kind)


class Crowd:
    """What all of them got, and how long each answer took."""

    def __init__(self, talk: Talk, url: str) -> None:
        self.players: list[Player] = []
        self.is_looping = False
        self.frames = self.bytes = 0
        self.took_s: list[float] = []
        self._talk = talk
        self._url = url
        self._http = httpx.AsyncClient(timeout=CALL_WITHIN_S, limits=httpx.Limits(max_connections=AT_ONCE))

    @property
    def acknowledged(self) -> int:
        return sum(player.acknowledged for player in self.players)

    async def come_in(self, rooms: int) -> None:
        """Make the rooms, and take every seat in them."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> None:
            async with gate:
                for seat in await self._talk.make_room(self._http, self._url, number):
                    player = Player(seat, self._talk, self)
                    player.sit(await self._talk.enter(self._http, self._url, seat))
                    self.players.append(player)

        async with asyncio.TaskGroup() as group:
            for number in range(rooms):
                group.create_task(one(number), name=f"room {number}")

    def begin(self) -> None:
        """Everyone acts, and again after each answer."""
        self.is_looping = True
        for player in self.players:
            player.act()

    async def all_answered(self, within_s: float) -> None:
        """Wait until everyone was, at least once, or so long."""
        firsts = [player.first for player in self.players]
        await asyncio.wait(firsts, timeout=within_s)

    async def go(self) -> None:
        """Nobody acts any more, and all sockets are closed once nothing more can come."""
        self.is_looping = False
        await asyncio.gather(*(player.is_answered() for player in self.players))
        for player in self.players:
            if player.socket is not None:
                player.socket.close()

    async def lost(self) -> int:
        """How many acknowledged actions the server no longer has."""
        seats = [player.seat for player in self.players]
        kept = await self._talk.kept(self._http, self._url, seats)
        return sum(max(0, player.acknowledged - kept.get(player.seat.name, 0)) for player in self.players)

    async def rooms_that_go_on(self) -> int:
        """In how many rooms everyone comes in again, with what they had, and has one more action acknowledged."""
        rooms: dict[str, list[Player]] = {}
        for player in self.players:
            rooms.setdefault(player.seat.room, []).append(player)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(players: Sequence[Player]) -> bool:
            async with gate:
                return all([await self._goes_on(player) for player in players])

        return sum(await asyncio.gather(*(one(players) for players in rooms.values())))

    async def _goes_on(self, player: Player) -> bool:
        try:
            player.sit(await self._talk.enter(self._http, self._url, player.seat, again=True))
        except Gone:
            return False
        player.act()
        return await player.is_answered()

    async def close(self) -> None:
        for player in self.players:
            if player.socket is not None:
                player.socket.close()
        await self._http.aclose()
