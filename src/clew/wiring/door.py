"""How many connections one server holds, whoever they are from, and what becomes of one more."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter

REFUSED_LOGGED_EVERY_S: Final = 60.0
"""Refused connections are logged together, one line in so long at most."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


class Door:
    """Lets in as many as there is room for. One more is closed before anything is read from it: so descriptors never
    run out, and those who are in go on.
    """

    def __init__(self, connections_max: int, registry: CollectorRegistry, monotonic: Callable[[], float]) -> None:
        self.connections_max: Final = connections_max
        self._monotonic = monotonic
        self._refused = Counter(
            "clew_connections_refused", "Connections closed unanswered, for there were too many", registry=registry
        )
        self._unlogged = 0
        self._logged_at_s: float | None = None

    def admits(self, connections: int, transport: asyncio.Transport) -> bool:
        """Whether there is room beside so many. Else it is closed at once, without a word."""
        if connections < self.connections_max:
            return True
        transport.abort()
        self._refused.inc()
        self._unlogged += 1
        now_s = self._monotonic()
        if self._logged_at_s is None or now_s - self._logged_at_s >= REFUSED_LOGGED_EVERY_S:
            log.warning(
                "connections_refused",
                refused=self._unlogged,
                connections_max=self.connections_max,
                what_to_do="raise the limit of open files (ulimit -n, LimitNOFILE), or see who opens so many",
            )
            self._unlogged, self._logged_at_s = 0, now_s
        return False
