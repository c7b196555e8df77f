"""The sums of what is in the store, as every node's metrics tell them."""

from collections.abc import Mapping
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Gauge

from clew.people.caps import ACTING
from clew.sessions.census import Counts, OpenSessions
from clew.sessions.faults import Fault
from clew.sessions.ids import Kind
from clew.sessions.metrics import KIND
from clew.sessions.ports.clock import Clock

COUNT_EVERY_S: Final = 60.0
"""It looks at every open game and every user: once a minute, and not for each who asks for the metrics."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


class StoreSums:
    """Gauges of everything in the store: the same at each node, so not to be added up over nodes."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._games = Gauge(
            "clew_store_open_games",
            "Open games in the store: lobbies, people's, bots' alone",
            [KIND, "state"],
            registry=registry,
        )
        self._kinds = set[Kind]()
        self._users = Gauge("clew_store_users", "Users in the store", registry=registry)
        self._sign_ins = Gauge("clew_store_sign_ins", "Ways to sign in, in the store", registry=registry)

    async def run(self, counts: Counts, clock: Clock) -> None:
        """Until cancelled. A store that can't answer is asked again later; the sums stay as they were."""
        while True:
            try:
                census = await counts.census(ACTING)
            except Fault as fault:
                log.debug("store_not_counted", fault=repr(fault))
            else:
                self._show_games(census.sessions)
                self._users.set(census.users)
                self._sign_ins.set(census.sign_ins)
            await clock.sleep(COUNT_EVERY_S)

    def _show_games(self, sessions: Mapping[Kind, OpenSessions]) -> None:
        self._kinds |= sessions.keys()  # of what was there once there are none now
        for kind in self._kinds:
            there = sessions.get(kind, OpenSessions())
            for state, count in (("lobby", there.lobbies), ("people", there.active), ("bots_alone", there.alone)):
                self._games.labels(kind, state).set(count)
