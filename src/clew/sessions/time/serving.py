"""Whether a node can serve its players: looked at each tick, and asked of the store before a round ends on old news."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

import structlog

from clew.sessions.bounds import DEADLINE_SLICE, LEDGER_TICK_S
from clew.sessions.ids import Millis
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.time.deadlines import Deadlines, Sleeper
from clew.sessions.time.ledger import Ledger

_log = structlog.get_logger("clew.sessions.time.serving")

AT_ONCE: Final[Millis] = 0
"""A deadline that has long come."""


class Served(Sleeper, Protocol):
    """A session, as it hears that time was lost or that the store answers."""

    def work_waits(self) -> bool:
        """Whether there is something to decide, what its players are owed included."""
        ...

    def thaw(self) -> None:
        """Go on with what waited."""
        ...


class Serving:
    """Sees to it that one node's players are served, or given back the time.

    ``residents`` are its sessions; ``probe`` asks the store, ``say_alive`` leaves a sign there, ``renew_now`` has it
    written at once.
    """

    def __init__(
        self,
        clock: Clock,
        metrics: Metrics,
        deadlines: Deadlines,
        residents: Callable[[], Iterable[Served]],
        probe: Callable[[], Awaitable[None]],
        say_alive: Callable[[], Awaitable[None]],
        renew_now: Callable[[], None],
    ) -> None:
        self._clock = clock
        self.ledger = Ledger(clock, metrics)
        self.ledger.when_back = self._is_back
        self._deadlines = deadlines
        self._residents = residents
        self._probe = probe
        self._say_alive = say_alive
        self._renew_now = renew_now
        self._look_now = asyncio.Event()
        self._waiting: dict[Served, None] = {}
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
        """Keep the ledger true and the players' clocks with it, until cancelled."""
        given = self.ledger.total
        while True:
            await self._wait_tick()
            self.ledger.look()
            self.heard()
            if self.ledger.total is not given and not self.ledger.store_away:
                given = self.ledger.total
                await self._give_back()

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
                    await self._say_alive()
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

    async def _give_back(self) -> None:
        """Has players given back what they are owed: pages show the new deadline at once, and none waits for one that a
        clock which was set back has put off.
        """
        owed = [session for session in self._residents() if session.work_waits()]
        for nth, session in enumerate(owed, 1):
            session.thaw()
            if nth % DEADLINE_SLICE == 0:
                await self._clock.sleep(0)  # players are served between the slices
