"""Taking over what nobody living holds: at the start, and when a node has died. One path for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from clew.sessions.bounds import CLAIM_BATCH, CLAIM_SHARE
from clew.sessions.faults import NotRunning, Quarantined
from clew.sessions.ids import GameId, Owner
from clew.sessions.node.claimed import log_claimed
from clew.sessions.node.node import Node
from clew.sessions.records import Progress, Resumed, Stored

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Claiming(Generic[S, C, E]):
    """Takes over, for one life, what nobody living holds."""

    def __init__(self, node: Node[S, C, E]) -> None:
        self._node = node

    async def resume(self, progress: Callable[[Progress], None]) -> Resumed:
        """Take over all that nobody holds. The host's promise."""
        node, environment = self._node, self._node.environment
        claimable = await node.patiently(
            lambda: environment.store.ownership.count_claimable(environment.owner, node.reads)
        )
        total = sum(claimable.values())
        quarantined = list[tuple[GameId, str]]()
        lost_by = Counter[Owner | None]()
        done = 0
        progress(Progress(0, total))
        # ``total`` was true when it was asked: others claim beside this node, so the end is what the store gives last.
        while batch := await self._claim(CLAIM_BATCH, quarantined, lost_by):
            done += batch
            progress(Progress(done, max(total, done)))
            if batch == 1 and quarantined and done < total:
                # What is huge comes last and alone. No player waits for it, so nobody's start does either.
                node.run_along(self._put_aside_the_rest(), "put aside")
                break
        log_claimed(node.owner, lost_by, node.cause_of)
        await node.residents.wait_quiet()
        return Resumed(done - len(quarantined), tuple(quarantined))

    async def take_over(self) -> int:
        """Take what can be taken, a share at a time, so that others get theirs. Gives how many."""
        lost_by = Counter[Owner | None]()
        try:
            while self._node.may_claim and await self._claim(CLAIM_SHARE, [], lost_by):
                pass
        finally:
            log_claimed(self._node.owner, lost_by, self._node.cause_of)
        return lost_by.total()

    async def wake_up(self, stored: Sequence[Stored]) -> None:
        """Go on with sessions that are this node's and were asleep."""
        async with self._node.opening:
            for row in stored:
                with suppress(Quarantined):  # put aside and logged
                    await self._node.take_in_or_quarantine(row)

    async def _put_aside_the_rest(self) -> None:
        with suppress(NotRunning):
            lost_by = Counter[Owner | None]()
            while await self._claim(CLAIM_BATCH, [], lost_by):
                pass
            log_claimed(self._node.owner, lost_by, self._node.cause_of)

    async def _claim(self, limit: int, quarantined: list[tuple[GameId, str]], lost_by: Counter[Owner | None]) -> int:
        # Held from the claim to the last session in memory: who reaches for one of them meanwhile would bring it twice.
        async with self._node.opening:
            claimed = await self._node.claim(limit)
        quarantined += [(fault.game_id, fault.reason) for fault in claimed.unreadable]
        lost_by.update(claimed.lost_by)
        return claimed.lost_by.total()
