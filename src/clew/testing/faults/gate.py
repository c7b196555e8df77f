"""A process that a test can stop, as by SIGSTOP, while others go on; and its clock."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from clew.sessions.ids import Millis
from clew.sessions.ports.clock import Clock
from clew.testing.hand_clock import HandTimer


class ProcessGate:
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

    def __init__(self, clock: Clock, gate: ProcessGate) -> None:
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
