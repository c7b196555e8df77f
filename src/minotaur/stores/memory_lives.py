"""The lives of nodes, for the store in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from minotaur.sessions.ids import Millis, Owner
from minotaur.sessions.records import Beat, NodeInfo, NodeRow


@dataclass(slots=True)
class Life:
    """One life of one node. ``over``: retired, declared dead, or followed by another."""

    node: NodeInfo
    incarnation: int
    renewed_at: Millis
    expires_at: Millis
    beat: Beat = field(default_factory=lambda: Beat(ready=False, draining=False, sessions=0))
    over: bool = False

    def row(self, owner: Owner, now: Millis) -> NodeRow:
        return NodeRow(
            owner=owner,
            node_id=self.node.node_id,
            address=self.node.address,
            release=self.node.release,
            state_version_max=self.node.state_version_max,
            roles=self.node.roles,
            alive=not self.over and self.expires_at > now,
            ready=self.beat.ready,
            draining=self.beat.draining,
            sessions=self.beat.sessions,
            silent_ms=max(0, now - self.renewed_at),
        )
