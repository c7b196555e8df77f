"""Which sessions are in this node's memory, which of them are busy, and the tasks that mend them."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Coroutine
from typing import Generic, TypeVar

from clew.sessions.bounds import CLOSED_KEPT_MAX
from clew.sessions.ids import GameId, Kind
from clew.sessions.node.departed import Departed
from clew.sessions.session.session import Session
from clew.sessions.time.unserved import Unserved, owed_ms

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Residents(Generic[S, C, E]):
    """The open sessions of a node, and the ``CLOSED_KEPT_MAX`` closed ones looked at last."""

    def __init__(self, tasks: asyncio.TaskGroup, departed: Departed) -> None:
        self.open: dict[GameId, Session[S, C, E]] = {}
        self._closed: OrderedDict[GameId, Session[S, C, E]] = OrderedDict()
        self.asleep: dict[GameId, Unserved] = {}
        """What sessions that sleep had been given back when they left memory."""
        self._unsettled: set[object] = set()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._tasks: asyncio.TaskGroup | None = tasks
        self._held = Counter[Kind]()
        self._departed = departed

    def get(self, game_id: GameId) -> Session[S, C, E] | None:
        session = self.open.get(game_id)
        if session is None and (session := self._closed.get(game_id)) is not None:
            self._closed.move_to_end(game_id)
        return session

    def add(self, session: Session[S, C, E]) -> None:
        if session.open:
            assert session.game_id not in self.open, "a session has one place in memory"
            self.open[session.game_id] = session
            self._count(session, 1)
        else:
            self._keep_closed(session)

    def closed(self) -> list[Session[S, C, E]]:
        return list(self._closed.values())

    def forget_closed(self, game_id: GameId) -> None:
        """Drop a closed session that the store has otherwise: whoever asks reads it there."""
        self._closed.pop(game_id, None)

    def forget_departed(self) -> None:
        """Drop where sessions went, and at which epoch: the store has it otherwise."""
        self._departed.forget_all()

    def unsettled_sessions(self) -> list[Session[S, C, E]]:
        return [session for session in self.open.values() if session in self._unsettled]

    def thawed(self) -> list[Session[S, C, E]]:
        """Gives those that may have work which waited for the node's right to speak."""
        return [session for session in self.open.values() if session.work_waits()]

    def forget(self, session: Session[S, C, E]) -> None:
        """Drop a session that was put to sleep: its row knows all about it."""
        del self.open[session.game_id]
        self.asleep[session.game_id] = session.owed_time.paid
        self._departed.left(session.game_id, session.row_version.epoch)
        self._count(session, -1)
        session.sleep()

    def put_off_ms(self, total: Unserved) -> int:
        """How much too late the row of a sleeper may say its deadline is, because the clock was set back since."""
        if total.clock_step_ms >= 0:
            return 0
        return max(0, *(-owed_ms(paid, total) for paid in self.asleep.values()), 0)

    async def wait_quiet(self) -> None:
        """Wait until no session has anything in hand."""
        await self._quiet.wait()

    def shut(self) -> None:
        """Spawn no more."""
        self._tasks = None

    # --- what sessions tell (Registry) ---------------------------------------------------------------------------

    def unsettled(self, session: object) -> None:
        self._unsettled.add(session)
        self._quiet.clear()

    def settled(self, session: object) -> None:
        self._unsettled.discard(session)
        if not self._unsettled:
            self._quiet.set()

    def left(self, game_id: GameId) -> None:
        session = self.open.pop(game_id, None)
        if session is None:
            return
        self._count(session, -1)
        self._departed.left(game_id, session.row_version.epoch)
        if session.ended is None:
            self._keep_closed(session)

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        if self._tasks is None:
            work.close()
        else:
            self._tasks.create_task(work, name=name)

    def _keep_closed(self, session: Session[S, C, E]) -> None:
        self._closed[session.game_id] = session
        self._closed.move_to_end(session.game_id)
        while len(self._closed) > CLOSED_KEPT_MAX:
            self._closed.popitem(last=False)

    def _count(self, session: Session[S, C, E], by: int) -> None:
        environment = session.environment
        self._held[environment.kind] += by
        environment.counts.sessions.set(self._held[environment.kind])
