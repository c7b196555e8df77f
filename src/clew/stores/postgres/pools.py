"""The connections that a PostgreSQL store works through: some for each purpose, so that none waits for another's."""

from __future__ import annotations

from clew.sessions.ids import Millis
from clew.sessions.ports.clock import Clock
from clew.sessions.store_health import StoreHealth
from clew.stores.bounds import COMMIT_CONNECTIONS, ORDER_CONNECTIONS, READ_CONNECTIONS
from clew.stores.postgres.connections import PostgresConnections


class PostgresPools:
    """One database. ``commits`` are the journal's, ``orders`` for whatever else is written, ``reads`` for the rest."""

    def __init__(self, url: str, clock: Clock | None = None, *, read_only: bool = False) -> None:
        self._clock = clock
        self.health = StoreHealth(None if clock is None else clock.monotonic)
        self.commits = PostgresConnections(
            url, "commits", COMMIT_CONNECTIONS, self.health, read_only=read_only, plan_cache_mode="force_generic_plan"
        )
        self.orders = PostgresConnections(url, "orders", ORDER_CONNECTIONS, self.health, read_only=read_only)
        self.reads = PostgresConnections(url, "reads", READ_CONNECTIONS, self.health, read_only=read_only)

    def at(self) -> Millis | None:
        """What the clock shows; None asks the database for its own time."""
        return None if self._clock is None else self._clock.now()

    async def close(self) -> None:
        """Close the connections, those in use once they are done."""
        for connections in (self.commits, self.orders, self.reads):
            await connections.close()
