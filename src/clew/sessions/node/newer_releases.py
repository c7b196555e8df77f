"""Sessions that no node there is can play: their states are newer than any reads, or none has their game."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import NEWER_RELEASES_LOOK_BEATS
from clew.sessions.ids import Kind
from clew.sessions.node.node import Node

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.node.newer_releases")


class NewerReleases(Generic[S, C, E]):
    """Counts the sessions that only a newer release reads, or a node with their game, and says so whenever their number
    has changed.

    They are left as they are: quarantine would keep them from the node that is still to come. Where another node has
    their game (``has_game``) they are soon held, and wait for nobody.
    """

    def __init__(self, node: Node[S, C, E], has_game: Callable[[Kind], bool]) -> None:
        self._node = node
        self._has_game = has_game
        self._beats = 0
        self._counts: Mapping[Kind, int] = {}

    async def look(self) -> None:
        """Count, with the first beat and then every ``NEWER_RELEASES_LOOK_BEATS``."""
        due = self._beats % NEWER_RELEASES_LOOK_BEATS == 0
        self._beats += 1
        if not due:
            return
        environment, reads = self._node.environment, self._node.reads
        unheld = await environment.store.ownership.count_claimable(environment.owner, None)
        claimable: Mapping[Kind, int] = {}
        if unheld:
            claimable = await environment.store.ownership.count_claimable(environment.owner, reads)
        counts = {
            kind: count - claimable.get(kind, 0)
            for kind, count in unheld.items()
            if count > claimable.get(kind, 0) and (kind in reads or not self._has_game(kind))
        }
        for kind, count in counts.items():
            if count != self._counts.get(kind):
                self._log_waiting(kind, count)
        if self._counts and not counts:
            _log.info("no_session_waits_for_a_newer_release")
        for kind in {*self._counts, *counts, *reads}:
            environment.metrics.too_new.labels(kind).set(counts.get(kind, 0))
        self._counts = counts

    def _log_waiting(self, kind: Kind, count: int) -> None:
        newest = self._node.reads.get(kind)
        if newest is None:
            _log.warning("sessions_wait_for_a_node_with_their_game", kind=kind, sessions=count)
        else:
            _log.warning("sessions_wait_for_a_newer_release", kind=kind, sessions=count, state_version_max=newest)
