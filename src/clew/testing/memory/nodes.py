"""The lives of nodes in memory."""

from __future__ import annotations

from dataclasses import replace

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS, FOUND_DEAD_WITHIN_MS
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.lives import LifeRecord


class MemoryNodes:
    """``NodeRegister`` in memory."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        kept = self._kept
        earlier = [life for life in kept.lives.values() if life.node.node_id == node.node_id]
        for life in earlier:
            life.over = True
        incarnation = max((life.incarnation for life in earlier), default=0)
        incarnation = max(incarnation, kept.forgotten_incarnation) + 1
        owner, now = Owner(f"{node.node_id}.{incarnation}"), kept.clock.now()
        kept.lives[owner] = LifeRecord(node, incarnation, now, now + lease_ms)
        return owner

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        kept, life, now = self._kept, self._kept.lives.get(owner), self._kept.clock.now()
        if life is None or life.over:
            return None
        before, life.renewed_at = life.renewed_at, now
        life.expires_at = now + lease_ms
        life.beat = replace(beat, draining=beat.draining or life.beat.draining)
        awake = sum(not row.stored.asleep for row in kept.held(owner))
        return Renewal(life.beat.draining, awake, now, before)

    async def say_alive(self, owner: Owner, since: Millis) -> None:
        life = self._kept.lives.get(owner)
        if life is not None and not life.over and life.renewed_at >= since:
            life.renewed_at = max(life.renewed_at, self._kept.clock.now())

    async def retire(self, owner: Owner) -> None:
        life = self._kept.lives.get(owner)
        if life is not None and not life.over:
            life.renewed_at = self._kept.clock.now()
            life.over = True

    async def declare_dead(self, owner: Owner) -> bool:
        life, now = self._kept.lives.get(owner), self._kept.clock.now()
        if life is None or life.over:
            return False
        life.over = True
        if life.renewed_at > now - FOUND_DEAD_WITHIN_MS:
            life.renewed_at = max(life.renewed_at, now)
        return True

    async def rows(self) -> list[NodeRow]:
        kept, now = self._kept, self._kept.clock.now()
        lives = sorted(kept.lives.items(), key=lambda each: (each[1].node.node_id, each[1].incarnation))
        listed_since = now - ENDED_LISTED_MS
        return [
            life.row(owner, now)
            for owner, life in lives
            if life.alive(now) or life.renewed_at > listed_since or kept.held(owner)
        ]

    async def forget(self, limit: int) -> int:
        kept, now = self._kept, self._kept.clock.now()
        old = sorted(
            (life.renewed_at, owner)
            for owner, life in kept.lives.items()
            if not life.alive(now) and life.renewed_at <= now - ENDED_LISTED_MS and not kept.held(owner)
        )[:limit]
        for _, owner in old:
            life = kept.lives.pop(owner)
            kept.forgotten_incarnation = max(kept.forgotten_incarnation, life.incarnation)
        return len(old)

    async def ask_drain(self, node_id: NodeId) -> bool:
        for life in self._kept.lives.values():
            if life.node.node_id == node_id and life.alive(self._kept.clock.now()):
                life.beat = replace(life.beat, draining=True)
                return True
        return False
