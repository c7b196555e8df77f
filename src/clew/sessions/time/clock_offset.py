"""How far a node's wall clock is from the store's: measured with each renewal of the lease, for operators and heirs."""

from __future__ import annotations

import structlog

from clew.sessions.bounds import CLOCK_OFFSET_WARN_S, CLOCK_ROUND_TRIP_MAX_S
from clew.sessions.ids import Millis
from clew.sessions.ports.clock import Clock

_log = structlog.get_logger("clew.sessions.time.clock_offset")


class ClockOffset:
    """Compares one life's clock with the store's.

    The store's time is kept by the monotonic clock between two measurements, so that what the wall clock is set by
    counts at once.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart_ms: float | None = None
        self._warned = False

    @property
    def ms(self) -> int | None:
        """What this node's clock is ahead of the store's just now; None: it was not compared yet."""
        if self._apart_ms is None:
            return None
        return round(self._clock.now() - 1000 * self._clock.monotonic() - self._apart_ms)

    def measure(self, asked_at_s: float, store_at: Millis) -> None:
        """The store was asked then, and said this, somewhen until now: taken for the middle.

        What half the way explains is no offset: where the store's clock is this machine's own it never has one.
        """
        answered_at_s = self._clock.monotonic()
        half_ms = 1000 * (answered_at_s - asked_at_s) / 2
        if half_ms > 1000 * CLOCK_ROUND_TRIP_MAX_S / 2:
            return
        wall_apart_ms = self._clock.now() - 1000 * answered_at_s
        apart_ms = store_at - (1000 * asked_at_s + half_ms)
        self._apart_ms = wall_apart_ms if abs(wall_apart_ms - apart_ms) <= half_ms + 1 else apart_ms
        self._log_change(wall_apart_ms - self._apart_ms)

    def _log_change(self, offset_ms: float) -> None:
        is_far = abs(offset_ms) > 1000 * CLOCK_OFFSET_WARN_S
        if is_far and not self._warned:
            _log.warning(
                "clock_differs_from_the_stores",
                offset_s=round(offset_ms / 1000, 3),
                do="set this machine's clock, and the database's, by a time server (chrony, systemd-timesyncd)",
            )
        elif self._warned and not is_far:
            _log.info("clock_agrees_with_the_stores_again", offset_s=round(offset_ms / 1000, 3))
        self._warned = is_far
