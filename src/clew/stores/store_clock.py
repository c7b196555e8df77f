"""The machine's clock, as a store's."""

from __future__ import annotations

from typing import Protocol

from clew.sessions.ids import Millis


class Times(Protocol):
    """What is asked of a clock."""

    def now(self) -> Millis: ...
    def monotonic(self) -> float: ...


class StoreClock:
    """Shows no time before 1970: a lease that ran out at 0 is that of a life that is over, and below none would last.

    A machine whose clock is set there stands still at its first moment, for the store.
    """

    def __init__(self, clock: Times) -> None:
        self._clock = clock

    def now(self) -> Millis:
        return max(1, self._clock.now())

    def monotonic(self) -> float:
        return self._clock.monotonic()
