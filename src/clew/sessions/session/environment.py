"""What all sessions of a node share, and how they speak to the store when something went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, Protocol, TypeVar

import structlog

from clew.sessions.bounds import (
    STORE_RETRY_FIRST_S,
    STORE_RETRY_LAST_S,
)
from clew.sessions.faults import Busy, Fault, NoSuchSession, OutcomeUnknown
from clew.sessions.games import GameKind
from clew.sessions.ids import GameId, Kind, Owner, node_of
from clew.sessions.metrics import KindMetrics, Metrics
from clew.sessions.policy import Policy
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.ports.store import Store
from clew.sessions.records import Part, Stored, Verdict
from clew.sessions.session.bodies import Position
from clew.sessions.session.committer import Committer
from clew.sessions.session.owed_time import Gap, gap_of_clocks
from clew.sessions.session.setbacks import Setbacks
from clew.sessions.session.turn import Envelope
from clew.sessions.time.deadlines import Deadlines
from clew.sessions.time.lease import Lease
from clew.sessions.time.ledger import Ledger
from clew.sessions.time.serving import Serving

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
T = TypeVar("T")

_log = structlog.get_logger("clew.sessions.session.environment")


class Registry(Protocol):
    """What a session tells its host. Both are called with the session itself."""

    def unsettled(self, session: object) -> None:
        """Note that the session has a command, a commit or a recovery in hand."""
        ...

    def settled(self, session: object) -> None:
        """Note that the session has nothing in hand any more."""
        ...

    def left(self, game_id: GameId) -> None:
        """Note that the session closed, or ended on this node."""
        ...

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        """Run this beside everything else, unless the host is going away."""
        ...


@dataclass(frozen=True, slots=True)
class HostSettings:
    """What a host is told by whoever makes it."""

    new_mark: Callable[[], str]
    """Gives a mark for a new term, by chance and never the same one twice (``terms``)."""
    policy: Policy
    went_on: Callable[[Kind, GameId, Any], None] = lambda _kind, _game_id, _state: None
    """Called with the state of a session whose round or status is another than before, once that is durable. Must be
    quick, and not raise."""


@dataclass(frozen=True, slots=True)
class NodeEnvironment:
    """A node, as all its sessions see it, whatever game they are of."""

    store: Store
    clock: Clock
    metrics: Metrics
    committer: Committer[Part, Verdict]
    deadlines: Deadlines
    lease: Lease
    registry: Registry
    setbacks: Setbacks
    serving: Serving
    new_mark: Callable[[], str]
    entries_max: int
    went_on: Callable[[Kind, GameId, Any], None]

    @property
    def ledger(self) -> Ledger:
        return self.serving.ledger

    @property
    def owner(self) -> Owner:
        return self.lease.owner

    def gap(self, stored: Stored) -> Gap | None:
        """The time in which nobody has written until now: only its length is by the store's clock.

        And what the clock of who wrote last was behind this node's, where both know theirs against the store's.
        """
        now, theirs, ours = self.clock.now(), stored.clock_offset_ms, self.lease.offset.ms
        clocks_ms = 0 if theirs is None or ours is None else ours - theirs
        if stored.unowned_ms is None:
            return gap_of_clocks(now - clocks_ms, now)
        before = stored.claimed_from
        mine = before is None or node_of(before) == node_of(self.owner)
        return Gap(now - stored.unowned_ms, "restart" if mine or self.lease.alone else "moved", clocks_ms)

    async def patiently(self, ask: Callable[[], Awaitable[T]], wanted: Callable[[], bool]) -> T | None:
        """The store's answer, however long it takes; None when it is not ``wanted`` any more."""
        met = ""
        while wanted():
            try:
                return await ask()
            except Fault as fault:
                _log.debug("store_not_reached", fault=repr(fault))  # the store's health tells of it, once
            except Exception as bug:  # noqa: BLE001 - an actor's edge: only the store can help
                if repr(bug) != met:
                    met = repr(bug)
                    _log.error("store_broke", exc_info=bug)
            self.metrics.store_faults.labels("retried").inc()
            await self.clock.sleep(STORE_RETRY_LAST_S)
        return None

    async def read_fenced(self, game_id: GameId) -> Stored:
        """A session as stored, at an epoch so new that no write still on its way from here can land.

        Unless it is not this node's any more, or out of service: then as it stands. Raises ``NoSuchSession`` where a
        store that came back older than it was does not have it.
        """
        pause_s = STORE_RETRY_FIRST_S
        while True:
            # Read anew with each try: the epoch to raise is whatever stands there now.
            stored = await self.load(game_id)
            if stored.owner != self.owner or stored.game_status == "quarantined":
                return stored
            try:
                fenced = await self.store.ownership.refence(game_id, self.owner, stored.epoch)
            except OutcomeUnknown:
                # The epoch says whether it was raised; if it still may be, it is raised once more. A disk without room
                # says so at once, each time.
                await self.clock.sleep(pause_s)
                pause_s = min(2 * pause_s, STORE_RETRY_LAST_S)
                continue
            # Read again: between the reading above and the fence one more write may have landed.
            if fenced:
                return await self.load(game_id)

    async def landed(self, part: Part) -> bool:
        """Whether exactly this part is in the journal: its last entry, at its epoch, byte for byte.

        In a store that came back older than it was, another may have written that number at that epoch.
        """
        entries = await self.store.journal.entries(part.game_id, part.last_seq - 1, 1)
        return bool(entries) and (entries[0].epoch, entries[0].body) == (part.epoch, part.entries[-1])

    async def load(self, game_id: GameId) -> Stored:
        stored = await self.store.journal.load(game_id)
        if stored is None:
            raise NoSuchSession(game_id)
        return stored


@dataclass(frozen=True, slots=True)
class Environment(NodeEnvironment, Generic[S, C, E]):
    """A node, as its sessions of one kind see it."""

    kind: Kind
    machine: Machine[S, C, E]
    codec: Codec[S, E]
    counts: KindMetrics

    def fail(self, envelopes: Sequence[Envelope[C]], fault: Fault) -> None:
        """Tell these callers what befell their commands."""
        if isinstance(fault, Busy):
            self.counts.busy.inc(len(envelopes))
        for envelope in envelopes:
            envelope.fail(fault)

    def moved(self, game_id: GameId, before: Position[S], after: Position[S]) -> None:
        """Note that a session stands elsewhere; said is only that its round or status is another."""
        was, now = before.summary, after.summary
        if now is not was and (now.latest_round, now.game_status) != (was.latest_round, was.game_status):
            self.went_on(self.kind, game_id, after.state)

    def crashed(self, game_id: GameId, at: Position[S], bug: Exception) -> None:
        """Note that a bug came up in a session that stood there."""
        self.counts.crashes.inc()
        _log.error("session_crashed", game_id=game_id, seq=at.seq, state=self._in_one_line(at.state), exc_info=bug)

    def _in_one_line(self, state: S) -> str:
        """Describes a state, whatever the game's own description does."""
        try:
            return self.machine.describe(state)
        except Exception as bug:  # noqa: BLE001 - a second bug must not hide the first, nor keep it from being mended
            return f"can't be described: {bug!r}"


def environment_of(node: NodeEnvironment, game: GameKind[S, C, E]) -> Environment[S, C, E]:
    """What sessions of this game see: looked up once, not with each command."""
    shared = {field.name: getattr(node, field.name) for field in fields(NodeEnvironment)}
    return Environment(
        **shared, kind=game.kind, machine=game.machine, codec=game.codec, counts=node.metrics.of(game.kind)
    )
