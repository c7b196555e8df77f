"""One life of a node: its lease, its committers, its sessions, and how sessions come into its memory."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Generic, TypeVar, cast

import structlog

from clew.sessions.bounds import CLAIM_SHARE, STOP_GRACE_S
from clew.sessions.faults import (
    Busy,
    Fault,
    Moved,
    NoSuchSession,
    NotRunning,
    Quarantined,
    Unreadable,
)
from clew.sessions.games import Games, reads_of
from clew.sessions.ids import GameId, Kind, Owner
from clew.sessions.kinds import refuse_unread
from clew.sessions.metrics import Metrics
from clew.sessions.node.claimed import Claimed, log_claimed
from clew.sessions.node.creating import Creating
from clew.sessions.node.departed import Departed
from clew.sessions.node.hindsight import Hindsight
from clew.sessions.node.residents import Residents
from clew.sessions.node_records import Beat, Renewal
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import OPEN, EndOfFeed, Part, Stored, Verdict
from clew.sessions.session.bodies import Position, read_session
from clew.sessions.session.committer import Committer
from clew.sessions.session.environment import Environment, HostSettings, NodeEnvironment, environment_of
from clew.sessions.session.owed_time import Gap, gap_of_clocks
from clew.sessions.session.session import Session
from clew.sessions.session.setbacks import Setbacks
from clew.sessions.session.transfer import Handed
from clew.sessions.time.deadlines import Deadlines
from clew.sessions.time.lease import Lease
from clew.sessions.time.serving import Serving

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
T = TypeVar("T")

EXPIRY_S = 1.0
"""How often commands that waited too long are looked for."""

_log = structlog.get_logger("clew.sessions.node.node")


class Node(Generic[S, C, E]):
    """Holds sessions from its registration to its end. Nobody else writes to them as long as its lease is kept."""

    def __init__(
        self,
        games: Games[S, C, E],
        store: Store,
        clock: Clock,
        metrics: Metrics,
        lease: Lease,
        tasks: asyncio.TaskGroup,
        settings: HostSettings,
    ) -> None:
        self.departed = Departed()
        self.residents: Residents[S, C, E] = Residents(tasks, self.departed)
        self.lease = lease
        self.is_host = True
        self.announce: Callable[[Sequence[GameId]], None] = lambda _: None
        """Called with sessions that came to this node, for the others to hear of it."""
        self.with_lacks: Callable[[Beat], Beat] = lambda beat: beat
        """Adds to a beat what this node lacks to be of use."""
        self.cause_of: Callable[[Owner | None], str] = lambda owner: "released" if owner is None else "ended"
        """Why nobody living holds what this life held."""
        self.ready = False
        self.draining = False
        """No new sessions: those it holds go to other nodes."""
        self.stopping = False
        """No more commands: the node was told to stop, or its life is over."""
        self.opening = asyncio.Lock()
        """Held while sessions are brought into memory, so that none is brought twice."""
        self._leaving = False
        self._deadlines = deadlines = Deadlines(clock)
        self.renew_now = asyncio.Event()
        """Set when the store is to be asked at once whether it can be written."""
        serving = Serving(
            *(clock, metrics, deadlines, self.residents.open.values),
            *(store.journal.probe, lease, self.renew_now.set),
        )
        self._committer: Committer[Part, Verdict] = Committer(
            store.journal.commit, clock, metrics, serving.ledger.writing
        )
        self.creating: Creating[S, C, E] = Creating(self, store.journal, clock, metrics)
        """Makes sessions."""
        serving.when_back(self._committer.try_again, self.creating.try_again)
        setbacks = Setbacks(store.histories, clock, metrics, lease.owner)
        self.environment = NodeEnvironment(
            *(store, clock, metrics, self._committer, deadlines, lease, self.residents),
            *(setbacks, serving, settings.new_mark, settings.policy.entries_per_round_max),
            settings.went_on,
        )
        self.games = games
        self.reads = reads_of(games)
        self.kinds: Mapping[Kind, Environment[S, C, E]] = {
            kind: environment_of(self.environment, game) for kind, game in games.items()
        }
        """What sessions see, of each kind that it has."""
        self.hindsight: Hindsight[S, C, E] = Hindsight(self.environment, self.kinds, self.residents)
        self._tasks = tasks
        self._stopped = asyncio.Event()
        self._background = list[asyncio.Task[None]]()
        for work, name in (
            (self._committer.run(), "committer"),
            (self.creating.run(), "creator"),
            (self._expire(), "expiry"),
            (serving.run(), "serving"),
            (serving.run_giving_back(self._committer.wait_taken), "giving back"),
            (serving.run_probes(), "probes"),
            (serving.run_signs(), "signs"),
        ):
            self.run_along(work, name)

    @property
    def owner(self) -> Owner:
        return self.lease.owner

    @property
    def trusted(self) -> bool:
        """Whether it may speak for its sessions just now."""
        return self.lease.trusted and not self.stopping

    @property
    def takes_in(self) -> bool:
        """Whether it may hold more sessions."""
        return self.is_host and not self.draining

    @property
    def may_claim(self) -> bool:
        """Whether it may take sessions of the dead."""
        return self.takes_in and self.lease.may_claim

    async def renew(self) -> Renewal | None:
        """Say that it lives, and how it is doing. None: this life is over. Raises the store's faults."""
        with self.environment.serving.ledger.asking():
            renewal = await self.lease.renew(self.with_lacks(Beat(self.ready, self.draining, len(self.residents.open))))
        self.environment.serving.heard()
        return renewal

    def run_along(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        """Have this run until the end of this life."""
        task = self._tasks.create_task(work, name=name)
        self._background.append(task)
        task.add_done_callback(self._background.remove)
        return task

    # --- sessions come into memory -------------------------------------------------------------------------------

    async def reach(self, game_id: GameId) -> Session[S, C, E]:
        """The session in memory, brought there if it may be.

        Raises ``NoSuchSession``, ``Quarantined``, ``Moved``, ``Busy``.
        """
        session = self.residents.get(game_id)
        if session is not None and not session.open:
            return session
        # After what is closed, before what is open: that never changes, whoever holds it; this may be another's by now.
        if not self.trusted:
            raise Moved(game_id)
        if session is not None:
            return session
        if (gone := self.departed.to(game_id, self.environment.clock.monotonic())) is not None:
            raise Moved(game_id, gone)
        stored = await self.read(game_id)
        if stored.game_status not in OPEN:
            refuse_unread(game_id, stored.kind, stored.state_version, self.reads)
            return self.residents.get(game_id) or self._take_in_closed(stored)
        async with self.opening:
            # Looked up again behind the lock: whoever held it may have brought this very session.
            session = self.residents.get(game_id)
            return session if session is not None else await self._bring(game_id)

    async def read(self, game_id: GameId) -> Stored:
        """The session as stored. Raises ``NoSuchSession``, ``Quarantined``."""
        stored = await self.environment.store.journal.load(game_id)
        if stored is None:
            raise NoSuchSession(game_id)
        if stored.game_status == "quarantined":
            raise Quarantined(game_id, stored.quarantine_reason or "no reason kept")
        return stored

    async def take_in_or_quarantine(self, stored: Stored, term: str | None = None) -> Session[S, C, E]:
        """Go on with a session that is this node's; one that can't be read is put aside: ``Quarantined``.

        ``term``: the mark of its new term, where it was drawn for several.
        """
        environment = self.environment
        if (there := self.residents.open.get(stored.game_id)) is not None:
            return there  # handed over meanwhile; if it was fenced with this reading, it finds out by itself
        try:
            return self._take_in(stored, term)
        except Quarantined as fault:
            reason = fault.reason
            _log.error("session_unreadable", game_id=stored.game_id, join_code=stored.join_code, reason=reason)
            await self.patiently(
                lambda: environment.store.ownership.quarantine(
                    stored.game_id, environment.owner, reason, environment.clock.now()
                )
            )
            environment.metrics.of(stored.kind).quarantined.inc()
            raise

    def take_up(self, handed: Handed, at: Position[S]) -> None:
        """Go on with a session that another node handed over as it stood there."""
        self.departed.forget(handed.game_id)
        environment = self.kinds[handed.kind]
        session = Session(environment, handed.game_id, handed.epoch, handed.snapshot_seq, handed.stored_version, at)
        self.hold(session, gap_of_clocks(handed.packed_at, self.environment.clock.now()))

    async def claim(self, limit: int, only: GameId | None = None) -> Claimed:
        """Take over sessions that nobody living holds. Only with ``opening`` held."""
        environment, wanted = self.environment, limit

        async def ask() -> Sequence[Stored]:
            nonlocal wanted
            try:
                return await environment.store.ownership.claim(environment.owner, self.reads, wanted, only)
            except Busy:
                wanted = max(1, wanted // 2)  # perhaps these were too much for one transaction
                raise

        batch = await self.patiently(ask)
        unreadable = list[Quarantined]()
        # One for all: a mark tells terms of one session apart, and chance is asked of the kernel.
        term = environment.new_mark()
        for stored in batch:
            try:
                await self.take_in_or_quarantine(stored, term)
            except Quarantined as fault:
                unreadable.append(fault)
        for stored in batch:
            environment.metrics.of(stored.kind).claimed_from(self.cause_of(stored.claimed_from))
        self.announce([stored.game_id for stored in batch])
        return Claimed(Counter(stored.claimed_from for stored in batch), tuple(unreadable))

    async def _bring(self, game_id: GameId) -> Session[S, C, E]:
        """Where nobody living holds it, others that died with it wait to be claimed too: a share is taken at once."""
        environment = self.environment
        holding = await environment.store.ownership.holding(game_id)
        if holding is not None and holding.owner == environment.owner:
            stored = await environment.read_fenced(game_id)
            if stored.owner != environment.owner or self.stopping:
                raise Moved(game_id, stored.owner)  # lost since: at that epoch its new owner writes
            refuse_unread(game_id, stored.kind, stored.state_version, self.reads)
            environment.metrics.taken.labels(stored.kind, "store").inc()
            session = await self.take_in_or_quarantine(stored)
            self.announce([game_id])
            return session
        if holding is not None and not holding.alive:
            refuse_unread(game_id, holding.kind, holding.state_version, self.reads)
        if holding is None or holding.alive or not self.may_claim:
            raise Moved(game_id, None if holding is None else holding.owner)
        for limit, only in ((CLAIM_SHARE, None), (1, game_id)):
            claimed = await self.claim(limit, only)
            log_claimed(self.owner, claimed.lost_by, self.cause_of)
            for fault in claimed.unreadable:
                if fault.game_id == game_id:
                    raise fault
            if (session := self.residents.get(game_id)) is not None:
                return session
        raise Moved(game_id)

    def _take_in_closed(self, stored: Stored) -> Session[S, C, E]:
        try:
            return self._take_in(stored)
        except Quarantined as fault:  # there is nothing to put aside: nobody plays it
            _log.error("closed_session_unreadable", game_id=stored.game_id, reason=fault.reason)
            raise

    def _take_in(self, stored: Stored, term: str | None = None) -> Session[S, C, E]:
        environment = self.kinds[stored.kind]
        try:
            at = read_session(environment.machine, environment.codec, stored)
        except Unreadable as unreadable:
            raise Quarantined(stored.game_id, str(unreadable)) from unreadable
        session = Session(
            environment, stored.game_id, stored.epoch, stored.snapshot_seq, stored.state_version, at, term
        )
        self.departed.forget(stored.game_id)
        self.hold(session, environment.gap(stored))
        return session

    def hold(self, session: Session[S, C, E], gap: Gap | None) -> None:
        """Have it in memory from now on; ``gap``: the time it was without an owner."""
        # In memory before it begins: its first turn may end it, and then it must be found there.
        self.residents.add(session)
        paid = self.residents.asleep.pop(session.game_id, None)
        if session.open:  # of what the clock was set by while it slept here, the ledger knows
            session.begin(None if paid and gap and gap.why == "clock_step" else gap, paid)

    async def patiently(self, ask: Callable[[], Awaitable[T]]) -> T:
        """The store's answer, however long it takes. Raises ``Busy`` when this life ends meanwhile."""
        answer = await self.environment.patiently(ask, lambda: not self.stopping)
        if self.stopping:
            raise NotRunning
        return cast("T", answer)

    # --- its end -------------------------------------------------------------------------------------------------

    async def stop(self) -> None:
        """Finish what is in hand, let go of everything. The host's promise."""
        if self._leaving:
            await self._stopped.wait()
            return
        self._leaving = self.stopping = True
        if not await self._within(STOP_GRACE_S, self.residents.wait_quiet(), "settle"):
            _log.warning("stopping_with_commands_in_hand")
        self.drop("stopping")
        # After the drop: let go of before, a session could be claimed elsewhere while it still speaks here.
        if not await self._within(STOP_GRACE_S, self._let_go(), "let go"):
            _log.warning("stopped_without_letting_go")
        self._stopped.set()

    def drop(self, why: EndOfFeed) -> None:
        """Forget every session, now, and do nothing more. What is stored stays."""
        self.stopping = True
        # Sessions before tasks: ending them answers whoever waits, which a cancelled committer can do no more.
        for session in list(self.residents.open.values()):
            session.end(why)
        for session in self.residents.closed():
            session.feed.end(session.game_id, why)  # who looks on goes where all do that
        self._deadlines.close()
        self.residents.shut()
        for task in tuple(self._background):
            task.cancel()

    async def _let_go(self) -> None:
        environment = self.environment
        try:
            # In this order: what is let go of is without an owner since now, what a life that is over still holds
            # since its last beat.
            await environment.store.ownership.release(environment.owner)
            await environment.store.nodes.retire(environment.owner)
        except Fault as fault:
            _log.warning("not_let_go", fault=repr(fault))

    async def _within(self, limit_s: float, work: Coroutine[None, None, None], name: str) -> bool:
        task = self._tasks.create_task(work, name=name)

        def give_up() -> None:
            task.cancel()

        timer = self.environment.clock.call_later(limit_s, give_up)
        await asyncio.wait({task})
        timer.cancel()
        return not task.cancelled()

    async def _expire(self) -> None:
        environment = self.environment
        while True:
            await environment.clock.sleep(EXPIRY_S)
            waiting = self.residents.unsettled_sessions()
            for session in waiting:
                session.expire(environment.clock.monotonic())
            for kind in self.kinds:
                depth = sum(session.waiting for session in waiting if session.environment.kind == kind)
                environment.metrics.mailbox.labels(kind).set(depth)
