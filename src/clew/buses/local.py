"""The bus within one process: one node alone, or many simulated ones that share it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from clew.buses.answering import Answer, Answering
from clew.buses.asking import Asking
from clew.buses.bounds import FOLLOWER_MESSAGES_MAX
from clew.buses.follower import Follower
from clew.buses.metrics import BusMetrics
from clew.buses.owner import owned_tasks
from clew.sessions.bounds import BUS_BODY_BYTES_MAX
from clew.sessions.ports.clock import Clock

T = TypeVar("T")


@asynccontextmanager
async def open_local(
    clock: Clock, metrics: BusMetrics, follower_messages_max: int = FOLLOWER_MESSAGES_MAX
) -> AsyncGenerator[LocalBus]:
    """A bus until the end of the block; then what is being answered ends, and whoever waits for it gets ``Late``."""
    async with owned_tasks() as tasks:
        bus = LocalBus(clock, metrics, tasks, follower_messages_max)
        try:
            yield bus
        finally:
            bus.close()


class LocalBus:
    """The port ``Bus`` without a network. Where several serve one address, the first of them answers."""

    def __init__(
        self,
        clock: Clock,
        metrics: BusMetrics,
        tasks: asyncio.TaskGroup,
        follower_messages_max: int = FOLLOWER_MESSAGES_MAX,
    ) -> None:
        self._metrics = metrics
        self._follower_messages_max = follower_messages_max
        self._asking = Asking(clock, metrics)
        self._answering = Answering(tasks, metrics)
        self._services: dict[str, list[Answer]] = {}
        self._followers: dict[str, list[Follower]] = {}
        self._closed = False
        metrics.connected.set(1)

    @property
    def lack(self) -> str | None:
        return "closed" if self._closed else None

    async def serve(self, address: str, answer: Answer) -> LocalSubscription:
        services = self._services.setdefault(address, [])
        services.append(answer)
        return LocalSubscription(lambda: self._leave(self._services, address, answer))

    async def request(self, address: str, body: bytes, within_s: float) -> bytes:
        assert len(body) <= BUS_BODY_BYTES_MAX, "a request fits in one message"
        return await self._asking.ask(address, within_s, lambda number: self._send(address, body, number))

    async def follow(
        self, channel: str, deliver: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> LocalSubscription:
        follower = Follower(deliver, broken, self._metrics, self._follower_messages_max)
        self._followers.setdefault(channel, []).append(follower)

        def leave() -> None:
            follower.close()
            self._leave(self._followers, channel, follower)

        return LocalSubscription(leave)

    def publish(self, channel: str, feed: str, body: bytes) -> None:
        assert len(body) <= BUS_BODY_BYTES_MAX, "a message of a feed fits in one"
        if self._closed:
            self._metrics.lost.inc()
            return
        self._metrics.published.inc()
        # Only queued here: nobody is called, so nobody can leave while this goes through them.
        for follower in self._followers.get(channel, ()):
            follower.push(feed, body)

    def close(self) -> None:
        """End what is being answered, and be unreachable for good."""
        self._closed = True
        self._metrics.connected.set(0)
        self._asking.no_answers()
        self._answering.close()
        for followers in self._followers.values():
            for follower in followers:
                follower.close()

    def _send(self, address: str, body: bytes, number: int) -> bool:
        services = self._services.get(address)
        if self._closed or not services:
            return False
        self._answering.begin(address, services[0], body, lambda given: self._reply(number, given))
        return True

    def _reply(self, number: int, given: bytes | None) -> None:
        if given is None:
            self._asking.no_answer(number)
        else:
            self._asking.answered(number, given)

    def _leave(self, entries: dict[str, list[T]], name: str, leaver: T) -> None:
        entries[name].remove(leaver)
        if not entries[name]:
            del entries[name]


class LocalSubscription:
    """A place on the bus, left once."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave: Callable[[], None] | None = leave

    async def close(self) -> None:
        # Taken out before it is called: closed twice, it leaves once.
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()
