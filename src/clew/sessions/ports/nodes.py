"""What the store keeps of nodes: who lives, and how they are doing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal


class NodeRegister(Protocol):
    """Every life of every node, on the store's clock.

    Kept by every adapter (tests/clew/contracts/test_nodes.py, test_signs.py).
    """

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        """Begin a new life of the node; earlier ones count as dead from here on."""
        ...

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        """Prolong the lease by so much from now, and say how the node is doing.

        None: this life is over (a later one registered, it retired, or it was declared dead), for good.
        """
        ...

    async def say_alive(self, owner: Owner, since: Millis) -> None:
        """Note that this life could write just now, which it was seen to: what a claim of its sessions is dated by.

        Said often, so it costs next to nothing and waits for no disk: after a power cut an earlier one counts, or the
        last renewal. Prolongs no lease. Nothing is noted of a life that is over, nor of one whose row was renewed
        before ``since``: the store went back, and who renews next is to see that.
        """
        ...

    async def retire(self, owner: Owner) -> None:
        """End this life of the node now."""
        ...

    async def declare_dead(self, owner: Owner) -> bool:
        """End the life of a node whose process was just found gone; False: it was over already.

        If it beat shortly before, it counts as having lived until now.
        """
        ...

    async def rows(self) -> Sequence[NodeRow]:
        """Every life on record, the living and those that ended lately or still hold something, by node and life."""
        ...

    async def forget(self, limit: int) -> int:
        """Strike lives off the record that ended, or fell silent, long ago and hold nothing: at most so many, oldest
        first. Gives how many.

        None of their names is given again, whatever becomes of the node: who was asleep for a day must not wake up
        under the name of another. One that is struck off while it is only silent finds its life over.
        """
        ...

    async def ask_drain(self, node_id: NodeId) -> bool:
        """Mark the living life of a node as draining: it hears of it with its next beat. False: there is none."""
        ...
