"""The bus between machines: NATS, asked for nothing but speed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

from clew.buses.answering import Answer, Answering
from clew.buses.asking import Asking
from clew.buses.bounds import FOLLOWER_MESSAGES_MAX, NATS_START_WITHIN_S
from clew.buses.follower import Follower
from clew.buses.metrics import BusMetrics
from clew.buses.nats.keeper import Keeper
from clew.buses.nats.link import Heard, Link
from clew.buses.nats.settings import NatsSettings
from clew.buses.nats.subjects import Subjects, read
from clew.buses.nats.subscriptions import NatsSubscription, NatsSubscriptions
from clew.buses.owner import owned_tasks
from clew.sessions.bounds import BUS_BODY_BYTES_MAX
from clew.sessions.ports.clock import Clock

_ONE_OF_THEM = "one"
"""The group of all who serve one address."""


@asynccontextmanager
async def open_nats(
    settings: NatsSettings,
    clock: Clock,
    metrics: BusMetrics,
    chance: random.Random,
    follower_messages_max: int = FOLLOWER_MESSAGES_MAX,
) -> AsyncGenerator[NatsBus]:
    """A bus until the end of the block. Raises ``UnusableNats`` where the settings can never work.

    Where no server can be reached (each was tried, or ``NATS_START_WITHIN_S`` went by) it begins without one, and goes
    on trying. ``chance`` chooses the servers' order and the pauses. On the way out what was sent before is handed to
    the server, bounded; what is being answered ends, and whoever waits for an answer gets ``Late``.
    """
    settings.check()
    async with owned_tasks() as tasks:
        bus = NatsBus(settings, clock, metrics, tasks, follower_messages_max)
        keeper = Keeper(settings, clock, chance, bus.hear, bus.found, bus.lost)
        bus.why_lost = keeper.why
        keeping = tasks.create_task(keeper.run(), name="keep the bus connected")
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(NATS_START_WITHIN_S):
                    await keeper.tried.wait()
            yield bus
        finally:
            await bus.close()
            keeper.stop()
            keeping.cancel()


class NatsBus:
    """The port ``Bus`` over one connection, to whichever of the servers can be reached.

    Two nodes on different servers of one NATS cluster may find ``Nobody`` for the moment it takes the servers to tell
    each other who serves what.
    """

    def __init__(
        self,
        settings: NatsSettings,
        clock: Clock,
        metrics: BusMetrics,
        tasks: asyncio.TaskGroup,
        follower_messages_max: int = FOLLOWER_MESSAGES_MAX,
    ) -> None:
        self._subjects = Subjects(settings.program, settings.cluster)
        self._metrics = metrics
        self._follower_messages_max = follower_messages_max
        self._asking = Asking(clock, metrics)
        self._answering = Answering(tasks, metrics)
        self._subscriptions = NatsSubscriptions()
        self._link: Link | None = None
        self._links = 0
        self.is_connected = False
        """A server can be reached, and knows all that is served and followed here."""
        self.why_lost: Callable[[], str] = lambda: ""

    @property
    def lack(self) -> str | None:
        return None if self.is_connected else self.why_lost() or "not connected yet"

    async def serve(self, address: str, answer: Answer) -> NatsSubscription:
        def asked(heard: Heard) -> None:
            self._answering.begin(address, answer, heard.body, lambda given: self._reply(heard.reply, given))

        return await self._subscriptions.add(self._subjects.address(address), asked, group=_ONE_OF_THEM)

    async def request(self, address: str, body: bytes, within_s: float) -> bytes:
        assert len(body) <= BUS_BODY_BYTES_MAX, "a request fits in one message"
        return await self._asking.ask(address, within_s, lambda number: self._ask(address, body, number))

    async def follow(
        self, channel: str, deliver: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> NatsSubscription:
        follower = Follower(deliver, broken, self._metrics, self._follower_messages_max)

        def told(heard: Heard) -> None:
            follower.push(read(heard.subject.rpartition(".")[2]), heard.body)

        return await self._subscriptions.add(self._subjects.feeds(channel), told, follower=follower)

    def publish(self, channel: str, feed: str, body: bytes) -> None:
        assert len(body) <= BUS_BODY_BYTES_MAX, "a message of a feed fits in one"
        if self._link is not None and self._link.send(self._subjects.feed(channel, feed), body):
            self._metrics.published.inc()
        else:
            self._metrics.lost.inc()

    async def close(self) -> None:
        """Hand over what was sent, stop answering, deliver no more."""
        self._answering.close()
        self._subscriptions.close_followers()
        if self._link is not None:
            await self._link.confirm()

    # --- what the keeper tells -------------------------------------------------------------------------------------

    async def found(self, link: Link) -> None:
        """There is a link: serve and follow on it, and tell those who followed before."""
        self._link = link
        # Until that returns others may not find this node yet; so nothing calls it connected before.
        followers = await self._subscriptions.move_to(link)
        # Lost again during the await: the keeper calls ``lost`` next, and what is said here would stand after it.
        if link.is_lost:
            return
        for follower in followers:
            follower.mark_broken()
        self._links += 1
        if self._links > 1:
            self._metrics.reconnects.inc()
        self._metrics.connected.set(1)
        self.is_connected = True

    def lost(self) -> None:
        """There is none any more, and no answer to what was asked over it."""
        self._link = None
        self._subscriptions.leave_link()
        self.is_connected = False
        self._metrics.connected.set(0)
        self._asking.no_answers()

    def hear(self, heard: Heard) -> None:
        """Take in what came to the inbox: under its number, the answer to a question."""
        number = heard.subject.rpartition(".")[2]
        if not number.isdecimal():
            return
        if heard.nobody:
            self._asking.nobody(int(number))
        elif heard.no_answer:
            self._asking.no_answer(int(number))
        else:
            self._asking.answered(int(number), heard.body)

    def _ask(self, address: str, body: bytes, number: int) -> bool:
        link = self._link
        return link is not None and link.send(self._subjects.address(address), body, f"{link.inbox}.{number}")

    def _reply(self, to: str, given: bytes | None) -> None:
        if self._link is None or not to:
            return
        if given is None:
            self._link.send_no_answer(to)
        else:
            self._link.send(to, given)
