"""How a node's store stands: whether it can be written to, since when it can't, and the one line that says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from clew.sessions.bounds import STORE_FLICKER_S, STORE_REMINDER_S
from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.sessions.store_health")


class StoreHealth:
    """Told by the store's adapter how each write went, and asked by whoever has to say whether this node can serve.

    A node writes at least once a second (its beat), so what is told here is that young. Reads are not counted: a store
    that can be read but not written can keep no promise.

    It logs when the store begins to fail and when it works again, and nothing in between but a reminder each
    ``STORE_REMINDER_S``; so nobody else needs to log a store's fault, however often it is met.
    """

    def __init__(self, monotonic: Callable[[], float] | None = None) -> None:
        """``monotonic``: the node's clock, in seconds; the loop's own where none is given."""
        self.monotonic: Final = monotonic or _loop_time
        self._fault: Fault | None = None
        self._since_s = 0.0
        self._failures = 0
        self._logged: tuple[str, float] | None = None
        self._is_logged = False
        """Whether this outage was logged, so that its end is worth a line too."""
        self._changed = asyncio.Event()

    @property
    def fault(self) -> Fault | None:
        """What the latest write failed with; None: it was written."""
        return self._fault

    @property
    def broken(self) -> NeedsOperator | None:
        """The fault, where only an operator can mend it."""
        return self._fault if isinstance(self._fault, NeedsOperator) else None

    @property
    def failing_s(self) -> float:
        """For how long nothing could be written; 0: it can."""
        return 0.0 if self._fault is None else self.monotonic() - self._since_s

    def serves(self, patience_s: float) -> bool:
        """Whether promises can be made on it: it works, or has failed for less than that in a way that may pass."""
        return self.broken is None and self.failing_s < patience_s

    async def wait_broken(self) -> NeedsOperator:
        """Wait until only an operator can mend the store."""
        while (broken := self.broken) is None:
            self._changed.clear()
            await self._changed.wait()
        return broken

    def wrote(self) -> None:
        """Note that a write has returned."""
        if self._fault is None:
            return
        if self._is_logged:
            log.info("store_works_again", after_s=round(self.failing_s, 1), failures=self._failures)
        self._fault = None
        self._failures = 0
        self._is_logged = False

    def failed(self, fault: Fault) -> None:
        """Note that a write has not returned, or nobody knows."""
        now_s = self.monotonic()
        if self._fault is None:
            self._since_s = now_s
        self._fault = fault
        self._failures += 1
        self._changed.set()
        self._log(fault, now_s)

    def _log(self, fault: Fault, now_s: float) -> None:
        """Once for each fault, then again after a while. One that comes and goes is told anew where it stays."""
        told = str(fault)
        advice = fault.advice if isinstance(fault, Busy | OutcomeUnknown) else ""
        # By what there is to do: the same fault has other words for each statement that meets it.
        which = advice or told
        lately = self._logged is not None and self._logged[0] == which and now_s - self._logged[1] < STORE_REMINDER_S
        if lately and (self._is_logged or self.failing_s < STORE_FLICKER_S):
            return
        self._logged, self._is_logged = (which, now_s), True
        if isinstance(fault, NeedsOperator):
            log.error("store_broken", fault=told, what_to_do=advice, failing_s=round(self.failing_s))
        else:
            log.warning("store_failing", fault=told, what_to_do=advice, failing_s=round(self.failing_s))


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
