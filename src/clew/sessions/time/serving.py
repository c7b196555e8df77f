"""Whether a node can serve its players: looked at each tick, and asked of the store before a round ends on old news."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

import structlog

from clew.sessions.bounds import (
    BATCH_MAX,
    DEADLINE_SLICE,
    GIVE_BACK_BATCH,
    GIVE_BACK_REST_MAX_S,
    GIVE_BACK_REST_S,
    LEDGER_TICK_S,
)
from clew.sessions.ids import Millis
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.time.deadlines import Deadlines, Sleeper
from clew.sessions.time.lease import Lease
from clew.sessions.time.ledger import Ledger
from clew.sessions.time.unserved import Unserved

_log = structlog.get_logger("clew.sessions.time.serving")

AT_ONCE: Final[Millis] = 0
"""A deadline that has long come."""


class Served(Sleeper, Protocol):
    """A session, as it hears that time was lost or that the store answers."""

    def owed(self) -> bool:
        """Whether its players are owed so much that it is given back."""
        ...

    def give_back(self) -> bool:
        """Give back what is owed; False: not just now."""
        ...


class Serving:
    """Sees to it that one node's players are served, or given back the time.

    ``residents`` are its sessions; ``probe`` asks the store, ``renew_now`` has it written at once.
    """

    def __init__(
        self,
        clock: Clock,
        metrics: Metrics,
        deadlines: Deadlines,
        residents: Callable[[], Iterable[Served]],
        probe: Callable[[], Awaitable[None]],
        lease: Lease,
        renew_now: Callable[[], None],
    ) -> None:
        self._clock = clock
        self.ledger = Ledger(clock, metrics)
        self.ledger.when_back = self._is_back
        self._deadlines = deadlines
        self._residents = residents
        self._probe = probe
        self._lease = lease
        self._renew_now = renew_now
        self._look_now = asyncio.Event()
        self._waiting: dict[Served, None] = {}
        self._given: Unserved | None = self.ledger.total
        """What the ledger had come to as of the latest pass, if that passed nobody by."""
        self._passing = deque[Served]()
        self._batch = GIVE_BACK_BATCH
        self._rest_s = GIVE_BACK_REST_S
        self._rested_at_s = clock.monotonic()
        self._to_give = asyncio.Event()
        self._called_when_back: tuple[Callable[[], None], ...] = ()

    def when_back(self, *calls: Callable[[], None]) -> None:
        """Have these called when a store that was away was written."""
        self._called_when_back = calls

    def ask_store(self, session: Served) -> None:
        """Ring this one again when the store was heard of; until then its round does not end."""
        if not self._waiting:
            self._renew_now()
        self._waiting[session] = None

    def heard(self) -> None:
        """Ring those that waited for the store, if it was heard of."""
        if self._waiting and self.ledger.evident:
            waiting, self._waiting = self._waiting, {}
            for nth, session in enumerate(waiting):
                session.ring() if nth < DEADLINE_SLICE else self._deadlines.arm(session, AT_ONCE)

    async def run(self) -> None:
        """Keep the ledger true, until cancelled."""
        while True:
            await self._wait_tick()
            self.ledger.look()
            self.heard()
            if self.ledger.total is not self._given:
                self._to_give.set()

    async def run_giving_back(self, wait_taken: Callable[[], Awaitable[None]]) -> None:
        """Keep the players' clocks true with the ledger, until cancelled: pages show new deadlines at once, and none
        waits for one that a clock which was set back has put off.

        ``wait_taken``: until the committer has taken what it was given.
        """
        while True:
            await self._to_give.wait()
            self._to_give.clear()
            while self._lease.trusted and not self.ledger.store_away and (batch := self._next_owed()):
                for session in batch:
                    if not session.give_back():
                        self._given = None
                await wait_taken()
                # One that takes as long for a few, or for a beat, is not slow for their number: then the more at once.
                self._batch = min(2 * self._batch, BATCH_MAX) if self.ledger.is_slow else GIVE_BACK_BATCH
                await self._clock.sleep(0)  # players are served between the batches

    async def run_probes(self) -> None:
        """Keep what is known of the store as young as a tick, until cancelled: while any deadline is told, or it is
        away.
        """
        while True:
            await self._clock.sleep(LEDGER_TICK_S)
            away = self.ledger.store_away
            if away:
                self._renew_now()
            if (away or len(self._deadlines)) and self.ledger.to_probe:
                await self._probe_once()

    async def _probe_once(self) -> None:
        try:
            with self.ledger.probing():
                await self._probe()
        except Exception as fault:  # noqa: BLE001 - a probe's edge: the ledger has noted it, and the next write tells
            _log.debug("store_not_probed", fault=repr(fault))

    async def run_signs(self) -> None:
        """Leave a sign of life with each tick, until cancelled: while any deadline is told, and the store is there.

        A killed node's players are given back the time since the last one.
        """
        while True:
            await self._clock.sleep(LEDGER_TICK_S)
            if len(self._deadlines) and self.ledger.evident:
                try:
                    await self._lease.say_alive()
                except Exception as fault:  # noqa: BLE001 - a sign's edge: the next one says as much, or the beat does
                    _log.debug("no_sign_given", fault=repr(fault))

    def _is_back(self) -> None:
        self._look_now.set()
        for call in self._called_when_back:
            call()

    async def _wait_tick(self) -> None:
        timer = self._clock.call_later(LEDGER_TICK_S, self._look_now.set)
        try:
            await self._look_now.wait()
        finally:
            timer.cancel()
        self._look_now.clear()

    def _next_owed(self) -> list[Served]:
        if not self._passing and self._may_pass():
            self._begin_pass()
        return [self._passing.popleft() for _ in range(min(self._batch, len(self._passing)))]

    def _may_pass(self) -> bool:
        given, total = self._given, self.ledger.total
        if total is given:
            return False
        # A clock that was set back puts deadlines off: those can't be waited for.
        was_set = given is not None and total.clock_step_ms != given.clock_step_ms
        return was_set or self._clock.monotonic() >= self._rested_at_s

    def _begin_pass(self) -> None:
        now_s = self._clock.monotonic()
        goes_on = now_s < self._rested_at_s + self._rest_s
        self._rest_s = min(2 * self._rest_s, GIVE_BACK_REST_MAX_S) if goes_on else GIVE_BACK_REST_S
        self._rested_at_s = now_s + self._rest_s
        self._given = self.ledger.total
        self._passing.extend(session for session in self._residents() if session.owed())
