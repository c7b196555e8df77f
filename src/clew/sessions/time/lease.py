"""A node's lease: its right to speak for the sessions it holds, kept by saying in time that it lives."""

from __future__ import annotations

from dataclasses import replace

from clew.sessions.bounds import CLAIM_AFTER_LAPSE_S, LEASE_MS, LEASE_TRUST_S
from clew.sessions.ids import Millis, Owner
from clew.sessions.node_records import Beat, NodeInfo, Renewal
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.nodes import NodeRegister
from clew.sessions.time.clock_offset import ClockOffset


class Lease:
    """One life of one node. ``trusted`` is judged by the node's own clock, so a paused process finds out by itself.

    A node that is ``alone`` on its store needs nobody's leave: nobody else could have taken its sessions.
    """

    def __init__(self, nodes: NodeRegister, clock: Clock, owner: Owner, renewed_at_s: float, *, alone: bool) -> None:
        self.owner = owner
        self.over = False
        self.offset = ClockOffset(clock)
        self._nodes = nodes
        self._clock = clock
        self.alone = alone
        self._renewed_at_s = renewed_at_s
        self._renewed_at: Millis | None = None
        self._lapsed_until_s = -CLAIM_AFTER_LAPSE_S

    @property
    def trusted(self) -> bool:
        """Whether this life was confirmed so lately that nobody can have claimed its sessions as a dead node's."""
        if self.over:
            return False
        return self.alone or self._clock.monotonic() - self._renewed_at_s < LEASE_TRUST_S

    @property
    def trusted_for_s(self) -> float:
        """For how long it is trusted yet, if it is not renewed meanwhile."""
        return 0.0 if self.over else max(0.0, LEASE_TRUST_S - self.silent_s)

    @property
    def silent_s(self) -> float:
        """Since when the store has not heard of this life, for all it knows itself."""
        return self._clock.monotonic() - self._renewed_at_s

    @property
    def may_claim(self) -> bool:
        """Whether this life may take what the dead hold: not before they had time to live, where it lapsed itself."""
        now_s = self._clock.monotonic()
        return self.alone or (self.trusted and now_s - self._lapsed_until_s >= CLAIM_AFTER_LAPSE_S)

    async def renew(self, beat: Beat) -> Renewal | None:
        """Prolong it, counted from when it was asked for. None: this life is over. Raises the store's faults."""
        # From before the question: the store may have written at any moment since, and only the earliest is safe.
        asked_at_s = self._clock.monotonic()
        renewal = await self._nodes.renew(self.owner, LEASE_MS, replace(beat, clock_offset_ms=self.offset.ms))
        if renewal is None:
            self.over = True
            return None
        self.offset.measure(asked_at_s, renewal.at)
        # Judged before the renewal counts: afterwards nothing would show that this life had lapsed.
        if not self.trusted:
            self._lapsed_until_s = self._clock.monotonic()
        self._renewed_at_s = asked_at_s
        self._renewed_at = renewal.at
        return renewal

    async def say_alive(self) -> None:
        """Have the store know, between two renewals, that this life still serves. Raises the store's faults."""
        if self.trusted and self._renewed_at is not None:
            await self._nodes.say_alive(self.owner, self._renewed_at)


async def begin_lease(nodes: NodeRegister, clock: Clock, node: NodeInfo, *, alone: bool) -> Lease:
    """Register a new life. Raises the store's faults.

    What it claims first was written by another's clock, so its own is compared before; the second renewal tells heirs.
    """
    asked_at_s = clock.monotonic()
    owner = await nodes.register(node, LEASE_MS)
    lease = Lease(nodes, clock, owner, asked_at_s, alone=alone)
    for _ in range(2):
        await lease.renew(Beat(ready=False, draining=False, sessions=0))
    return lease
