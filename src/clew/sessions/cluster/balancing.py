"""When a node has joined, the others give it its share: slowly, and never in the middle of a deploy."""

from __future__ import annotations

from typing import Generic, TypeVar

from clew.sessions.bounds import REBALANCE_BATCH, REBALANCE_CALM_BEATS, REBALANCE_MIN, REBALANCE_SLACK
from clew.sessions.cluster.handoff import Handoff
from clew.sessions.cluster.peers import Peers
from clew.sessions.kinds import is_read
from clew.sessions.node.node import Node
from clew.sessions.node_records import NodeRow
from clew.sessions.session.session import Session

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Balancing(Generic[S, C, E]):
    """The share of one life. While nodes of two releases live, or nodes come and go, nothing moves for its sake.

    A node that has few games gets of these alone, however few sessions it holds.
    """

    def __init__(self, node: Node[S, C, E], peers: Peers, handoff: Handoff[S, C, E]) -> None:
        self._node = node
        self._peers = peers
        self._handoff = handoff
        self._calm_beats = 0
        self._seen: frozenset[str] = frozenset()

    async def look(self) -> None:
        """Give one batch away, if this node has more than its share."""
        hosts = self._peers.hosts()
        now = frozenset(row.owner for row in hosts)
        calm = now == self._seen and self._peers.one_release() and not self._node.draining
        self._calm_beats = self._calm_beats + 1 if calm else 0
        self._seen = now
        if self._calm_beats < REBALANCE_CALM_BEATS:
            return
        mine = len(self._node.residents.open)
        others = [row for row in hosts if row.owner != self._node.owner]
        share = (mine + sum(row.sessions for row in others)) / (len(others) + 1)
        if mine <= max(share * REBALANCE_SLACK, share + REBALANCE_MIN):
            return
        for target in sorted(others, key=lambda row: row.sessions):
            count = min(REBALANCE_BATCH, int(mine - share), int(share - target.sessions))
            given = [one for one in self._node.residents.open.values() if self._is_read(one, target)][: max(0, count)]
            if given:
                await self._handoff.give(given, target.owner)
                return

    def _is_read(self, session: Session[S, C, E], target: NodeRow) -> bool:
        kind = session.environment.kind
        return is_read(kind, self._node.reads[kind], target.reads)
