"""Journals of sessions that are long over become one compressed record each: slowly, and never in a deploy.

A node of a release that knows nothing of such records would take a compacted journal for an empty one. So nothing is
compacted before all living nodes, gateways too, have been of one release for a while (docs/decisions/0082).
"""

from __future__ import annotations

from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import COMPACT_BATCH, COMPACT_CALM_S, COMPACT_EVERY_S, COMPACT_IDLE_S, COMPACT_ROUND_S
from clew.sessions.cluster.caretaking import is_caretaker, looked
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId, Kind
from clew.sessions.node.node import Node
from clew.sessions.records import Compacted, LeftAsEntries

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.cluster.compacting")


class Compacting(Generic[S, C, E]):
    """The share of one life; ``peers`` is None on a node that is alone.

    Of several nodes the first host by its name does it. Where two believe that they are, a session is compacted once.
    """

    def __init__(self, node: Node[S, C, E], peers: Peers | None, after_ms: int) -> None:
        self._node = node
        self._peers = peers
        self._after_ms = after_ms
        self._calm_since_s = node.environment.clock.monotonic()
        self._next_s = self._calm_since_s
        self._broken = set[GameId]()
        """Sessions whose compaction raised what no store should: they are not tried again in this life."""

    async def run(self) -> None:
        """Compact, look by look, until the end of this life."""
        environment = self._node.environment
        while True:
            await environment.clock.sleep(COMPACT_EVERY_S)
            await looked(self._look, environment.metrics, "compact")

    async def _look(self) -> None:
        environment = self._node.environment
        now_s = environment.clock.monotonic()
        if not self._is_calm():
            self._calm_since_s = now_s
        if not self._may_go_on() or now_s - self._calm_since_s < COMPACT_CALM_S or now_s < self._next_s:
            return
        limit = COMPACT_BATCH + len(self._broken)
        until_s = now_s + COMPACT_ROUND_S
        # In turn, and each its share: the journals of one game must not hold up those of another.
        is_more = [await self._compact_some(kind, limit, until_s) for kind in self._node.reads]
        if not any(is_more):
            self._next_s = now_s + COMPACT_IDLE_S

    async def _compact_some(self, kind: Kind, limit: int, until_s: float) -> bool:
        """Compact sessions of one kind; whether there may be more of them."""
        environment = self._node.environment
        if not self._may_go_on():
            return True
        found = await environment.store.archives.compactable(kind, environment.clock.now() - self._after_ms, limit)
        for game_id in found:
            if not self._may_go_on() or environment.clock.monotonic() > until_s:
                return True
            if game_id not in self._broken:
                await self._compact(kind, game_id)
        return len(found) == limit

    def _is_calm(self) -> bool:
        """Whether no other release is about."""
        return self._peers is None or (self._peers.alive(self._node.owner) and self._peers.all_one_release())

    def _may_go_on(self) -> bool:
        return is_caretaker(self._node, self._peers)

    async def _compact(self, kind: Kind, game_id: GameId) -> None:
        metrics = self._node.environment.metrics
        try:
            done = await self._node.environment.store.archives.compact(game_id)
        except Fault:
            raise
        except Exception as bug:  # noqa: BLE001 - one session's trouble must not hold up all others'
            self._broken.add(game_id)
            metrics.not_compacted.labels(kind).inc()
            _log.error("session_not_compacted", game_id=game_id, exc_info=bug)
            return
        match done:
            case Compacted(_, bytes_before, bytes_after):
                metrics.compacted.labels(kind).inc()
                metrics.compacted_bytes.labels(kind, "before").inc(bytes_before)
                metrics.compacted_bytes.labels(kind, "after").inc(bytes_after)
            case LeftAsEntries(reason):
                metrics.not_compacted.labels(kind).inc()
                _log.warning("session_not_compacted", game_id=game_id, reason=reason)
            case None:
                pass
