"""A clock that moves when a test says so."""

import asyncio
import heapq
from collections.abc import Callable, Coroutine, Generator
from itertools import count
from typing import Any, TypeVar, cast

from clew.sessions.ids import Millis

T = TypeVar("T")

PATIENCE_S = 120.0
"""What takes longer on the test's clock has got stuck."""
STEP_S = 0.05


class Passing:
    """Awaited, it lets everything else that is ready run once."""

    def __await__(self) -> Generator[None]:
        yield


async def loop_passes(passes: int = 20) -> None:
    """Let what is ready run, and what that makes ready, so many times over, or until nothing is."""
    ready = cast("Any", asyncio.get_running_loop())._ready  # noqa: SLF001 - asyncio has no other way to tell that a loop is idle
    for _ in range(passes):
        await Passing()
        if not ready:
            return


class HandTimer:
    """A call to come on such a clock."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call = call
        self.canceled = False

    def cancel(self) -> None:
        self.canceled = True


class HandClock:
    """Wall and monotonic time together; ``leap`` moves the wall clock alone."""

    def __init__(self, now: Millis = 1_800_000_000_000) -> None:
        self._now = now
        self._monotonic_ms = 0
        self._timers: list[tuple[int, int, HandTimer]] = []
        self._order = count()

    def now(self) -> Millis:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic_ms / 1000

    def call_later(self, delay_s: float, call: Callable[[], None]) -> HandTimer:
        timer = HandTimer(call)
        heapq.heappush(self._timers, (self._monotonic_ms + round(delay_s * 1000), next(self._order), timer))
        return timer

    async def sleep(self, delay_s: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer = self.call_later(delay_s, lambda: None if woken.done() else woken.set_result(None))
        try:
            await woken
        finally:
            timer.cancel()

    async def advance(self, seconds: float) -> None:
        """Move time, stopping at each timer on the way for the loop to do what it does then."""
        until_ms = self._monotonic_ms + round(seconds * 1000)
        await loop_passes()
        while self._timers and self._timers[0][0] <= until_ms:
            at_ms, _, timer = heapq.heappop(self._timers)
            self._move_to(max(at_ms, self._monotonic_ms))
            if not timer.canceled:
                timer.call()
                await loop_passes()
        self._move_to(until_ms)
        await loop_passes()

    def leap(self, milliseconds: int) -> None:
        """Set the wall clock forward or back, as an operator or a time server does."""
        self._now += milliseconds

    def _move_to(self, at_ms: int) -> None:
        self._now += at_ms - self._monotonic_ms
        self._monotonic_ms = at_ms


class Timekeeper:
    """Moves a clock as long as something takes."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What this gives."""
        task = start(work)
        await self.until(task.done)
        return await task

    async def until(self, condition: Callable[[], bool]) -> float:
        """Until it holds; gives how long it took."""
        began_s = self.clock.monotonic()
        await loop_passes()
        while not condition():
            assert self.clock.monotonic() - began_s < PATIENCE_S, "this will never be"
            await self.clock.advance(STEP_S)
        return self.clock.monotonic() - began_s

    async def pass_s(self, seconds: float) -> None:
        await self.clock.advance(seconds)


def start(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Have this go on beside the test, which awaits it in the end."""
    return asyncio.get_running_loop().create_task(work)
