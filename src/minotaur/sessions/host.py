"""One node's sessions: the only door to them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from minotaur.sessions.ids import GameId, PlayerId, UserId
from minotaur.sessions.metrics import Metrics
from minotaur.sessions.ports import Clock, Codec, Machine, Store
from minotaur.sessions.records import (
    Answer,
    Committed,
    EndOfFeed,
    Entry,
    NodeInfo,
    Progress,
    Resumed,
    Seen,
    SessionPage,
    SessionSummary,
    StoredStatus,
)

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Watch(Generic[S]):
    """A place in a session's feed: ``state`` and ``seq`` as they stood when it began. Close it when done."""

    def __init__(self, state: S, seq: int) -> None:
        self.state = state
        self.seq = seq

    def close(self) -> None:
        """Hear no more. Closing twice is closing once."""
        raise NotImplementedError


class Host(Generic[S, C, E]):
    """Runs the sessions this node holds, one writer each, nothing told before it is durable.

    Calls before ``running`` is entered or after ``stop`` raise ``Busy``.
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
        raise NotImplementedError

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Hold the node's lease, commit, and watch the deadlines while inside; ``stop`` on the way out."""
        raise NotImplementedError
        yield

    async def stop(self) -> None:
        """Take no more commands, finish those in progress (bounded), let go of every session. Twice is once."""
        raise NotImplementedError

    async def resume_active_sessions(self, progress: Callable[[Progress], None]) -> Resumed:
        """Take over every open session that nobody holds, its clocks credited; those that can't be read step aside."""
        raise NotImplementedError

    async def create(self, game_id: GameId, join_code: str, events: Sequence[E]) -> None:
        """Make a session whose first entries are ``events``. Durable on return; raises ``JoinCodeTaken``, ``Busy``."""
        raise NotImplementedError

    async def post(
        self, game_id: GameId, command: C, *, player_id: PlayerId | None = None, command_id: str | None = None
    ) -> Answer:
        """Decide a command; the answer is durable. Raises ``NoSuchSession``, ``Busy``, ``Quarantined``, ``Crashed``.

        A seated player's ``command_id`` takes effect once: a repeat gets the first answer, across crashes too.
        """
        raise NotImplementedError

    async def look(self, game_id: GameId) -> Seen[S]:
        """The committed state. Raises ``NoSuchSession``, ``Busy``, ``Quarantined``."""
        raise NotImplementedError

    async def watch(
        self,
        game_id: GameId,
        watcher: Callable[[Committed[S, E]], None],
        ended: Callable[[EndOfFeed], None] | None = None,
    ) -> Watch[S]:
        """The committed state now, and a call of ``watcher`` for every later commit: in order, once each, no gaps.

        ``watcher`` is called in the loop and must be quick; what it raises is logged and ends only its own watch.
        A closed session's watch is silent. ``ended``, if given, is called once if the feed stops before ``close``.
        """
        raise NotImplementedError

    async def journal(self, game_id: GameId, after: int, limit: int) -> list[Entry[E]]:
        """Committed entries numbered above ``after``, in order: at most ``limit`` and ``JOURNAL_PAGE_MAX``."""
        raise NotImplementedError

    async def find(self, join_code: str) -> SessionSummary | None:
        """The open session with this code, else the latest closed one."""
        raise NotImplementedError

    async def sessions_of(
        self, user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        """A user's sessions, newest first; at most ``LIST_PAGE_MAX``."""
        raise NotImplementedError
