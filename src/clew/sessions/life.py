"""One life of a node with all that keeps it up, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from clew.sessions.cluster.announcer import Announcer
from clew.sessions.cluster.balancing import Balancing
from clew.sessions.cluster.compacting import Compacting
from clew.sessions.cluster.fitness import Fitness
from clew.sessions.cluster.forgetting import Forgetting
from clew.sessions.cluster.handoff import Handoff
from clew.sessions.cluster.messages import (
    DEAD_FEED,
    FIT_FEED,
    HELD_FEED,
    NODES_CHANNEL,
    Answered,
    Ask,
    NodeMessage,
    Take,
    Tell,
    encoder,
    failed,
    fits,
    helds,
    node_messages,
)
from clew.sessions.cluster.peers import Peers
from clew.sessions.cluster.reckoning import Reckoning
from clew.sessions.cluster.roll_call import cause_of
from clew.sessions.faults import Fault, Moved
from clew.sessions.ids import GameId, Owner
from clew.sessions.node.claiming import Claiming
from clew.sessions.node.node import Node
from clew.sessions.node.sleeping import Sleeping
from clew.sessions.policy import Policy
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.lifelines import Lifelines
from clew.sessions.upkeep import ClusterWork, Upkeep

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class NodeHandler(Protocol):
    """Answers what other nodes ask, for the game's own share of it. Both may raise faults, which travel."""

    async def answer(self, game_id: GameId, body: bytes) -> bytes:
        """Answer a question about a session, at its owner; ``Moved`` where it is not here."""
        ...

    async def hear(self, body: bytes) -> bytes:
        """Answer what is said to this very node."""
        ...


@dataclass(frozen=True)
class Membership:
    """What a node needs to be one of several. ``lifelines`` is None where a death is noticed by its lease alone."""

    bus: Bus
    peers: Peers
    lifelines: Lifelines | None = None
    rebalance: bool = True


class Life(Generic[S, C, E]):
    """A node, its claims, its sleepers and, where it is one of several, its handoffs and its place on the bus."""

    def __init__(
        self,
        node: Node[S, C, E],
        membership: Membership | None,
        fitness: Fitness,
        lost: Callable[[], None],
        drain_asked: Callable[[], None],
        policy: Policy,
    ) -> None:
        self.node = node
        self._membership = membership
        self._fitness = fitness
        node.with_lacks = lambda beat: fitness.added_to(beat, node.lease)
        node.cause_of = self._cause_of
        announcer = Announcer(membership.bus if membership else None, node.owner)
        node.announce = announcer.held
        self.claiming: Claiming[S, C, E] = Claiming(node)
        self.handoff: Handoff[S, C, E] | None = None
        cluster: ClusterWork[S, C, E] | None = None
        if membership is not None:
            self.handoff = Handoff(node, membership.peers, membership.bus, announcer)
            balancing = Balancing(node, membership.peers, self.handoff) if membership.rebalance else None
            cluster = ClusterWork(membership.peers, self.handoff, balancing)
        sleeping: Sleeping[S, C, E] = Sleeping(node, self.claiming)
        self.upkeep: Upkeep[S, C, E] = Upkeep(
            node, self.claiming, sleeping, cluster, announcer, fitness, lost, drain_asked
        )
        node.run_along(self.upkeep.beat(), "lease")
        node.run_along(self.upkeep.look_after_beats(), "upkeep")
        if policy.compact_after_ms is not None:
            compacting: Compacting[S, C, E] = Compacting(node, membership and membership.peers, policy.compact_after_ms)
            node.run_along(compacting.run(), "compacting")
        if policy.forgettable is not None:
            forgetting: Forgetting[S, C, E] = Forgetting(node, membership and membership.peers, policy.forgettable)
            node.run_along(forgetting.run(), "forgetting")
        if policy.rate is not None:
            reckoning: Reckoning[S, C, E] = Reckoning(node, membership and membership.peers, policy.rate)
            node.run_along(reckoning.run(), "reckoning")

    async def join(self, handler: NodeHandler) -> None:
        """Take this life's place among the others: on the bus, and on the ring of lifelines."""
        membership, node = self._membership, self.node
        if membership is None:
            return
        membership.peers.update(await node.environment.store.nodes.rows())
        served = await membership.bus.serve(node.owner, self._answering(handler))
        followed = await membership.bus.follow(NODES_CHANNEL, self._heard, self.upkeep.look_now)

        async def leave_bus() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await served.close()
                await followed.close()

        node.run_along(leave_bus(), "place on the bus")
        if membership.lifelines is not None and node.is_host:
            node.run_along(self.upkeep.listen(membership.lifelines), "ring")

    def _heard(self, feed: str, body: bytes) -> None:
        if feed == DEAD_FEED:
            self.upkeep.look_now()
        elif feed == FIT_FEED:
            fit = fits.decode(body)
            if fit.lets_people_in:
                self._fitness.heard(fit.owner)
        elif feed == HELD_FEED:
            held = helds.decode(body)
            if held.owner == self.node.owner:  # said by who gave them, when the message was lost
                for game_id in held.game_ids:
                    self.node.departed.doubt(game_id)

    def _cause_of(self, owner: Owner | None) -> str:
        if owner is None:
            return "released"
        rows = () if self._membership is None else self._membership.peers.rows
        return cause_of(next((row for row in rows if row.owner == owner), None)) if rows else "ended"

    def _answering(self, handler: NodeHandler) -> Callable[[bytes], Awaitable[bytes]]:
        async def answer(body: bytes) -> bytes:
            try:
                return encoder.encode(Answered(await self._answer(handler, body)))
            except Fault as fault:
                return encoder.encode(failed(fault))

        return answer

    async def _answer(self, handler: NodeHandler, body: bytes) -> bytes:
        message: NodeMessage = node_messages.decode(body)
        match message:
            case Ask(game_id, question):
                if not self.node.is_host:
                    raise Moved(game_id)
                return await handler.answer(game_id, question)
            case Tell(said):
                return await handler.hear(said)
            case Take() as take:
                assert self.handoff is not None, "only a node that is one of several is on the bus"
                self.handoff.take(take)
                return b""
