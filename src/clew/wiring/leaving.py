"""How a node leaves: what it holds to others, its sockets to other gateways, and in bounded time whatever happens."""

import asyncio
from asyncio import TaskGroup
from collections.abc import Coroutine
from contextlib import suppress
from typing import Final

import structlog

from clew.gateway.ports import AnyHost
from clew.web.app import Web

ANSWERS_QUIET_WITHIN_S: Final = 1.5
"""How long commands in hand may still be answered on their sockets when the server stops."""

SOCKETS_GONE_WITHIN_S: Final = 0.5
"""How long the last messages may take to be written."""

HANDED_OVER_WITHIN_S: Final = 20.0
"""How long a node of several may hand its sessions over; what is left then is let go of, for others to claim."""

SENT_AWAY_WITHIN_S: Final = 12.0
"""Over so long a node of several spreads the farewell of its sockets, if they are many."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


async def leave_alone(web: Web, host: AnyHost) -> None:
    """The only node: answer what is in hand, send everybody away for a moment, let go of every session."""
    web.readiness.drain()
    await _within(ANSWERS_QUIET_WITHIN_S, web.sockets.wait_quiet())
    log.info("sending_sockets_away", sockets=len(web.sockets))
    web.sockets.send_away()
    await _within(SOCKETS_GONE_WITHIN_S, web.sockets.wait_all_gone())
    await host.stop()


async def leave_cluster(web: Web, host: AnyHost) -> None:
    """One of several: sessions go to other nodes while people play on, sockets one by one, until nobody is left."""
    web.readiness.drain()
    log.info("draining", sockets=len(web.sockets))
    async with TaskGroup() as tasks:
        tasks.create_task(_within(HANDED_OVER_WITHIN_S, _hand_over(host)), name="hand over")
        tasks.create_task(_send_away(web), name="send away")
    await _within(ANSWERS_QUIET_WITHIN_S, web.sockets.wait_quiet())
    web.sockets.send_away()
    await _within(SOCKETS_GONE_WITHIN_S, web.sockets.wait_all_gone())
    await host.stop()


async def _hand_over(host: AnyHost) -> None:
    await host.drain()


async def _send_away(web: Web) -> None:
    await web.sockets.send_away_over(SENT_AWAY_WITHIN_S)


async def _within(limit_s: float, work: Coroutine[None, None, None]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(limit_s):
            await work
