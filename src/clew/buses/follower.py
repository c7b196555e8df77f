"""One follower's place: what was published and not yet delivered."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TypeAlias

import structlog

from clew.buses.bounds import DELIVER_SLICE, FOLLOWER_BYTES_MAX, FOLLOWER_MESSAGES_MAX
from clew.buses.metrics import BusMetrics

Entry: TypeAlias = tuple[str, bytes] | None
"""A feed and a body; ``None`` stands where something may be missing."""

_log = structlog.get_logger("clew.buses.follower")


class Follower:
    """Delivers messages in order, in passes of the loop of its own: never while somebody publishes.

    What it can't hold is dropped with all that waits, for a follower that catches up from the source has no use for
    it, and ``broken`` is called in its stead. What ``deliver`` raises is logged: the others' messages go on, and the
    follower is told ``broken``, as it missed one.
    """

    def __init__(
        self,
        deliver: Callable[[str, bytes], None],
        broken: Callable[[], None],
        metrics: BusMetrics,
        messages_max: int = FOLLOWER_MESSAGES_MAX,
        bytes_max: int = FOLLOWER_BYTES_MAX,
    ) -> None:
        self._deliver = deliver
        self._broken = broken
        self._metrics = metrics
        self._messages_max = messages_max
        self._bytes_max = bytes_max
        self._queue: deque[Entry] = deque()
        self._queued_bytes = 0
        self._scheduled = False
        self._closed = False

    def push(self, feed: str, body: bytes) -> None:
        """Deliver this after all that was pushed before it."""
        if self._closed:
            return
        if len(self._queue) >= self._messages_max or self._queued_bytes + len(body) > self._bytes_max:
            # What comes now is kept: it stands behind the mark that something is missing, in the order it came.
            self.fall_behind()
        self._queue.append((feed, body))
        self._queued_bytes += len(body)
        self._schedule()

    def fall_behind(self, also_dropped: int = 0) -> None:
        """Drop what waits, and say so."""
        dropped = also_dropped + sum(entry is not None for entry in self._queue)
        self._metrics.slow_drops.inc(dropped)
        _log.warning("follower_too_slow", dropped=dropped)
        self._queue.clear()
        self._queued_bytes = 0
        self.mark_broken()

    def mark_broken(self) -> None:
        """Say, after all that was pushed so far, that something may be missing. Twice in a row is once."""
        if self._closed or (self._queue and self._queue[-1] is None):
            return
        self._queue.append(None)
        self._schedule()

    def close(self) -> None:
        """Deliver nothing more."""
        self._closed = True
        self._queue.clear()

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._hand_over)

    def _hand_over(self) -> None:
        # First: what is told below may push more, which then has a pass of its own. And only so many in one: between
        # two passes the loop serves others.
        self._scheduled = False
        for _ in range(min(DELIVER_SLICE, len(self._queue))):
            if not self._queue:
                return  # closed by what it was told
            entry = self._queue.popleft()
            if entry is None:
                self._call_broken()
            else:
                self._queued_bytes -= len(entry[1])
                self._call_deliver(*entry)
        if self._queue:
            self._schedule()

    def _call_deliver(self, feed: str, body: bytes) -> None:
        try:
            self._deliver(feed, body)
        except Exception as bug:  # noqa: BLE001 - a follower's edge: the bus and the other followers go on
            _log.error("follower_crashed", feed=feed, exc_info=bug)
            self.mark_broken()
        else:
            self._metrics.delivered.inc()

    def _call_broken(self) -> None:
        self._metrics.broken.inc()
        try:
            self._broken()
        except Exception as bug:  # noqa: BLE001 - as above
            _log.error("follower_crashed", exc_info=bug)
