"""One clock for all of a node's sessions: a heap of times instead of a timer each."""

from __future__ import annotations

import heapq
from itertools import count
from typing import Protocol

from clew.sessions.bounds import DEADLINE_CHECK_S, DEADLINE_SLICE
from clew.sessions.ids import Millis
from clew.sessions.ports.clock import Clock, Timer


class Sleeper(Protocol):
    """Something to ring. ``rings_at`` belongs to ``Deadlines``."""

    rings_at: Millis | None

    def ring(self) -> None:
        """The time has come. Must not raise."""
        ...


class Deadlines:
    """Rings each sleeper once its time has come: never early, late by a slice of the others or a leap of the clock.

    Fires in slices of ``DEADLINE_SLICE`` so that a thousand at one instant don't hold up the loop, and looks at the
    wall clock every ``DEADLINE_CHECK_S``, because it may leap.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[Millis, int, Sleeper]] = []
        self._order = count()
        self._stale = 0
        self._timer: Timer | None = None
        self._timer_at_s = 0.0

    def __len__(self) -> int:
        """How many are to be rung."""
        return len(self._heap) - self._stale

    def arm(self, sleeper: Sleeper, at: Millis | None) -> None:
        """Ring at this time instead of any earlier arrangement; None: not at all."""
        if sleeper.rings_at == at:
            return
        self._stale += sleeper.rings_at is not None
        sleeper.rings_at = at
        if at is not None:
            heapq.heappush(self._heap, (at, next(self._order), sleeper))
        # With each that is rung no more, too: what was replaced still holds its session, which may be out of memory for
        # hours before that time comes.
        if self._stale > len(self._heap) // 2 + DEADLINE_SLICE:
            self._sweep()
        # The timer is set for what comes first. One that goes off for nothing does no harm, and sets the next.
        if at is not None and self._heap[0][0] == at:
            self._set_timer()

    def close(self) -> None:
        """Ring nobody any more."""
        self._heap.clear()
        self._stale = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fire(self) -> None:
        self._timer = None
        now = self._clock.now()
        rung = 0
        while self._heap and self._heap[0][0] <= now and rung < DEADLINE_SLICE:
            at, _, sleeper = heapq.heappop(self._heap)
            if sleeper.rings_at != at:
                self._stale = max(0, self._stale - 1)
                continue
            sleeper.rings_at = None
            sleeper.ring()
            rung += 1
        self._set_timer()

    def _set_timer(self) -> None:
        if not self._heap:
            return
        delay_s = min(max(0.0, (self._heap[0][0] - self._clock.now()) / 1000), DEADLINE_CHECK_S)
        at_s = self._clock.monotonic() + delay_s
        if self._timer is not None:
            if self._timer_at_s <= at_s:
                return
            self._timer.cancel()
        self._timer_at_s = at_s
        self._timer = self._clock.call_later(delay_s, self._fire)

    def _sweep(self) -> None:
        live = {id(entry[2]): entry for entry in self._heap if entry[2].rings_at == entry[0]}
        self._heap = list(live.values())
        heapq.heapify(self._heap)
        self._stale = 0
