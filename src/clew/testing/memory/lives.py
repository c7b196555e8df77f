"""One life of a node, for the store in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from clew.sessions.ids import Millis, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow


@dataclass(slots=True)
class LifeRecord:
    """What the store knows of one life. ``over``: retired, declared dead, or followed by another."""

    node: NodeInfo
    incarnation: int
    renewed_at: Millis
    expires_at: Millis
    beat: Beat = field(default_factory=lambda: Beat(ready=False, draining=False, sessions=0))
    over: bool = False

    def alive(self, now: Millis) -> bool:
        return not self.over and self.expires_at > now

    def row(self, owner: Owner, now: Millis) -> NodeRow:
        return NodeRow(
            owner=owner,
            node_id=self.node.node_id,
            address=self.node.address,
            release=self.node.release,
            reads=self.node.reads,
            roles=self.node.roles,
            alive=self.alive(now),
            ready=self.beat.ready,
            draining=self.beat.draining,
            sessions=self.beat.sessions,
            silent_ms=max(0, now - self.renewed_at),
            over=self.over,
            unfit=self.beat.unfit,
            key_print=self.node.key_print,
            clock_offset_ms=self.beat.clock_offset_ms,
        )
