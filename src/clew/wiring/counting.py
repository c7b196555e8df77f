"""The sums of what is in the store, as every node's metrics tell them."""

from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Gauge

from clew.people.caps import ACTING
from clew.sessions.census import Counts
from clew.sessions.faults import Fault
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
            ["kind"],
            registry=registry,
        )
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
                self._games.labels("lobby").set(census.lobbies)
                self._games.labels("people").set(census.active)
                self._games.labels("bots_alone").set(census.alone)
                self._users.set(census.users)
                self._sign_ins.set(census.sign_ins)
            await clock.sleep(COUNT_EVERY_S)
