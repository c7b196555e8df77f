"""One node of several in one process, with lines of its own to the world that all share."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from prometheus_client import CollectorRegistry

from clew.sessions.cluster.messages import NODES_CHANNEL
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Moved
from clew.sessions.games import Games
from clew.sessions.host import Host
from clew.sessions.ids import GameId, Kind, Owner
from clew.sessions.life import Life, Membership
from clew.sessions.metrics import Metrics
from clew.sessions.routing import Router
from clew.testing.faults.bus_line import GatedBus
from clew.testing.faults.gate import GatedClock, ProcessGate
from clew.testing.faults.store import FaultyStore
from clew.testing.faults.store_line import GatedStore
from clew.testing.hand_clock import loop_passes
from clew.testing.hosts.errands import ErrandHandler, Errands
from clew.testing.hosts.life import NodeOptions, ProcessLife, host_of

if TYPE_CHECKING:
    from clew.testing.hosts.fleet import HostFleet

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
T = TypeVar("T")


class HostNode(Generic[S, C, E]):
    """One process: a host, with a clock and lines to store and bus of its own. Begun once; then killed or stopped.

    ``run`` of its fleet awaits what takes time.
    """

    def __init__(self, fleet: HostFleet, name: str, games: Games[S, C, E], options: NodeOptions | None = None) -> None:
        options = options or NodeOptions()
        self.name = name
        self.fleet = fleet
        self.gate = ProcessGate()
        self.clock = GatedClock(fleet.clock, self.gate)
        self.clock.ahead_ms = round(1000 * options.ahead_s)
        self.faults = FaultyStore(fleet.store)
        self.line = GatedStore(self.faults, self.gate, lambda call, args, given: fleet.note(name, call, args, given))
        self.bus = GatedBus(fleet.bus, self.clock, self.gate)
        self.registry = CollectorRegistry()
        self.metrics = Metrics(self.registry)
        self.membership = Membership(self.bus, Peers(), fleet.lifelines, options.rebalance)
        self.host: Host[S, C, E] = host_of(
            games, self.line, self.clock, name, options, metrics=self.metrics, membership=self.membership
        )
        self.life: ProcessLife | None = None

    def serving(self) -> AbstractAsyncContextManager[object]:
        """What its process is while it lives."""
        return self.host.running()

    async def begin(self, *, ready: bool = True) -> None:
        """Register, and if ``ready`` take over what nobody holds."""
        self.life = ProcessLife(self.serving(), self.faults)
        await self.life.up()
        if ready:
            await self.host.resume_active_sessions(lambda _: None)

    @property
    def owner(self) -> Owner:
        """The name of its present life."""
        return self.host.owner

    @property
    def alive(self) -> bool:
        """Whether it was begun, and has not come to its end."""
        return self.life is not None and not self.life.over

    @property
    def inside(self) -> Life[S, C, E]:
        """What no gateway reaches, of a node that lives."""
        return cast("Any", self.host)._running  # noqa: SLF001 - a test may look where nobody else has to

    # --- what happens to it --------------------------------------------------------------------------------------

    async def kill(self) -> None:
        """As ``kill -9``: nothing is written or said any more, and its lifeline is cut."""
        life, self.life = self.life, None
        if life is not None:
            await self.bus.cut()
            await life.kill()

    async def stop(self) -> None:
        """As the end of a graceful exit, without a drain before it."""
        life, self.life = self.life, None
        if life is not None:
            await self.fleet.run(life.stop())
            await self.bus.cut()

    async def leave(self) -> int:
        """Drain, then exit; gives how many sessions were handed over."""
        moved = await self.fleet.run(self.host.drain())
        await self.stop()
        return moved

    async def give(self, target: HostNode[Any, Any, Any], *game_ids: GameId) -> int:
        """Hand these over, as for balance; gives how many went."""
        life = self.inside
        assert life.handoff is not None, "a node of a fleet is one of several"
        sessions = [life.node.residents.open[game_id] for game_id in game_ids]
        return await self.fleet.run(life.handoff.give(sessions, target.owner))

    def pause(self) -> None:
        """As SIGSTOP: nothing reaches it until it goes on."""
        self.gate.pause()

    async def go_on(self, *, backwards: bool = False) -> None:
        """As SIGCONT: all that waited for it reaches it, in order (or ``backwards``)."""
        self.gate.go_on(backwards=backwards)
        await loop_passes()

    def cut_store(self) -> None:
        """Every call to the store is refused from here on."""
        self.faults.down = True

    def mend_store(self) -> None:
        self.faults.down = False

    async def cut_off(self) -> None:
        """As a partition of the network: it has neither store nor bus, and goes on for itself."""
        self.cut_store()
        await self.bus.cut()

    async def come_back(self) -> None:
        """The end of that."""
        self.mend_store()
        await self.bus.mend()

    # --- what it counts ------------------------------------------------------------------------------------------

    def counted(self, name: str, **labels: str) -> float:
        """The sum of all samples of this name that have these labels, among others."""
        samples = (sample for metric in self.registry.collect() for sample in metric.samples)
        return sum(each.value for each in samples if each.name == name and labels.items() <= each.labels.items())

    @property
    def held(self) -> int:
        """Open sessions in its memory."""
        return int(self.counted("clew_sessions"))

    def came(self, way: str) -> float:
        """How many sessions came into its memory this way."""
        return self.counted("clew_taken_total", way=way)


class RoutedNode(HostNode[S, C, E]):
    """A node that asks the others of its fleet what it can't answer itself.

    Every question raises what ``Router.ask`` does: ``Busy`` where nobody answers for the session in time.
    """

    def __init__(
        self,
        fleet: HostFleet,
        name: str,
        games: Games[S, C, E],
        errands: Errands[S, C, E],
        options: NodeOptions | None = None,
    ) -> None:
        super().__init__(fleet, name, games, options)
        self.router = Router(self.host, self.line.ownership, self.clock, self.metrics, self.membership)
        self.handler = ErrandHandler(errands, self.host)
        self._errands = errands

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        directory = self.router.directory
        async with self.host.running(self.handler):
            directory.follow(self.membership.peers)
            await self.bus.follow(NODES_CHANNEL, directory.heard, directory.wake_all)
            yield

    async def of_owner(self, game_id: GameId, errand: Callable[[Host[S, C, E]], Awaitable[T]]) -> T:
        """What comes of this at the session's owner, wherever that is."""
        return await self.router.ask(
            game_id, lambda: errand(self.host), lambda _: self._errands.question(errand), self._read
        )

    async def anywhere(self, kind: Kind, errand: Callable[[Host[S, C, E]], Awaitable[T]]) -> T:
        """What comes of this where a new session of this kind is best made."""

        async def there(host: Host[S, C, E]) -> T:
            if not host.takes_in:
                raise Moved(GameId(""))
            return await errand(host)

        return await self.router.make(
            kind, lambda: errand(self.host), lambda: self._errands.question(there), self._read
        )

    def _read(self, answer: bytes) -> Any:
        return self._errands.read(answer)
