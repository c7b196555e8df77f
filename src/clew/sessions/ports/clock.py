"""Time, and the only way to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from clew.sessions.ids import Millis


class Timer(Protocol):
    """A call to come; cancelling one that has come does nothing."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Time, and the only way to wait for it. ``now`` may leap; ``monotonic`` (seconds) only rises."""

    def now(self) -> Millis: ...
    def monotonic(self) -> float: ...
    def call_later(self, delay_s: float, call: Callable[[], None]) -> Timer: ...
    async def sleep(self, delay_s: float) -> None: ...
