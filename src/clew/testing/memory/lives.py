"""The lives of nodes, for the store in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS, FOUND_DEAD_WITHIN_MS


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


class Lives:
    """All that are on record. ``holds``: whether a life has open sessions."""

    def __init__(self, holds: Callable[[Owner], bool]) -> None:
        self._lives: dict[Owner, LifeRecord] = {}
        self._holds = holds
        self._forgotten_incarnation = 0

    def get(self, owner: Owner | None) -> LifeRecord | None:
        return None if owner is None else self._lives.get(owner)

    def alive(self, owner: Owner, now: Millis) -> bool:
        life = self._lives.get(owner)
        return life is not None and life.alive(now)

    def end_lost(self, asker: Owner, now: Millis) -> None:
        """Those that are silent and hold something are over from here on."""
        for owner, life in self._lives.items():
            if owner != asker and not life.alive(now) and self._holds(owner):
                life.over = True

    def register(self, node: NodeInfo, now: Millis, lease_ms: int) -> Owner:
        """``Store.register``."""
        earlier = [life for life in self._lives.values() if life.node.node_id == node.node_id]
        for life in earlier:
            life.over = True
        incarnation = max((life.incarnation for life in earlier), default=0)
        incarnation = max(incarnation, self._forgotten_incarnation) + 1
        owner = Owner(f"{node.node_id}.{incarnation}")
        self._lives[owner] = LifeRecord(node, incarnation, now, now + lease_ms)
        return owner

    def renew(self, owner: Owner, now: Millis, lease_ms: int, beat: Beat) -> Renewal | None:
        """``Store.renew``, but for how many sessions it holds."""
        life = self._lives.get(owner)
        if life is None or life.over:
            return None
        before, life.renewed_at = life.renewed_at, now
        life.expires_at = now + lease_ms
        life.beat = replace(beat, draining=beat.draining or life.beat.draining)
        return Renewal(life.beat.draining, 0, now, before)

    def retire(self, owner: Owner, now: Millis) -> None:
        """``Store.retire``."""
        life = self._lives.get(owner)
        if life is not None and not life.over:
            life.renewed_at = now
            life.over = True

    def declare_dead(self, owner: Owner, now: Millis) -> bool:
        """``Store.declare_dead``."""
        life = self._lives.get(owner)
        if life is None or life.over:
            return False
        life.over = True
        if life.renewed_at > now - FOUND_DEAD_WITHIN_MS:
            life.renewed_at = max(life.renewed_at, now)
        return True

    def forget(self, now: Millis, limit: int) -> int:
        """``Store.forget_nodes``."""
        old = sorted(
            (life.renewed_at, owner)
            for owner, life in self._lives.items()
            if not life.alive(now) and life.renewed_at <= now - ENDED_LISTED_MS and not self._holds(owner)
        )[:limit]
        for _, owner in old:
            life = self._lives.pop(owner)
            self._forgotten_incarnation = max(self._forgotten_incarnation, life.incarnation)
        return len(old)

    def rows(self, now: Millis) -> list[NodeRow]:
        """``Store.nodes``."""
        lives = sorted(self._lives.items(), key=lambda each: (each[1].node.node_id, each[1].incarnation))
        listed_since = now - ENDED_LISTED_MS
        return [
            life.row(owner, now)
            for owner, life in lives
            if life.alive(now) or life.renewed_at > listed_since or self._holds(owner)
        ]

    def ask_drain(self, node_id: NodeId, now: Millis) -> bool:
        """``Operators.ask_drain``."""
        for life in self._lives.values():
            if life.node.node_id == node_id and life.alive(now):
                life.beat = replace(life.beat, draining=True)
                return True
        return False
