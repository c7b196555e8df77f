"""Keeps a link to whichever NATS server can be reached."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from itertools import cycle

import structlog

from clew.buses.bounds import NATS_RETRY_FIRST_S, NATS_RETRY_LAST_S, NATS_STEADY_S
from clew.buses.nats.link import CannotConnect, Heard, Link
from clew.buses.nats.settings import NatsServer, NatsSettings
from clew.sessions.outage import Outage
from clew.sessions.ports.clock import Clock

_log = structlog.get_logger("clew.buses.nats.bus")


class Keeper:
    """One link after another, for ever, on the servers in turn, with pauses that grow.

    ``hear`` is called with what is sent to a link's inbox, ``found`` once for each link that was opened, and ``lost``
    after each link and each attempt at one.
    """

    def __init__(
        self,
        settings: NatsSettings,
        clock: Clock,
        chance: random.Random,
        hear: Callable[[Heard], None],
        found: Callable[[Link], Awaitable[None]],
        lost: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._chance = chance
        self._hear = hear
        self._found = found
        self._lost = lost
        self._why = ""
        self._outage = Outage(_log, "bus_not_reached", "bus_reached_again", clock.monotonic)
        self._stopped = False
        self.tried = asyncio.Event()
        """Set when there was a link, or each server had its turn in vain."""

    def why(self) -> str:
        """Says what stood in the way of a link the last time there was none."""
        return self._why

    def stop(self) -> None:
        """Open no more links. Whoever calls it cancels ``run`` too.

        That alone would not do: where connecting fails in the very moment it is cancelled, ``asyncio.wait_for`` (of
        Python 3.11, within the client) raises the failure and the cancellation is forgotten.
        """
        self._stopped = True

    async def run(self) -> None:
        """Keep a link, until it is stopped and cancelled."""
        pause_s = NATS_RETRY_FIRST_S
        servers = self._chance.sample(self._settings.servers, len(self._settings.servers))
        for turn, server in enumerate(cycle(servers), start=1):
            began_s = self._clock.monotonic()
            await self._keep(server)
            if self._stopped:
                return
            if turn == len(servers):
                self.tried.set()
            if self._clock.monotonic() - began_s >= NATS_STEADY_S:
                pause_s = NATS_RETRY_FIRST_S
            await self._clock.sleep(pause_s * self._chance.uniform(0.5, 1.0))
            pause_s = min(2 * pause_s, NATS_RETRY_LAST_S)

    async def _keep(self, server: NatsServer) -> None:
        """One link to this server, if it can be had, until it is lost."""
        link = Link(self._settings, server)
        try:
            await link.open(self._hear)
            if self._stopped:
                return
            await self._found(link)
            _log.info("bus_connected", server=server.url)
            self._outage.over(server=server.url)
            self.tried.set()
            await link.wait_lost()
            self._fail(server, "the connection was lost")
        except CannotConnect as why:
            self._fail(server, str(why))
        finally:
            # Before the connection is ended, which may take its time: who waits for an answer over it is told at
            # once.
            self._lost()
            await link.end()

    def _fail(self, server: NatsServer, why: str) -> None:
        if not self._stopped:
            self._why = f"{server.url}: {why}"
            self._outage.failed(server=server.url, why=why)
