"""The real clock."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from minotaur.sessions.ids import Millis

_GOES_ON: Final[int] = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class RealClock:
    """The machine's time, and waiting in the running loop."""

    def now(self) -> Millis:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Goes on while the machine is suspended, where the system has such a clock: leases must not stand still."""
        return time.clock_gettime(_GOES_ON)

    def call_later(self, delay_s: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(delay_s, call)

    async def sleep(self, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
