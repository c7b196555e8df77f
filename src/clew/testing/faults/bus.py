"""A bus that fails when a test says so. What it lets through, the bus beneath it carries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from prometheus_client import CollectorRegistry

from clew.buses.bounds import FOLLOWER_MESSAGES_MAX
from clew.buses.local import open_local
from clew.buses.metrics import BusMetrics
from clew.sessions.faults import Late, Nobody
from clew.sessions.ports.bus import Bus, Subscription
from clew.sessions.ports.clock import Clock

_BROKEN: Final = "broken"
"""A feed of our own, on which followers are told that the bus was away, after all that came before."""


class FaultyBus:
    """``Bus`` for all nodes of a fleet at once: cut and mended for all of them, and losing what it is told to."""

    def __init__(self, bus: Bus, clock: Clock, metrics: BusMetrics) -> None:
        self._bus = bus
        self._clock = clock
        self._metrics = metrics
        self._up = True
        self._to_drop = 0
        self._waiting = set[asyncio.Timeout]()
        self._channels = list[str]()

    @property
    def lack(self) -> str | None:
        return self._bus.lack if self._up else "cut by a test"

    def cut(self) -> None:
        """Be unreachable: requests find nobody, those on their way get no answer, what is published is lost."""
        self._up = False
        self._metrics.connected.set(0)
        waiting, self._waiting = self._waiting, set[asyncio.Timeout]()
        for request in waiting:
            request.reschedule(asyncio.get_running_loop().time())

    def mend(self) -> None:
        """Be reachable again, and tell every follower. Of a bus that was not cut: nothing."""
        if self._up:
            return
        self._up = True
        self._metrics.connected.set(1)
        self._metrics.reconnects.inc()
        for channel in set(self._channels):
            self._bus.publish(channel, _BROKEN, b"")

    def drop_next(self, messages: int) -> None:
        """Lose the next so many without a word: requests, answers and messages of feeds alike."""
        self._to_drop += messages

    def lose_no_more(self) -> None:
        """What was still to be lost is not."""
        self._to_drop = 0

    async def serve(self, address: str, answer: Callable[[bytes], Awaitable[bytes]]) -> Subscription:
        return await self._bus.serve(address, answer)

    async def request(self, address: str, body: bytes, within_s: float) -> bytes:
        if not self._up:
            self._metrics.nobody.inc()
            raise Nobody(address)
        ends_s = self._clock.monotonic() + within_s
        try:
            async with asyncio.timeout(None) as until_cut:
                self._waiting.add(until_cut)
                try:
                    if not self._drops():
                        given = await self._bus.request(address, body, within_s)
                        if not self._drops():
                            return given
                    await self._clock.sleep(ends_s - self._clock.monotonic())
                finally:
                    self._waiting.discard(until_cut)
        except TimeoutError:
            pass  # it was cut
        self._metrics.late.inc()
        raise Late(address)

    async def follow(
        self, channel: str, deliver: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> Subscription:
        def delivered(feed: str, body: bytes) -> None:
            if feed == _BROKEN:
                self._metrics.broken.inc()
                broken()
            else:
                deliver(feed, body)

        place = await self._bus.follow(channel, delivered, broken)
        self._channels.append(channel)
        return _Followed(place, lambda: self._channels.remove(channel))

    def publish(self, channel: str, feed: str, body: bytes) -> None:
        assert feed != _BROKEN, "a feed of the bus's own"
        if not self._up or self._drops():
            self._metrics.lost.inc()
            return
        self._bus.publish(channel, feed, body)

    def _drops(self) -> bool:
        if self._to_drop == 0:
            return False
        self._to_drop -= 1
        return True


class _Followed:
    def __init__(self, place: Subscription, leave: Callable[[], None]) -> None:
        self._place = place
        self._leave: Callable[[], None] | None = leave

    async def close(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()
        await self._place.close()


@asynccontextmanager
async def open_faulty_bus(
    clock: Clock, metrics: BusMetrics | None = None, follower_messages_max: int = FOLLOWER_MESSAGES_MAX
) -> AsyncGenerator[FaultyBus]:
    """A bus within this process until the end of the block, and in a test's hands."""
    metrics = metrics or BusMetrics(CollectorRegistry())
    async with open_local(clock, metrics, follower_messages_max) as bus:
        yield FaultyBus(bus, clock, metrics)
