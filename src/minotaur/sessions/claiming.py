"""Taking over what nobody living holds: at the start, and when a node has died. One path for both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from minotaur.sessions.bounds import CLAIM_BATCH, CLAIM_SHARE
from minotaur.sessions.faults import NotRunning, Quarantined
from minotaur.sessions.ids import GameId
from minotaur.sessions.node import Node
from minotaur.sessions.records import Progress, Resumed, Stored

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Claiming(Generic[S, C, E]):
    """The claims of one life."""

    def __init__(self, node: Node[S, C, E]) -> None:
        self._node = node

    async def resume(self, progress: Callable[[Progress], None]) -> Resumed:
        """Take over all that nobody holds. The host's promise."""
        node, around = self._node, self._node.around
        total = await node.patiently(lambda: around.store.count_claimable(around.owner, around.codec.state_version))
        quarantined = list[tuple[GameId, str]]()
        done = 0
        progress(Progress(0, total))
        while batch := await self._claim(CLAIM_BATCH, quarantined):
            done += batch
            progress(Progress(done, max(total, done)))
            if batch == 1 and quarantined and done < total:
                # What is huge comes last and alone. No player waits for it, so nobody's start does either.
                node.run_along(self._put_aside_the_rest(), "put aside")
                break
        await node.residents.wait_quiet()
        return Resumed(done - len(quarantined), tuple(quarantined))

    async def take_over(self) -> int:
        """Take what can be taken, a share at a time, so that others get theirs. Gives how many."""
        done = 0
        while self._node.may_claim and (batch := await self._claim(CLAIM_SHARE, [])):
            done += batch
        return done

    async def wake_up(self, stored: Sequence[Stored]) -> None:
        """Go on with sessions that are this node's and were asleep."""
        async with self._node.opening:
            for row in stored:
                with suppress(Quarantined):  # put aside and logged
                    await self._node.take_in_or_quarantine(row)

    async def _put_aside_the_rest(self) -> None:
        with suppress(NotRunning):
            while await self._claim(CLAIM_BATCH, []):
                pass

    async def _claim(self, limit: int, quarantined: list[tuple[GameId, str]]) -> int:
        async with self._node.opening:
            claimed, unreadable = await self._node.claim(limit)
        quarantined += [(fault.game_id, fault.reason) for fault in unreadable]
        return claimed
