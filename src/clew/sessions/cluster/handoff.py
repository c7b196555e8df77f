"""Sessions go from one living node to another: ownership in one transaction, the state over the bus."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import (
    HANDOFF_BATCH,
    HANDOFF_BYTES_MAX,
    HANDOFF_PAUSE_S,
    HANDOFF_STILL_S,
    HANDOFF_TRIES_MAX,
    TAKE_WITHIN_S,
)
from clew.sessions.cluster.announcer import Announcer
from clew.sessions.cluster.messages import Take, encoder
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Busy, Late, Nobody, NotRunning, OutcomeUnknown, Unreadable
from clew.sessions.ids import GameId, Kind, Owner
from clew.sessions.node.node import Node
from clew.sessions.node_records import NodeRow
from clew.sessions.ports.bus import Bus
from clew.sessions.records import Verdict
from clew.sessions.session.bodies import read_snapshot
from clew.sessions.session.session import Session
from clew.sessions.session.transfer import Handed

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.cluster.handoff")


class Handoff(Generic[S, C, E]):
    """Gives one life's sessions to other nodes, and takes up what others give it."""

    def __init__(self, node: Node[S, C, E], peers: Peers, bus: Bus, announcer: Announcer) -> None:
        self._node = node
        self._peers = peers
        self._bus = bus
        self._announcer = announcer
        self._giving = asyncio.Lock()
        self._given = Counter[Owner]()
        self._taken = 0
        self._logged = (0, 0)

    def log_moves(self) -> None:
        """Log how many came and went: one line for all that moved one after another, once nothing moves any more."""
        moves = (self._given.total(), self._taken)
        if moves != self._logged:
            self._logged = moves
            return
        owner = self._node.owner
        if self._given:
            _log.info("sessions_given", owner=owner, sessions=self._given.total(), to=dict(self._given))
        if self._taken:
            _log.info("sessions_taken", owner=owner, sessions=self._taken)
        self._given.clear()
        self._taken = 0
        self._logged = (0, 0)

    # --- giving --------------------------------------------------------------------------------------------------

    async def give_all(self) -> int:
        """Hand every session to the least loaded fitting node, batch by batch; gives how many went.

        Where no node fits a game, its sessions stay: what is left then is let go of, for whoever comes. What could not
        go is tried again, after the others, with whatever target is best then: at most ``HANDOFF_TRIES_MAX`` times, but
        as often as the store is busy.
        """
        gone = 0
        tries: Counter[GameId] = Counter()
        given: Counter[Owner] = Counter()
        while batch := self._next_batch(tries):
            kind = batch[0].environment.kind
            target = self._best_target(kind, given)
            if target is None:
                stay = [game_id for game_id, one in self._node.residents.open.items() if one.environment.kind == kind]
                _log.warning("nobody_to_hand_to", kind=kind, sessions=len(stay))
                tries.update(dict.fromkeys(stay, HANDOFF_TRIES_MAX))
                continue
            try:
                moved = await self.give(batch, target.owner)
            except Busy as busy:
                _log.warning("handoff_put_off", target=target.owner, fault=str(busy))
                await self._pause()
                continue
            given[target.owner] += moved
            gone += moved
            tries.update(session.game_id for session in batch)
            if moved < len(batch):
                await self._pause()
                with suppress(NotRunning):
                    self._peers.update(await self._node.patiently(self._node.environment.store.nodes.rows))
        return gone

    async def give(self, sessions: Sequence[Session[S, C, E]], target: Owner) -> int:
        """Hand these over; gives how many went. Those that could not go on here as if nothing had been.

        Raises the store's ``Busy``: none went.
        """
        # One at a time: a drain and the balance would else choose the same sessions, each for another target.
        async with self._giving:
            return await self._give(sessions, target)

    async def _give(self, sessions: Sequence[Session[S, C, E]], target: Owner) -> int:
        environment = self._node.environment
        began_s = environment.clock.monotonic()
        still = await self._stand_still(sessions)
        # Read once they stand still: nothing of theirs is written from here on, or the store refuses the order.
        versions = [session.row_version for session in still]
        if not still:
            return 0
        try:
            verdicts = await environment.store.ownership.transfer(environment.owner, target, versions)
        except OutcomeUnknown as unknown:
            _log.warning("handoff_outcome_unknown", target=target, sessions=len(still), fault=str(unknown))
            self._count("unknown", still)
            for session in still:
                session.doubt()
            return 0
        except BaseException as error:
            # A cancel comes through here too, and the order may be at the store by then: who is not sure that nothing
            # was written asks before it goes on.
            self._count("busy", still)
            for session in still:
                session.go_on() if isinstance(error, Busy) else session.doubt()
            raise
        moved = [session for session, verdict in zip(still, verdicts, strict=True) if verdict is Verdict.COMMITTED]
        refused = [session for session, verdict in zip(still, verdicts, strict=True) if verdict is Verdict.FENCED]
        for session in refused:
            session.doubt()
        self._count("refused", refused)
        if moved:
            # The row first, then the message (0072): lost in between, the target reads the store. And whatever became
            # of the message, by the store they are the target's: kept here they would have two memories.
            try:
                await self._send(moved, target)
            finally:
                self._let_go(moved, target)
            environment.metrics.hand_seconds.observe(environment.clock.monotonic() - began_s)
        return len(moved)

    async def _pause(self) -> None:
        await self._node.environment.clock.sleep(HANDOFF_PAUSE_S)

    async def _stand_still(self, sessions: Sequence[Session[S, C, E]]) -> list[Session[S, C, E]]:
        """Have these stand still; gives those that finished what they had in hand in time. The others go on."""
        asked = [session.stand_still() for session in sessions]

        def give_up() -> None:
            for future in asked:
                future.cancel()

        timer = self._node.environment.clock.call_later(HANDOFF_STILL_S, give_up)
        try:
            stood = await asyncio.gather(*asked, return_exceptions=True)
        finally:
            timer.cancel()
        still = [session for session, whole in zip(sessions, stood, strict=True) if whole is True]
        for session, whole in zip(sessions, stood, strict=True):
            if whole is not True:
                session.go_on()
        return still

    async def _send(self, moved: Sequence[Session[S, C, E]], target: Owner) -> None:
        """Send the states, as far as they fit; what does not arrive the target reads from the store."""
        packed, size = list[Handed](), 0
        for session in moved:
            try:
                handed = session.packed()
            except Exception as bug:  # noqa: BLE001 - the codec's edge: it has gone already, and is in the store
                _log.error("state_not_written", game_id=session.game_id, exc_info=bug)
                continue
            size += len(handed.state)
            if size <= HANDOFF_BYTES_MAX:
                packed.append(handed)
        sent = {handed.game_id for handed in packed}
        try:
            await self._bus.request(target, encoder.encode(Take(tuple(packed))), TAKE_WITHIN_S)
        except (Nobody, Late) as lost:
            _log.warning("handoff_message_lost", target=target, sessions=len(packed), fault=str(lost))
            self._count("message_lost", [session for session in moved if session.game_id in sent])
            self._announcer.held([session.game_id for session in moved], target)
        else:
            self._count("memory", [session for session in moved if session.game_id in sent])
            self._count("too_large", [session for session in moved if session.game_id not in sent])

    def _count(self, outcome: str, sessions: Sequence[Session[S, C, E]]) -> None:
        for session in sessions:
            self._node.environment.metrics.handed.labels(session.environment.kind, outcome).inc()

    def _let_go(self, moved: Sequence[Session[S, C, E]], target: Owner) -> None:
        now_s = self._node.environment.clock.monotonic()
        self._given[target] += len(moved)
        for session in moved:
            self._node.departed.note(session.game_id, session.row_version.epoch + 1, target, now_s)
            session.end("moved")

    def _next_batch(self, tries: Counter[GameId]) -> list[Session[S, C, E]]:
        """Choose among those of one kind tried least often: what is in trouble does not hold up the others."""
        left = [session for session in self._node.residents.open.values() if tries[session.game_id] < HANDOFF_TRIES_MAX]
        fewest = min((tries[session.game_id] for session in left), default=0)
        waiting = [session for session in left if tries[session.game_id] == fewest]
        if not waiting:
            return []
        kind = waiting[0].environment.kind
        waiting = [session for session in waiting if session.environment.kind == kind]
        targets = max(1, len(self._peers.targets(self._node.owner, kind)))
        return waiting[: min(HANDOFF_BATCH, -(-len(waiting) // targets))]

    def _best_target(self, kind: Kind, given: Counter[Owner]) -> NodeRow | None:
        targets = self._peers.targets(self._node.owner, kind)
        return min(targets, key=lambda row: row.sessions + given[row.owner], default=None)

    # --- taking --------------------------------------------------------------------------------------------------

    def take(self, message: Take) -> None:
        """Go on with what another node handed over: it is this node's in the store already.

        What this node holds, or held since, is left alone; what it can't read it will read from the store. Raises
        ``NotRunning``: this node takes nothing any more.
        """
        node, environment = self._node, self._node.environment
        # No await from here to the end: between the look at what is held and taking it up nobody else can bring it.
        if node.stopping:
            raise NotRunning
        taken = list[GameId]()
        for handed in message.sessions:
            if handed.game_id in node.residents.open or handed.epoch <= node.departed.since(handed.game_id):
                continue
            if (of_kind := node.kinds.get(handed.kind)) is None:
                _log.error("handed_of_another_kind", game_id=handed.game_id, kind=handed.kind)
                continue
            try:
                at = read_snapshot(of_kind.machine, of_kind.codec, handed.state, handed.state_version, handed.seq)
            except Unreadable as unreadable:
                _log.error("handed_unreadable", game_id=handed.game_id, reason=str(unreadable))
                continue
            node.take_up(handed, at)
            taken.append(handed.game_id)
            environment.metrics.taken.labels(handed.kind, "memory").inc()
        self._taken += len(taken)
        self._announcer.held(taken)
