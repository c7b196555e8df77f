"""A node at work: its lease, its committers, its sessions, and how sessions come into its memory."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Generic, TypeVar, cast

import structlog

from minotaur.sessions.actor import Session
from minotaur.sessions.bodies import Position, read_session, write_entry, write_snapshot
from minotaur.sessions.bounds import ANSWER_WAIT_S, CLAIM_BATCH, LEASE_MS, LEASE_RENEW_S, STOP_GRACE_S
from minotaur.sessions.committer import Broken, Committer, Outcome
from minotaur.sessions.deadlines import Deadlines
from minotaur.sessions.faults import (
    Busy,
    Crashed,
    Fault,
    JoinCodeTaken,
    NoSuchSession,
    OutcomeUnknown,
    Quarantined,
    Unreadable,
)
from minotaur.sessions.ids import GameId, Millis, Owner
from minotaur.sessions.metrics import Metrics
from minotaur.sessions.ports import Clock, Codec, Machine, Store
from minotaur.sessions.records import (
    OPEN,
    Creation,
    EndOfFeed,
    Entry,
    NewSession,
    Part,
    Progress,
    Resumed,
    Stored,
    Verdict,
)
from minotaur.sessions.residents import Residents
from minotaur.sessions.surroundings import Surroundings

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
T = TypeVar("T")

_log = structlog.get_logger("minotaur.sessions.node")


class Node(Generic[S, C, E]):
    """One life of one node, from its registration to its end."""

    def __init__(
        self,
        machine: Machine[S, C, E],
        codec: Codec[S, E],
        store: Store,
        clock: Clock,
        metrics: Metrics,
        owner: Owner,
        tasks: asyncio.TaskGroup,
    ) -> None:
        self.residents: Residents[S, C, E] = Residents(tasks, metrics)
        self.stopping = False
        """No more commands: the node was told to stop, or lost its lease."""
        self._leaving = False
        self._deadlines = Deadlines(clock)
        self._committer: Committer[Part, Verdict] = Committer(store.commit, clock, metrics)
        self._creator: Committer[NewSession, Creation] = Committer(store.create, clock, metrics)
        self._around: Surroundings[S, C, E] = Surroundings(
            machine, codec, store, clock, metrics, self._committer, self._deadlines, owner, self.residents
        )
        self._tasks = tasks
        self._opening = asyncio.Lock()
        self._stopped = asyncio.Event()
        self._background = [
            tasks.create_task(work, name=name)
            for work, name in (
                (self._committer.run(), "committer"),
                (self._creator.run(), "creator"),
                (self._keep_lease(), "lease"),
                (self._expire(), "expiry"),
            )
        ]

    # --- sessions come into memory -------------------------------------------------------------------------------

    async def create(self, game_id: GameId, join_code: str, events: Sequence[E]) -> None:
        """Make a session and hold it. The host's promise."""
        around = self._around
        state: S | None = None
        for event in events:
            state = around.machine.evolve(state, event)
        assert state is not None, "a session begins with an event"
        at = Position(state, len(events), around.machine.summary(state), {})
        now = around.clock.now()
        due = around.machine.deadline(state)
        bodies = tuple(write_entry(around.codec, Entry(seq, now, event)) for seq, event in enumerate(events, 1))
        new = NewSession(
            game_id, join_code, around.owner, bodies, now, due and due[0], write_snapshot(around.codec, at)
        )
        done: asyncio.Future[Outcome[Creation]] = asyncio.get_running_loop().create_future()

        def take(outcome: Outcome[Creation]) -> None:
            if outcome is Creation.CREATED and not self.stopping:
                self._hold(Session(around, game_id, 1, at.seq, at), None)
            if not done.done():
                done.set_result(outcome)

        self._creator.submit(new, take)
        late = around.clock.call_later(ANSWER_WAIT_S, lambda: _be_late(done))
        try:
            outcome = await done
        finally:
            late.cancel()
        match outcome:
            case Creation.CREATED:
                return
            case Creation.JOIN_CODE_TAKEN:
                raise JoinCodeTaken(join_code)
            case Busy() as busy:
                raise busy
            case OutcomeUnknown():
                await self._find_out(game_id)
            case Broken():
                raise Crashed(game_id)

    async def reach(self, game_id: GameId) -> Session[S, C, E]:
        """The session in memory, brought there if it may be. Raises ``NoSuchSession``, ``Quarantined``, ``Busy``."""
        session = self.residents.get(game_id)
        if session is not None:
            return session
        stored = await self.read(game_id)
        if stored.game_status not in OPEN:
            return self.residents.get(game_id) or self._take_in(stored)
        async with self._opening:
            session = self.residents.get(game_id)
            if session is not None:
                return session
            around = self._around
            claimed = await around.store.claim(around.owner, around.clock.now(), 1, game_id)
            stored = claimed[0] if claimed else await around.read_fenced(game_id)
            if stored.owner != around.owner or self.stopping:
                raise Busy(f"session {game_id} is not here")
            return await self._take_in_or_quarantine(stored)

    async def read(self, game_id: GameId) -> Stored:
        """The session as stored. Raises ``NoSuchSession``, ``Quarantined``."""
        stored = await self._around.store.load(game_id)
        if stored is None:
            raise NoSuchSession(game_id)
        if stored.game_status == "quarantined":
            raise Quarantined(game_id, stored.quarantine_reason or "no reason kept")
        return stored

    async def resume(self, progress: Callable[[Progress], None]) -> Resumed:
        """Take over all that nobody holds. The host's promise."""
        around = self._around
        total = await self._patiently(lambda: around.store.count_claimable(around.owner, around.clock.now()))
        quarantined = list[tuple[GameId, str]]()
        done = 0
        progress(Progress(0, total))
        while batch := await self._claim_batch(quarantined):
            done += batch
            progress(Progress(done, max(total, done)))
        await self.residents.wait_quiet()
        return Resumed(done - len(quarantined), tuple(quarantined))

    async def _claim_batch(self, quarantined: list[tuple[GameId, str]]) -> int:
        around = self._around
        async with self._opening:
            batch = await self._patiently(lambda: around.store.claim(around.owner, around.clock.now(), CLAIM_BATCH))
            for stored in batch:
                try:
                    await self._take_in_or_quarantine(stored)
                except Quarantined as fault:
                    quarantined.append((stored.game_id, fault.reason))
        return len(batch)

    async def _take_in_or_quarantine(self, stored: Stored) -> Session[S, C, E]:
        around = self._around
        try:
            return self._take_in(stored)
        except Quarantined as fault:
            reason = fault.reason
            _log.error("session_unreadable", game_id=stored.game_id, join_code=stored.join_code, reason=reason)
            await self._patiently(
                lambda: around.store.quarantine(stored.game_id, around.owner, reason, around.clock.now())
            )
            around.metrics.quarantined.inc()
            raise

    def _take_in(self, stored: Stored) -> Session[S, C, E]:
        around = self._around
        try:
            at = read_session(around.machine, around.codec, stored)
        except Unreadable as unreadable:
            raise Quarantined(stored.game_id, str(unreadable)) from unreadable
        session = Session(around, stored.game_id, stored.epoch, stored.snapshot_seq, at)
        self._hold(session, stored.unowned_since)
        return session

    def _hold(self, session: Session[S, C, E], unowned_since: Millis | None) -> None:
        self.residents.add(session)
        if session.open:
            session.begin(unowned_since)

    async def _find_out(self, game_id: GameId) -> None:
        """Whether a creation of unknown outcome happened. Raises ``Busy`` if not, though it still may."""
        try:
            await self.reach(game_id)
        except NoSuchSession as none:
            raise Busy("the store could not say whether the session was made") from none

    async def _patiently(self, ask: Callable[[], Awaitable[T]]) -> T:
        answer = await self._around.patiently(ask, lambda: not self.stopping)
        if self.stopping:
            raise Busy("this node is stopping")
        return cast("T", answer)

    # --- the node's own life -------------------------------------------------------------------------------------

    async def stop(self) -> None:
        """Finish what is in hand, let go of everything. The host's promise."""
        if self._leaving:
            await self._stopped.wait()
            return
        self._leaving = self.stopping = True
        if not await self._within(STOP_GRACE_S, self.residents.wait_quiet(), "settle"):
            _log.warning("stopping_with_commands_in_hand")
        self.drop("stopping")
        if not await self._within(STOP_GRACE_S, self._let_go(), "let go"):
            _log.warning("stopped_without_letting_go")
        for task in self._background:
            task.cancel()
        self._stopped.set()

    def drop(self, why: EndOfFeed) -> None:
        """Forget every session, now. What is stored stays."""
        self.stopping = True
        for session in list(self.residents.open.values()):
            session.end(why)
        self._deadlines.close()
        self.residents.shut()

    async def _let_go(self) -> None:
        around = self._around
        try:
            await around.store.release(around.owner, around.clock.now())
            await around.store.retire(around.owner, around.clock.now())
        except Fault as fault:
            _log.warning("not_let_go", fault=repr(fault))

    async def _within(self, limit_s: float, work: Coroutine[None, None, None], name: str) -> bool:
        task = self._tasks.create_task(work, name=name)

        def give_up() -> None:
            task.cancel()

        timer = self._around.clock.call_later(limit_s, give_up)
        await asyncio.wait({task})
        timer.cancel()
        return not task.cancelled()

    async def _keep_lease(self) -> None:
        around = self._around
        while True:
            await around.clock.sleep(LEASE_RENEW_S)
            now = around.clock.now()
            try:
                alive = await around.store.renew(around.owner, now, now + LEASE_MS)
            except Fault as fault:
                around.metrics.store_faults.labels("renew").inc()
                _log.warning("lease_not_renewed", fault=repr(fault))
                continue
            if not alive and not self.stopping:
                _log.error("lease_lost", owner=around.owner)
                self.drop("moved")

    async def _expire(self) -> None:
        around = self._around
        while True:
            await around.clock.sleep(LEASE_RENEW_S)
            for session in self.residents.unsettled_sessions():
                session.expire(around.clock.monotonic())


def _be_late(done: asyncio.Future[Outcome[Creation]]) -> None:
    """Whoever makes a session waits no longer for a store that hangs; it may be made yet."""
    if not done.done():
        done.set_result(Busy("the store is down or stuck"))
