"""One node's sessions: the only door to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import COMMAND_ID_CHARS_MAX, JOURNAL_PAGE_MAX, LIST_PAGE_MAX, STORE_RETRY_LAST_S
from clew.sessions.census import NOBODY, Maker
from clew.sessions.cluster.caretaking import is_caretaker
from clew.sessions.cluster.fitness import Fitness, Lack
from clew.sessions.cluster.peers import HOST
from clew.sessions.cluster.roll_call import RollCall
from clew.sessions.faults import Fault, Moved, NoSuchSession, NotRunning, Quarantined, TooNew, Unreadable, Waits
from clew.sessions.games import Games, reads_of
from clew.sessions.ids import GameId, Kind, Owner, PlayerId, UserId
from clew.sessions.kinds import Reads, refuse_unread
from clew.sessions.life import Life, Membership, NodeHandler
from clew.sessions.metrics import Metrics
from clew.sessions.node.node import Node
from clew.sessions.node_records import NodeInfo
from clew.sessions.outage import Outage
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import (
    Answer,
    Committed,
    EndOfFeed,
    Entry,
    Progress,
    Receipt,
    Resumed,
    Seen,
    SessionPage,
    SessionSummary,
    StoredStatus,
)
from clew.sessions.session.bodies import read_entry
from clew.sessions.session.environment import HostSettings
from clew.sessions.session.session import Session
from clew.sessions.session.turn import Envelope
from clew.sessions.session.watch import Watch
from clew.sessions.time.lease import begin_lease

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.host")


class Host(Generic[S, C, E]):
    """Runs the sessions this node holds, one writer each, nothing told before it is durable.

    Every call before ``running`` is entered or after ``stop`` raises ``Busy``. With ``membership``, a call about a
    session that another node holds raises ``Moved``; so does every one while this node does not know whether it still
    lives for the others.
    """

    def __init__(
        self,
        games: Games[S, C, E],
        store: Store,
        clock: Clock,
        node: NodeInfo,
        metrics: Metrics,
        settings: HostSettings,
        membership: Membership | None = None,
    ) -> None:
        assert node.reads == reads_of(games), "others hand this node what it says that it reads"
        self._games = games
        self._store = store
        self._clock = clock
        self._info = node
        self._metrics = metrics
        self._membership = membership
        self._settings = settings
        self._running: Life[S, C, E] | None = None
        self._over = asyncio.Event()
        self._was_ready = False
        bus, peers = (None, None) if membership is None else (membership.bus, membership.peers)
        self._fitness = Fitness(clock, node, store.health, bus, peers)
        self._unregistered = Outage(_log, "not_registered", "registered_again", clock.monotonic)
        if peers is not None:
            RollCall(peers, metrics, node.node_id, self._may_judge)
        self.drain_asked = asyncio.Event()
        """Set when an operator asks this node to drain."""
        self.store_health = store.health
        """Whether what this node promises can be kept just now."""
        self.replaced = asyncio.Event()
        """Set when another process has taken this node's id: this one runs nothing any more."""

    @asynccontextmanager
    async def running(self, handler: NodeHandler | None = None) -> AsyncGenerator[None]:
        """Be a node while inside: hold the lease, commit, watch the deadlines; ``stop`` on the way out.

        A life that is over for the others is followed by the next one at once. ``handler`` answers other nodes.
        Left by an exception or a cancellation, it ends at once and lets go of nothing, as a crash would.
        """
        async with asyncio.TaskGroup() as tasks:
            self._running = await self._begin(tasks, handler)
            again = tasks.create_task(self._live_again(tasks, handler), name="lives")
            try:
                yield
                await self.stop()
            finally:
                again.cancel()
                life, self._running = self._running, None
                life.node.drop("stopping")

    async def stop(self) -> None:
        """Take no more commands, finish those in progress (bounded), let go of every session. Twice is once."""
        if self._running is not None:
            await self._running.node.stop()

    async def drain(self) -> int:
        """Hand every session to other nodes, players unnoticing, and take no new ones in; gives how many went.

        Commands are taken until their session has gone. Without a node that may be given them they stay, until
        ``stop`` lets go of them.
        """
        life = self._running
        if life is None or life.handoff is None:
            return 0
        life.node.draining = True
        held = len(life.node.residents.open)
        _log.info("drain_begun", owner=life.node.owner, release=self._info.release, sessions=held)
        with suppress(NotRunning):  # a life that ends meanwhile has nothing left to give
            # Its row says that it drains before the list is read: nobody chooses it for a target any more.
            await life.node.patiently(life.node.renew)
            self._membership_of(life).peers.update(await life.node.patiently(self._store.nodes.rows))
        given = await life.handoff.give_all()
        left = len(life.node.residents.open)
        _log.info("drain_ended", owner=life.node.owner, given=given, left=left)
        return given

    @property
    def owner(self) -> Owner:
        """The name of this life. Raises ``Busy`` before the first."""
        if self._running is None:
            raise NotRunning
        return self._running.node.owner

    @property
    def reads(self) -> Reads:
        """The games that this node has, and the newest state it reads of each."""
        return self._info.reads

    @property
    def takes_in(self) -> bool:
        """Whether new sessions may be made here just now."""
        life = self._running
        return life is not None and life.node.trusted and life.node.takes_in

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What keeps this node from being of use just now; nothing before it first began to live is told."""
        lease = None if self._running is None else self._running.node.lease
        return self._fitness.lacks(lease, was_ready=self._was_ready)

    @property
    def has_elsewhere(self) -> bool:
        """Whether people who are connected here could be served by another node, as far as this one can know."""
        return self._fitness.has_elsewhere(None if self._running is None else self._running.node.lease)

    async def _begin(self, tasks: asyncio.TaskGroup, handler: NodeHandler | None) -> Life[S, C, E]:
        lease = await begin_lease(self._store.nodes, self._clock, self._info, alone=self._membership is None)
        node: Node[S, C, E] = Node(
            self._games,
            self._store,
            self._clock,
            self._metrics,
            lease,
            tasks,
            self._settings,
        )
        node.is_host = HOST in self._info.roles
        policy = self._settings.policy
        life = Life(node, self._membership, self._fitness, self._over.set, self.drain_asked.set, policy)
        if handler is not None:
            try:
                await life.join(handler)
            except BaseException:
                node.drop("moved")  # or half a life would go on beside the next one, and report its end
                raise
        return life

    async def _live_again(self, tasks: asyncio.TaskGroup, handler: NodeHandler | None) -> None:
        """Follow each life that was lost by another, which claims what it may like everyone."""
        while True:
            await self._over.wait()
            self._over.clear()
            life = self._running
            if life is None or life.node.stopping:
                return
            draining = life.node.draining
            # Before the drop, which ends the sessions that it tells of; and the drop before the next life, or two
            # would speak.
            before = life.node.hindsight.past()
            life.node.drop("moved")
            if await life.node.environment.patiently(self._is_replaced, lambda: True):
                _log.error("another_process_is_this_node", node_id=self._info.node_id)
                self.replaced.set()
                return
            life = await self._next_life(tasks, handler)
            life.node.hindsight.inherit(before)
            life.node.draining = draining
            life.node.ready = self._was_ready
            self._running = life
            _log.warning("lives_again", owner=life.node.owner, release=self._info.release)
            life.upkeep.look_now()

    def _may_judge(self) -> bool:
        return self._running is None or self._running.node.lease.may_claim

    async def _is_replaced(self) -> bool:
        return any(row.alive and row.node_id == self._info.node_id for row in await self._store.nodes.rows())

    async def _next_life(self, tasks: asyncio.TaskGroup, handler: NodeHandler | None) -> Life[S, C, E]:
        while True:
            try:
                life = await self._begin(tasks, handler)
            except Exception as fault:  # noqa: BLE001 - between two lives there is nothing that a bug could harm
                bug = None if isinstance(fault, Fault) else fault
                self._unregistered.failed(node_id=self._info.node_id, fault=repr(fault), exc_info=bug)
                await self._clock.sleep(STORE_RETRY_LAST_S)
            else:
                self._unregistered.over(owner=life.node.owner)
                return life

    def _membership_of(self, life: Life[S, C, E]) -> Membership:
        assert self._membership is not None and life.handoff is not None, "only a node in membership drains"
        return self._membership

    async def resume_active_sessions(self, progress: Callable[[Progress], None]) -> Resumed:
        """Take over every open session that nobody holds, its clocks credited; those that can't be read step aside.

        From then on this node counts as ready for the others. One that is no host takes nothing.
        """
        life = self._life()
        if life.node.is_host:
            resumed = await life.claiming.resume(progress)
        else:
            resumed = Resumed(0, ())
        # Said with a beat at once: others hand over only to who is ready by its row.
        life.node.ready = self._was_ready = True
        if self._membership is not None:
            await life.node.patiently(life.node.renew)
            life.upkeep.look_now()
        return resumed

    async def create(
        self, kind: Kind, game_id: GameId, join_code: str, events: Sequence[E], maker: Maker | None = None
    ) -> None:
        """Make a session of this game whose first entries are ``events``. Durable on return. ``maker`` is counted.

        Raises ``JoinCodeTaken``, ``Busy``, ``Crashed``; ``Moved`` where no sessions of it are made just now.
        """
        node = self._node()
        if not node.trusted or not node.takes_in or kind not in self._games:
            raise Moved(game_id)
        await node.creating.make(kind, game_id, join_code, events, maker or NOBODY)

    async def reach(self, game_id: GameId, of: Kind | None = None) -> Session[S, C, E]:
        """The session itself, brought into memory if it may be: to look at (``at``) and to ``decide`` a command in.

        To be used before anything is awaited: from then on it may have gone elsewhere, which ``decide`` says.
        ``of``: the game that the asker speaks; where the node has several, none is asked what only another understands.
        Raises ``NoSuchSession``, ``Busy``, ``Moved``, ``Quarantined``.
        """
        session = await self._node().reach(game_id)
        if of is not None and session.environment.kind != of:
            raise NoSuchSession(game_id)
        return session

    async def post(
        self,
        game_id: GameId,
        command: C,
        *,
        player_id: PlayerId | None = None,
        command_id: str | None = None,
        of: Kind | None = None,
    ) -> Answer:
        """``reach`` the session and ``decide`` a command in it. Raises what they raise."""
        return await self.decide(await self.reach(game_id, of), command, player_id, command_id)

    def decide(
        self,
        session: Session[S, C, E],
        command: C,
        player_id: PlayerId | None = None,
        command_id: str | None = None,
    ) -> asyncio.Future[Answer]:
        """Decide a command; the answer is durable. Raises ``Busy``, ``Moved``, ``Quarantined``, ``Crashed``.

        A seated player's ``command_id`` takes effect once: a repeat gets the first answer, across crashes too.
        """
        receipt = None
        if player_id is not None and command_id is not None:
            assert len(command_id) <= COMMAND_ID_CHARS_MAX, "the edge bounds command ids"
            receipt = Receipt(player_id, command_id)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        session.post(Envelope(command, receipt, answer, self._clock.monotonic()))
        return answer

    async def look(self, game_id: GameId, of: Kind | None = None) -> Seen[S]:
        """The committed state of the session that ``reach`` gives. Raises what it raises."""
        session = await self.reach(game_id, of)
        return Seen(session.at.state, session.at.seq)

    async def watch(
        self,
        game_id: GameId,
        watcher: Callable[[Committed[S, E]], None],
        ended: Callable[[EndOfFeed], None] | None = None,
        of: Kind | None = None,
    ) -> Watch[S, E]:
        """The committed state now, and a call of ``watcher`` for every later commit: in order, once each, no gaps.

        ``watcher`` is called in the loop and must be quick; what it raises is logged and ends only its own watch.
        A closed session's watch is silent. ``ended``, if given, is called once if the feed stops before ``close``.
        """
        session = await self.reach(game_id, of)
        session.touched_at_s = self._clock.monotonic()
        return Watch(session.feed, session.at.state, session.at.seq, session.at.terms, watcher, ended)

    async def journal(self, game_id: GameId, after: int, limit: int) -> list[Entry[E]]:
        """Committed entries numbered above ``after``, in order: at most ``limit`` and ``JOURNAL_PAGE_MAX``.

        Raises ``Busy``, and ``Quarantined`` where an entry can't be read; one of a later release is ``Busy``, as its
        session waits for a node that reads it, or has its game. A session that is not there has none.
        """
        kind = await self._kind_of(game_id)
        if kind is None:
            return []
        codec = self._games[kind].codec
        try:
            stored = await self._store.journal.entries(game_id, after, min(limit, JOURNAL_PAGE_MAX))
            return [read_entry(codec, entry) for entry in stored]
        except TooNew as newer:
            raise Waits(game_id, newer.fact) from newer
        except Unreadable as unreadable:
            raise Quarantined(game_id, str(unreadable)) from unreadable

    async def _kind_of(self, game_id: GameId) -> Kind | None:
        """Which of its games a session is of; None: it is not there. Raises ``Waits`` where this node has not that."""
        session = self._node().residents.get(game_id)
        if session is not None:
            return session.environment.kind
        holding = await self._store.ownership.holding(game_id)
        if holding is None:
            return None
        refuse_unread(game_id, holding.kind, 0, self.reads)  # how new its entries are they say themselves
        return holding.kind

    async def find(self, join_code: str) -> SessionSummary | None:
        """The open or quarantined session with this code, else the latest closed one."""
        self._node()
        return await self._store.listings.find(join_code)

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        """A user's sessions of these games in these statuses (none: all), newest first; at most ``LIST_PAGE_MAX``."""
        self._node()
        return await self._store.listings.sessions_of(kinds, user_id, statuses, cursor, min(limit, LIST_PAGE_MAX))

    async def wait_quiet(self) -> None:
        """Wait until no session has a command, a commit or a recovery in hand."""
        await self._node().residents.wait_quiet()

    def is_watched(self, game_id: GameId) -> bool:
        """Whether anybody watches it here, through whichever gateway."""
        session = self._node().residents.get(game_id)
        return session is not None and bool(session.feed)

    @property
    def takes_care(self) -> bool:
        """Whether this node does just now what one does for all (``caretaking``)."""
        life = self._running
        return life is not None and is_caretaker(life.node, self._membership and self._membership.peers)

    def held(self, game_id: GameId) -> Session[S, C, E] | None:
        """The session, if it is in memory here and this node may speak for it; to be used as what ``reach`` gives."""
        life = self._running
        return life.node.residents.get(game_id) if life is not None and life.node.trusted else None

    def _life(self) -> Life[S, C, E]:
        life = self._running
        if life is None or life.node.stopping:
            raise NotRunning
        return life

    def _node(self) -> Node[S, C, E]:
        return self._life().node
