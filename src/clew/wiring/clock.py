"""The real clock."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from clew.sessions.ids import Millis
from clew.wiring.faults import CannotStart

_GOES_ON: Final[int] = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

RELEASED_AFTER: Final[Millis] = 1_767_225_600_000
"""2026-01-01: no machine has shown an earlier time, rightly, since this release was made."""


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


def refuse_wrong_clock(clock: RealClock, fault: type[Exception] = CannotStart) -> None:
    """Before anything is written by it. Raises ``fault``, with what to do, where the clock can't be right."""
    now = clock.now()
    if now < RELEASED_AFTER:
        day = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=now)
        raise fault(
            f"This machine's clock shows {day:%Y-%m-%d}, before this release was made: set it"
            " (timedatectl set-ntp true does), then try again."
        )
