"""What one node does for all: who it is. By belief, so whatever is done this way may be done twice, or by nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog

from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Fault
from clew.sessions.metrics import Metrics
from clew.sessions.node.node import Node

T = TypeVar("T")

_log = structlog.get_logger("clew.sessions.cluster.caretaking")


def is_caretaker(node: Node[Any, Any, Any], peers: Peers | None) -> bool:
    """Whether this node is the first host by its name, of those that are ready; alone (no ``peers``) it always is."""
    if not (node.ready and node.is_host and node.trusted):
        return False
    return peers is None or node.owner == min((row.owner for row in peers.hosts()), default=None)


async def looked(look: Callable[[], Awaitable[T]], metrics: Metrics, work: str) -> T | None:
    """What one look gives; None where it was cut short: that is counted, and nobody waits. It will look again."""
    try:
        return await look()
    except Fault as fault:
        metrics.store_faults.labels(work).inc()
        _log.debug("caretaking_cut_short", work=work, fault=repr(fault))  # the store's health tells of it, once
    except Exception as bug:  # noqa: BLE001 - this work's edge
        metrics.store_faults.labels(work).inc()
        _log.error("caretaking_broke", work=work, exc_info=bug)
    return None
