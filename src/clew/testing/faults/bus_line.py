"""A node's own line to the bus that all share: held up with its process, cut, and losing what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from clew.sessions.cluster.messages import Take, node_messages
from clew.sessions.faults import Late, Nobody
from clew.sessions.ports.bus import Bus, Subscription
from clew.sessions.ports.clock import Clock
from clew.testing.faults.gate import ProcessGate


def is_take(body: bytes) -> bool:
    """Whether a request hands sessions over."""
    return isinstance(node_messages.decode(body), Take)


class GatedBus:
    """A node's line to a bus that all share. Keeps ``Bus``, and loses what it is told to."""

    def __init__(self, bus: Bus, clock: Clock, gate: ProcessGate) -> None:
        self._bus = bus
        self._clock = clock
        self._gate = gate
        self._cuts = 0
        self._up = True
        self._served: list[_Served] = []
        self._breaks: list[Callable[[], None]] = []
        self.loses_request: Callable[[bytes], bool] = lambda _: False
        """Which questions of this node are lost on the way: they are ``Late``, and never heard."""
        self.loses_answer: Callable[[bytes], bool] = lambda _: False
        """Which questions of this node are heard, their answers lost."""
        self.slow_answer_s: Callable[[bytes], float] = lambda _: 0.0
        """How long the answers to which questions are on their way."""
        self.loses_message: Callable[[str, str], bool] = lambda _channel, _feed: False
        """Which messages of its feeds are lost."""
        self.delays_message: Callable[[str, str], bool] = lambda _channel, _feed: False
        """Which are overtaken by the next one that is not."""
        self._delayed: list[tuple[str, str, bytes]] = []

    @property
    def lack(self) -> str | None:
        return None if self._up else "cut by a test"

    async def cut(self) -> None:
        """As when its connection broke: nobody finds it any more, and it finds nobody."""
        if self._up:
            self._up = False
            self._cuts += 1
            for served in self._served:
                await served.leave()

    async def mend(self) -> None:
        if not self._up:
            self._up = True
            for served in self._served:
                await served.come_back()
            for broken in tuple(self._breaks):
                self._gate.let_in(broken)

    async def serve(self, address: str, answer: Callable[[bytes], Awaitable[bytes]]) -> Subscription:
        async def through(body: bytes) -> bytes:
            cuts = self._cuts
            await self._gate.passed()
            given = await answer(body) if self._up else b""
            await self._gate.passed()
            if not self._up or cuts != self._cuts:
                await asyncio.Event().wait()  # the question or the answer is lost on the way
            return given

        served = _Served(self._bus, address, through, self._served)
        if self._up:
            await served.come_back()
        return served

    async def request(self, address: str, body: bytes, within_s: float) -> bytes:
        await self._gate.passed()
        if not self._up:
            raise Nobody(address)
        cuts = self._cuts
        if self.loses_request(body):
            await self._clock.sleep(within_s)
            raise Late(address)
        try:
            given = await self._bus.request(address, body, within_s)
        finally:
            await self._gate.passed()
        if (slow_s := self.slow_answer_s(body)) > 0:
            await self._clock.sleep(slow_s)
        if cuts != self._cuts:
            raise Late(address)
        if self.loses_answer(body):
            await self._clock.sleep(within_s)
            raise Late(address)
        return given

    async def follow(
        self, channel: str, deliver: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> Subscription:
        def through(feed: str, body: bytes) -> None:
            if self._up:
                self._gate.let_in(lambda: deliver(feed, body))

        place = await self._bus.follow(channel, through, lambda: self._gate.let_in(broken))
        return _Followed(place, self._breaks, broken)

    def publish(self, channel: str, feed: str, body: bytes) -> None:
        if not self._up or self.loses_message(channel, feed):
            return
        if self.delays_message(channel, feed):
            self._delayed.append((channel, feed, body))
            return
        self._bus.publish(channel, feed, body)
        delayed, self._delayed = self._delayed, []
        for late in delayed:
            self._bus.publish(*late)


class _Served:
    """An address that is there while the line is."""

    def __init__(
        self, bus: Bus, address: str, answer: Callable[[bytes], Awaitable[bytes]], among: list[_Served]
    ) -> None:
        self._bus = bus
        self._address = address
        self._answer = answer
        self._among = among
        self._place: Subscription | None = None
        among.append(self)

    async def come_back(self) -> None:
        self._place = await self._bus.serve(self._address, self._answer)

    async def leave(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            await place.close()

    async def close(self) -> None:
        if self in self._among:
            self._among.remove(self)
        await self.leave()


class _Followed:
    def __init__(self, place: Subscription, breaks: list[Callable[[], None]], broken: Callable[[], None]) -> None:
        self._place = place
        self._breaks = breaks
        self._broken = broken
        breaks.append(broken)

    async def close(self) -> None:
        if self._broken in self._breaks:
            self._breaks.remove(self._broken)
        await self._place.close()
