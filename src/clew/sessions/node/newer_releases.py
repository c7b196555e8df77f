"""Sessions that wait for a newer release: nobody holds them, and their states are newer than this node reads."""

from __future__ import annotations

from typing import Final, Generic, TypeVar

import structlog

from clew.sessions.bounds import NEWER_RELEASES_LOOK_BEATS
from clew.sessions.node.node import Node

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

ANY_VERSION: Final = 2**31 - 1
"""No state version is later."""

_log = structlog.get_logger("clew.sessions.node.newer_releases")


class NewerReleases(Generic[S, C, E]):
    """Counts the sessions that only a newer release reads, and says so whenever their number has changed.

    They are left as they are: quarantine would keep them from the node that is still to come.
    """

    def __init__(self, node: Node[S, C, E]) -> None:
        self._node = node
        self._beats = 0
        self._count = 0

    async def look(self) -> None:
        """Count, with the first beat and then every ``NEWER_RELEASES_LOOK_BEATS``."""
        due = self._beats % NEWER_RELEASES_LOOK_BEATS == 0
        self._beats += 1
        if not due:
            return
        around = self._node.around
        unheld = await around.store.count_claimable(around.owner, ANY_VERSION)
        claimable = await around.store.count_claimable(around.owner, around.codec.state_version) if unheld else 0
        count = max(0, unheld - claimable)
        if count > 0 and count != self._count:
            _log.warning(
                "sessions_wait_for_a_newer_release", sessions=count, state_version_max=around.codec.state_version
            )
        if count == 0 and self._count > 0:
            _log.info("no_session_waits_for_a_newer_release")
        self._count = count
        around.metrics.too_new.set(count)
