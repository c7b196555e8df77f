"""What stands between a node and its world, so that a test can stop its process, or cut it off, while others go on."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any

from clew.sessions.faults import Busy, Late, Nobody, OutcomeUnknown
from clew.sessions.ids import Millis
from clew.sessions.ports.bus import Bus, Subscription
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.testing.hand_clock import HandTimer, Passing
from tests.kit.faulty_store import FaultyStore, Trouble
from tests.kit.through import ports_through

WRITING = frozenset(
    {"create", "commit", "claim", "refence", "release", "transfer", "put_to_sleep", "wake", "quarantine"}
    | {"register", "renew", "retire", "declare_dead", "forget", "note_setback"}
)
"""The calls whose outcome may be unknown."""


class Gate:
    """One process. While it is paused (as by SIGSTOP) nothing reaches it; what came meanwhile waits for it in order."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] | None = None

    @property
    def paused(self) -> bool:
        return self._waiting is not None

    def pause(self) -> None:
        if self._waiting is None:
            self._waiting = deque()

    def go_on(self, *, backwards: bool = False) -> None:
        """Everything that waited is let in at once; a poll gives no order, so a test may turn it round."""
        waiting, self._waiting = self._waiting or deque[Callable[[], None]](), None
        for call in reversed(waiting) if backwards else waiting:
            call()

    def let_in(self, call: Callable[[], None]) -> None:
        """Now, or when it goes on."""
        if self._waiting is None:
            call()
        else:
            self._waiting.append(call)

    async def passed(self) -> None:
        """Until the process runs."""
        if self._waiting is not None:
            passed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(lambda: None if passed.done() else passed.set_result(None))
            await passed


class GatedClock:
    """Goes on while its node is paused; the node hears of it later."""

    def __init__(self, clock: Clock, gate: Gate) -> None:
        self._clock = clock
        self._gate = gate
        self.ahead_ms = 0
        """What its machine's wall clock is ahead of the fleet's, which is the store's."""

    def now(self) -> Millis:
        return self._clock.now() + self.ahead_ms

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def call_later(self, delay_s: float, call: Callable[[], None]) -> HandTimer:
        timer = HandTimer(lambda: None if timer.canceled else call())
        self._clock.call_later(delay_s, lambda: self._gate.let_in(timer.call))
        return timer

    async def sleep(self, delay_s: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer = self.call_later(delay_s, lambda: None if woken.done() else woken.set_result(None))
        try:
            await woken
        finally:
            timer.cancel()


class GatedStore(Store):
    """A node's line to the store, with faults for every call by name beside those of ``FaultyStore``."""

    def __init__(self, faults: FaultyStore, gate: Gate, done: Callable[[str, tuple[Any, ...], Any], None]) -> None:
        super().__init__(**ports_through(faults, self._passing), health=faults.health)
        self._gate = gate
        self._done = done
        self._loose = asyncio.Event()
        self.refused = set[str]()
        """Calls of these names are ``Busy``: a test takes away one way to see another used."""
        self.troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        self.called: defaultdict[str, int] = defaultdict(int)

    def unstick(self) -> None:
        self._loose.set()
        self._loose = asyncio.Event()

    async def _passing(self, name: str, work: Callable[[], Awaitable[Any]], args: tuple[Any, ...]) -> Any:
        await self._gate.passed()
        self.called[name] += 1
        await Passing()  # a round trip, in which others run
        given = await self._call(name, work, args)
        await self._gate.passed()
        return given

    async def _call(self, name: str, work: Callable[[], Awaitable[Any]], args: tuple[Any, ...]) -> Any:
        if name in self.refused:
            raise Busy(f"{name} is refused")
        trouble = self.troubles[name].popleft() if self.troubles[name] else None
        unknown = trouble in (Trouble.LOST, Trouble.LANDED)
        assert not unknown or name in WRITING, f"the port never says that the outcome of {name} is unknown"
        match trouble:
            case Trouble.BUSY:
                raise Busy(f"{name} told to be busy")
            case Trouble.LOST:
                raise OutcomeUnknown(f"{name} told to be lost")
            case Trouble.LATE:
                raise AssertionError("late calls are for FaultyStore's commits")
            case Trouble.STUCK:
                await self._loose.wait()
            case Trouble.LANDED | Trouble.HELD_BACK | None:
                pass
        given = await work()
        self._done(name, args, given)
        if trouble is Trouble.LANDED:
            raise OutcomeUnknown(f"{name} told not to say")
        if trouble is Trouble.HELD_BACK:
            await self._loose.wait()
        return given


class GatedBus:
    """A node's line to a bus that all share. Keeps ``Bus``, and loses what it is told to."""

    def __init__(self, bus: Bus, clock: Clock, gate: Gate) -> None:
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
        self, bus: Bus, address: str, answer: Callable[[bytes], Awaitable[bytes]], among: "list[_Served]"
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
