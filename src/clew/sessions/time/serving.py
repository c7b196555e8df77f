"""Whether a node can serve its players: looked at each tick, and asked of the store before a round ends on old news."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from clew.sessions.bounds import DEADLINE_SLICE, LEDGER_TICK_S
from clew.sessions.ids import Millis
from clew.sessions.ports.store import Clock
from clew.sessions.time.deadlines import Deadlines, Sleeper
from clew.sessions.time.ledger import Ledger

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
    """Of one node. ``residents`` are its sessions; ``renew_now`` has it ask the store at once."""

    def __init__(
        self,
        clock: Clock,
        ledger: Ledger,
        deadlines: Deadlines,
        residents: Callable[[], Iterable[Served]],
        renew_now: Callable[[], None],
    ) -> None:
        self._clock = clock
        self.ledger = ledger
        self._deadlines = deadlines
        self._residents = residents
        self._renew_now = renew_now
        self._waiting: dict[Served, None] = {}

    def ask_store(self, session: Served) -> None:
        """Ring this one again when the store was heard of; until then its round does not end."""
        if not self._waiting:
            self._renew_now()
        self._waiting[session] = None

    def heard(self) -> None:
        """The store may have been heard of."""
        if self._waiting and self.ledger.evident:
            waiting, self._waiting = self._waiting, {}
            for nth, session in enumerate(waiting):
                session.ring() if nth < DEADLINE_SLICE else self._deadlines.arm(session, AT_ONCE)

    async def run(self) -> None:
        """Keep the ledger true and the players' clocks with it, until cancelled."""
        told = self.ledger.total
        while True:
            await self._clock.sleep(LEDGER_TICK_S)
            self.ledger.look()
            self.heard()
            if self.ledger.total is not told and not self.ledger.store_away:
                told = self.ledger.total
                await self._tell()

    async def _tell(self) -> None:
        """So that pages show the new deadline at once, and none waits for one that a clock set back has put off."""
        owed = [session for session in self._residents() if session.work_waits()]
        for nth, session in enumerate(owed, 1):
            session.thaw()
            if nth % DEADLINE_SLICE == 0:
                await self._clock.sleep(0)  # players are served between the slices
