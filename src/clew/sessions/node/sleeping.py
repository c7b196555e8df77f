"""Sessions that nobody needs for long leave memory; their row wakes them before their deadline."""

from __future__ import annotations

from typing import Generic, TypeVar

from clew.sessions.bounds import SLEEP_AFTER_S, SLEEP_AHEAD_MS, SLEEP_BATCH, WAKE_AHEAD_MS, WAKE_BATCH
from clew.sessions.ids import GameId
from clew.sessions.node.claiming import Claiming
from clew.sessions.node.node import Node
from clew.sessions.records import RowVersion, Verdict
from clew.sessions.session.session import Session

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Sleeping(Generic[S, C, E]):
    """Who sleeps and who wakes, of one life. A sleeping session is its owner's still: a command wakes it at once."""

    def __init__(self, node: Node[S, C, E], claiming: Claiming[S, C, E]) -> None:
        self._node = node
        self._claiming = claiming
        self._put_off_ms = 0
        """How much sooner than their rows say sleepers are to be woken."""
        self._drowsy: dict[GameId, RowVersion] = {}
        """In memory, though their rows call them asleep: until their next commit."""

    def awake(self) -> int:
        """How many sessions in memory the store counts as awake."""
        in_memory = self._node.residents.open
        self._drowsy = {
            game_id: version
            for game_id, version in self._drowsy.items()
            if (session := in_memory.get(game_id)) is not None and session.row_version == version
        }
        return len(in_memory) - len(self._drowsy)

    async def look(self) -> None:
        """Wake whose time comes, and let those sleep that may."""
        await self._wake()
        if not self._node.draining:
            await self._put_to_sleep()

    async def _wake(self) -> None:
        environment = self._node.environment
        self._put_off_ms = self._node.residents.put_off_ms(environment.ledger.total)
        wake_before = environment.clock.now() + WAKE_AHEAD_MS + self._put_off_ms
        woken = await environment.store.ownership.wake(environment.owner, wake_before, WAKE_BATCH)
        for stored in woken:
            environment.metrics.woken.labels(stored.kind).inc()
            environment.metrics.taken.labels(stored.kind, "wake").inc()
        await self._claiming.wake_up(woken)

    async def _put_to_sleep(self) -> None:
        environment, residents = self._node.environment, self._node.residents
        tired = [session for session in residents.open.values() if self._may_sleep(session)][:SLEEP_BATCH]
        if not tired:
            return
        versions = [session.row_version for session in tired]
        verdicts = await environment.store.ownership.put_to_sleep(environment.owner, versions)
        for session, version, verdict in zip(tired, versions, verdicts, strict=True):
            # It may have played on while the store was asked: then the row is fenced, or old, and it stays awake.
            if verdict is not Verdict.COMMITTED or session.row_version != version:
                continue
            if self._may_sleep(session):
                residents.forget(session)
                environment.metrics.asleep.labels(session.environment.kind).inc()
            else:
                self._drowsy[session.game_id] = version

    def _may_sleep(self, session: Session[S, C, E]) -> bool:
        clock = self._node.environment.clock
        if not session.idle or clock.monotonic() - session.touched_at_s < SLEEP_AFTER_S:
            return False
        due = session.environment.machine.deadline(session.at.state)
        return due is None or due[0] - clock.now() > SLEEP_AHEAD_MS + self._put_off_ms
