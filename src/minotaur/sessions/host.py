"""One node's sessions: the only door to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from minotaur.sessions.bodies import read_entry
from minotaur.sessions.bounds import COMMAND_ID_CHARS_MAX, JOURNAL_PAGE_MAX, LEASE_MS, LIST_PAGE_MAX
from minotaur.sessions.faults import Busy, Quarantined, Unreadable
from minotaur.sessions.ids import GameId, PlayerId, UserId
from minotaur.sessions.metrics import Metrics
from minotaur.sessions.node import Node
from minotaur.sessions.ports import Clock, Codec, Machine, Store
from minotaur.sessions.records import (
    Answer,
    Committed,
    EndOfFeed,
    Entry,
    NodeInfo,
    Progress,
    Receipt,
    Resumed,
    Seen,
    SessionPage,
    SessionSummary,
    StoredStatus,
)
from minotaur.sessions.turn import Envelope
from minotaur.sessions.watch import Watch

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Host(Generic[S, C, E]):
    """Runs the sessions this node holds, one writer each, nothing told before it is durable.

    Every call before ``running`` is entered or after ``stop`` raises ``Busy``.
    """

    def __init__(
        self,
        machine: Machine[S, C, E],
        codec: Codec[S, E],
        store: Store,
        clock: Clock,
        node: NodeInfo,
        metrics: Metrics,
    ) -> None:
        self._machine = machine
        self._codec = codec
        self._store = store
        self._clock = clock
        self._info = node
        self._metrics = metrics
        self._running: Node[S, C, E] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Be a node while inside: hold the lease, commit, watch the deadlines; ``stop`` on the way out.

        Left by an exception or a cancellation, it ends at once and lets go of nothing, as a crash would.
        """
        now = self._clock.now()
        owner = await self._store.register(self._info, now, now + LEASE_MS)
        async with asyncio.TaskGroup() as tasks:
            node: Node[S, C, E] = Node(
                self._machine, self._codec, self._store, self._clock, self._metrics, owner, tasks
            )
            self._running = node
            try:
                yield
                await node.stop()
            finally:
                self._running = None
                node.drop("stopping")

    async def stop(self) -> None:
        """Take no more commands, finish those in progress (bounded), let go of every session. Twice is once."""
        if self._running is not None:
            await self._running.stop()

    async def resume_active_sessions(self, progress: Callable[[Progress], None]) -> Resumed:
        """Take over every open session that nobody holds, its clocks credited; those that can't be read step aside."""
        return await self._node().resume(progress)

    async def create(self, game_id: GameId, join_code: str, events: Sequence[E]) -> None:
        """Make a session whose first entries are ``events``. Durable on return.

        Raises ``JoinCodeTaken``, ``Busy``, ``Crashed``.
        """
        await self._node().create(game_id, join_code, events)

    async def post(
        self, game_id: GameId, command: C, *, player_id: PlayerId | None = None, command_id: str | None = None
    ) -> Answer:
        """Decide a command; the answer is durable. Raises ``NoSuchSession``, ``Busy``, ``Quarantined``, ``Crashed``.

        A seated player's ``command_id`` takes effect once: a repeat gets the first answer, across crashes too.
        """
        node = self._node()
        receipt = None
        if player_id is not None and command_id is not None:
            assert len(command_id) <= COMMAND_ID_CHARS_MAX, "the edge bounds command ids"
            receipt = Receipt(player_id, command_id)
        session = node.residents.get(game_id) or await node.reach(game_id)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        session.post(Envelope(command, receipt, answer, self._clock.monotonic()))
        return await answer

    async def look(self, game_id: GameId) -> Seen[S]:
        """The committed state. Raises ``NoSuchSession``, ``Busy``, ``Quarantined``."""
        node = self._node()
        session = node.residents.get(game_id)
        if session is None:
            session = await node.reach(game_id)
        return Seen(session.at.state, session.at.seq)

    async def watch(
        self,
        game_id: GameId,
        watcher: Callable[[Committed[S, E]], None],
        ended: Callable[[EndOfFeed], None] | None = None,
    ) -> Watch[S, E]:
        """The committed state now, and a call of ``watcher`` for every later commit: in order, once each, no gaps.

        ``watcher`` is called in the loop and must be quick; what it raises is logged and ends only its own watch.
        A closed session's watch is silent. ``ended``, if given, is called once if the feed stops before ``close``.
        """
        node = self._node()
        session = node.residents.get(game_id) or await node.reach(game_id)
        return Watch(session.feed, session.at.state, session.at.seq, watcher, ended)

    async def journal(self, game_id: GameId, after: int, limit: int) -> list[Entry[E]]:
        """Committed entries numbered above ``after``, in order: at most ``limit`` and ``JOURNAL_PAGE_MAX``.

        Raises ``Busy``, and ``Quarantined`` where an entry can't be read. A session that is not there has none.
        """
        self._node()
        stored = await self._store.journal(game_id, after, min(limit, JOURNAL_PAGE_MAX))
        try:
            return [read_entry(self._codec, entry) for entry in stored]
        except Unreadable as unreadable:
            raise Quarantined(game_id, str(unreadable)) from unreadable

    async def find(self, join_code: str) -> SessionSummary | None:
        """The open or quarantined session with this code, else the latest closed one."""
        self._node()
        return await self._store.find(join_code)

    async def sessions_of(
        self, user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        """A user's sessions in these statuses (none named: all), newest first; at most ``LIST_PAGE_MAX``."""
        self._node()
        return await self._store.sessions_of(user_id, statuses, cursor, min(limit, LIST_PAGE_MAX))

    async def wait_quiet(self) -> None:
        """Until no session has a command, a commit or trouble in hand."""
        await self._node().residents.wait_quiet()

    def _node(self) -> Node[S, C, E]:
        node = self._running
        if node is None or node.stopping:
            raise Busy("this node is not running")
        return node
