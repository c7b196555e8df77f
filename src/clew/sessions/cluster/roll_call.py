"""Who came and who left, as this node sees it: one line for each."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from clew.sessions.cluster.peers import Peers
from clew.sessions.ids import NodeId, Owner
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeRow

_log = structlog.get_logger("clew.sessions.cluster.roll_call")


class RollCall:
    """Follows the list of nodes. Lives of this node itself are not told of: they tell of themselves.

    ``sure``: whether the others have had time to say that they live. They had not where this node's own lease ran out
    just now: after an outage of the store all have, and nobody has come or gone.
    """

    def __init__(self, peers: Peers, metrics: Metrics, me: NodeId, sure: Callable[[], bool]) -> None:
        self._peers = peers
        self._metrics = metrics
        self._me = me
        self._sure = sure
        self._alive: dict[Owner, NodeRow] | None = None
        peers.listen(self._look)

    def _look(self) -> None:
        rows = {row.owner: row for row in self._peers.rows}
        alive = {owner: row for owner, row in rows.items() if row.alive and row.node_id != self._me}
        self._metrics.nodes_alive.set(sum(row.alive for row in rows.values()))
        if not self._sure():
            return
        before, self._alive = self._alive, alive
        if before is None:
            _log.info("nodes_found", nodes=sorted(alive))
            return
        for owner in alive.keys() - before.keys():
            row = alive[owner]
            _log.info("node_arrived", owner=owner, release=row.release, roles=" ".join(row.roles))
        for owner in before.keys() - alive.keys():
            last = rows.get(owner, before[owner])
            _log.info(
                "node_left", owner=owner, release=last.release, sessions=last.sessions, cause=cause_of(rows.get(owner))
            )


def cause_of(row: NodeRow | None) -> str:
    """Why a life is not among the living, as its row tells it."""
    if row is None or not row.over:
        return "lease_ran_out"
    return "drained" if row.draining else "ended"
