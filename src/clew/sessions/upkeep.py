"""What a node does again and again while it lives: say that it lives, see to the dead, to sleepers, and to balance."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import FORGET_BATCH, FORGET_LOOK_BEATS, LEASE_RENEW_S, TIMER_EARLY_S
from clew.sessions.cluster.announcer import Announcer
from clew.sessions.cluster.balancing import Balancing
from clew.sessions.cluster.fitness import Fitness
from clew.sessions.cluster.handoff import Handoff
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Fault, Moved, Quarantined, in_short
from clew.sessions.ids import GameId, Kind, Owner
from clew.sessions.node.claiming import Claiming
from clew.sessions.node.newer_releases import NewerReleases
from clew.sessions.node.node import Node
from clew.sessions.node.sleeping import Sleeping
from clew.sessions.node_records import Renewal
from clew.sessions.outage import Outage
from clew.sessions.ports.lifelines import Lifelines

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.upkeep")


@dataclass(frozen=True)
class ClusterWork(Generic[S, C, E]):
    """What a node does with others. ``balancing`` is None where it keeps what it has."""

    peers: Peers
    handoff: Handoff[S, C, E]
    balancing: Balancing[S, C, E] | None


class Upkeep(Generic[S, C, E]):
    """Keeps one life up. ``cluster`` is None on a node that is alone: there is only the lease and the sleepers.

    ``lost`` is called once when this life is over though nobody asked it to end.
    """

    def __init__(
        self,
        node: Node[S, C, E],
        claiming: Claiming[S, C, E],
        sleeping: Sleeping[S, C, E],
        cluster: ClusterWork[S, C, E] | None,
        announcer: Announcer,
        fitness: Fitness,
        lost: Callable[[], None],
        drain_asked: Callable[[], None],
    ) -> None:
        self._node = node
        self._claiming = claiming
        self._sleeping = sleeping
        self._newer_releases: NewerReleases[S, C, E] = NewerReleases(
            node, _nobody_has if cluster is None else cluster.peers.has_game
        )
        self._cluster = cluster
        self._announcer = announcer
        self._fitness = fitness
        self._bugs = Outage(_log, "tending_broke", "tending_works_again", node.environment.clock.monotonic)
        self._frozen_at_s: float | None = None
        self._lost = lost
        self._drain_asked = drain_asked
        self._renewal: Renewal | None = None
        self._look = asyncio.Event()
        self._differed = False
        self._beats = 0
        self._listened_to: tuple[Owner, asyncio.Task[None]] | None = None

    def look_now(self) -> None:
        """Look at once, not with the next beat: something happened."""
        self._look.set()

    # --- the lease -----------------------------------------------------------------------------------------------

    async def beat(self) -> None:
        """Renew the lease until this life is over.

        Whatever goes wrong with one beat, a bug included, the next may go well: until then the lease says how long this
        node may speak.
        """
        environment = self._node.environment
        while True:
            await self._wait_beat()
            if not self._node.lease.trusted:
                known = environment.store.health.fault
                self._freeze("it did not run in time" if known is None else in_short(known))
            # A beat without an answer is given up late, when others have its sessions already.
            silent = environment.clock.call_later(self._node.lease.trusted_for_s + TIMER_EARLY_S, self._answered_late)
            try:
                renewal = await self._node.renew()
            except Fault as fault:
                self._not_renewed(fault)
                continue
            except Exception as bug:  # noqa: BLE001 - the beat's edge: the lease runs out, and the node falls silent
                self._not_renewed(bug)
                continue
            finally:
                silent.cancel()
            if renewal is None:
                self._end_life()
                return
            self._bugs.over(owner=self._node.owner)
            if self._node.lease.trusted:
                self._thaw()
            if self._node.lease.silent_s >= LEASE_RENEW_S:
                self._node.renew_now.set()  # what was asked so long ago is not good until the next beat
            self._go_on(renewal)

    async def _wait_beat(self) -> None:
        """Until it is time, or somebody wants to know now."""
        node = self._node
        timer = node.environment.clock.call_later(LEASE_RENEW_S, node.renew_now.set)
        try:
            await node.renew_now.wait()
        finally:
            timer.cancel()
        node.renew_now.clear()

    def _not_renewed(self, fault: Exception) -> None:
        environment = self._node.environment
        environment.metrics.store_faults.labels("renew").inc()
        if isinstance(fault, Fault):
            _log.debug("lease_not_renewed", fault=repr(fault))  # the store's health tells of it, once
        else:
            self._bugs.failed(what="beat", owner=self._node.owner, exc_info=fault)

    def _answered_late(self) -> None:
        if not self._node.lease.trusted:
            known = self._node.environment.store.health.fault
            self._freeze("the store does not answer" if known is None else in_short(known))

    def _freeze(self, cause: str) -> None:
        """It is silent already, by the lease's own judgement; here it is only told, once."""
        if self._frozen_at_s is not None or self._node.lease.over:
            return
        environment = self._node.environment
        self._frozen_at_s = environment.clock.monotonic()
        environment.metrics.freezes.inc()
        environment.metrics.trusted.set(0)
        _log.error("frozen", owner=self._node.owner, sessions=len(self._node.residents.open), cause=cause)

    def _thaw(self) -> None:
        environment = self._node.environment
        environment.metrics.trusted.set(1)
        if self._frozen_at_s is not None:
            after_s = round(environment.clock.monotonic() - self._frozen_at_s, 1)
            self._frozen_at_s = None
            _log.warning("thawed", owner=self._node.owner, sessions=len(self._node.residents.open), after_s=after_s)

    def _end_life(self) -> None:
        if not self._node.stopping:
            _log.error("lease_lost", owner=self._node.owner, sessions=len(self._node.residents.open))
            self._node.environment.metrics.leases_lost.inc()
            self._lost()

    def _go_on(self, renewal: Renewal) -> None:
        node = self._node
        for session in node.residents.thawed():
            session.thaw()
        self._renewal = renewal
        node.environment.metrics.clock_offset.set((node.lease.offset.ms or 0) / 1000)
        if renewal.draining and not node.draining:
            node.draining = True
            self._drain_asked()
        if node.ready and not node.draining and not self._fitness.lacks(node.lease, was_ready=True):
            self._announcer.fit(lets_people_in=self._fitness.lets_people_in)
        self._look.set()

    # --- with each beat --------------------------------------------------------------------------------------------

    async def look_after_beats(self) -> None:
        """After each beat, or when told to: see to what there is to do."""
        while True:
            await self._look.wait()
            # Cleared before looking, not after: what happens meanwhile is looked at in another pass.
            self._look.clear()
            try:
                await self._look_once()
            except Fault as fault:
                self._node.environment.metrics.store_faults.labels("round").inc()
                _log.debug("round_cut_short", fault=repr(fault))  # the store's health tells of it, once
            except Exception as bug:  # noqa: BLE001 - the round's edge: its sessions play on, the next beat looks again
                self._node.environment.metrics.store_faults.labels("round").inc()
                self._bugs.failed(what="round", exc_info=bug)

    async def _look_once(self) -> None:
        node, renewal, cluster = self._node, self._renewal, self._cluster
        if cluster is not None:
            cluster.peers.update(await node.environment.store.nodes.rows())
            cluster.handoff.log_moves()
            self._fitness.compare_keys(node.lease)
        await node.hindsight.look(renewal)
        if not (node.ready and node.is_host and node.trusted):
            return
        if cluster is not None:
            await self._claiming.take_over()
        if renewal is not None:
            # A beat that came during the awaits above goes with it: the next one is a second away.
            self._renewal = None
            await self._compare(renewal)
            await self._sleeping.look()
            await self._newer_releases.look()
            await self._forget()
            if cluster is not None and cluster.balancing is not None:
                await cluster.balancing.look()

    async def _forget(self) -> None:
        """Strike lives that ended long ago off the record; not before those that fell silent with the store could say
        that they live.
        """
        self._beats += 1
        if self._beats % FORGET_LOOK_BEATS == 0 and self._node.lease.may_claim:
            await self._node.environment.store.nodes.forget(FORGET_BATCH)

    async def _compare(self, renewal: Renewal) -> None:
        """See to sessions that are this node's in the store alone (the message that handed them over was lost) or in
        its memory alone (somebody took them from it).

        Only where the numbers differed twice running: just now a session may be on its way.
        """
        node = self._node
        # Two moments: the store counted when it renewed, this memory counts now. So one difference proves nothing.
        differs = renewal.held != self._sleeping.awake()
        if differs and self._differed:
            held = frozenset(await node.environment.store.ownership.held_by(node.owner))
            for game_id in held - node.residents.open.keys():
                await self._bring(game_id)
            for session in [session for game_id, session in node.residents.open.items() if game_id not in held]:
                # Asked one by one, since the list is old by now: it may have come here in between.
                holding = await node.environment.store.ownership.holding(session.game_id)
                if holding is None or holding.owner != node.owner:
                    session.doubt()
        self._differed = differs and not self._differed

    async def _bring(self, game_id: GameId) -> None:
        node = self._node
        if node.draining:
            return
        node.departed.doubt(game_id)
        try:
            await node.reach(game_id)
        except (Moved, Quarantined) as fault:
            _log.info("session_not_brought", game_id=game_id, fault=repr(fault))

    # --- lifelines -----------------------------------------------------------------------------------------------

    async def listen(self, lifelines: Lifelines) -> None:
        """Hold this life's line, and listen to the successor's in the ring, whoever that is just now."""
        assert self._cluster is not None, "who is alone has nobody to listen to"
        node, peers = self._node, self._cluster.peers
        node.run_along(lifelines.hold(node.owner), "lifeline")
        turned = asyncio.Event()
        peers.listen(turned.set)
        while True:
            successor = peers.successor(node.owner)
            if self._listened_to is not None and self._listened_to[0] != successor:
                self._listened_to[1].cancel()
                self._listened_to = None
            if successor is not None and self._listened_to is None:
                task = node.run_along(self._wait_death(lifelines, successor), f"listens to {successor}")
                self._listened_to = (successor, task)
            turned.clear()
            await turned.wait()

    async def _wait_death(self, lifelines: Lifelines, successor: Owner) -> None:
        node = self._node
        await lifelines.wait_cut(successor)
        if await node.environment.patiently(
            lambda: node.environment.store.nodes.declare_dead(successor), lambda: node.lease.trusted
        ):
            _log.warning("node_died", owner=successor)
            node.environment.metrics.deaths.inc()
            self._announcer.dead(successor)
            self._look.set()


def _nobody_has(kind: Kind) -> bool:
    """Alone there is no other node."""
    del kind
    return False
