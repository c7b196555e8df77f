"""Several houses side by side, in company: hosts and gateways of one cluster in one process, on the real clock."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast

from prometheus_client import CollectorRegistry

from minotaur.buses.local import LocalBus, open_local
from minotaur.buses.metrics import BusMetrics
from minotaur.play.codec import MatchCodec
from minotaur.sessions.ids import NodeId
from minotaur.sessions.life import Company
from minotaur.sessions.peers import Peers
from minotaur.sessions.records import NodeInfo
from minotaur.stores.memory import MemoryStore
from minotaur.stores.memory_lifelines import MemoryLifelines
from minotaur.wiring.clock import RealClock
from tests.kit.faulty_store import FaultyStore
from tests.play.house import House

BOTH = ("host", "gateway")
GATEWAY = ("gateway",)


class Neighbour(House):
    """One node. It can be killed as ``kill -9`` does: nothing more is written, nobody is told."""

    def __init__(self, street: "Street", name: str, roles: tuple[str, ...], release: str) -> None:
        self.plug = FaultyStore(street.store)
        info = NodeInfo(NodeId(name), "http://127.0.0.1", release, MatchCodec().state_version, roles)
        self.peers = Peers()
        company = Company(street.bus, self.peers, street.lifelines)
        super().__init__(self.plug, len(name) + ord(name[-1]), street.store, info, company)
        self._up = asyncio.Event()
        self._leave = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._live(), name=f"house {name}")

    async def _live(self) -> None:
        async with self.games.running():
            await self.host.resume_active_sessions(lambda _: None)
            self._up.set()
            await self._leave.wait()

    async def wait_up(self) -> None:
        await self._up.wait()

    @property
    def holds(self) -> int:
        """Games that run here."""
        return len(cast("Any", self.host)._running.node.residents.open)

    @property
    def feeds(self) -> int:
        """Viewers elsewhere who are told by this node."""
        return len(cast("Any", self.games)._feeds)

    async def kill(self) -> None:
        self.plug.unplug()
        self._task.cancel()
        await asyncio.wait({self._task})

    async def leave(self) -> int:
        """Hand everything over, and go; gives how many games went."""
        gone = await self.host.drain()
        self._leave.set()
        await self._task
        return gone


class Street:
    """All of them, on one store and one bus."""

    def __init__(self, bus: LocalBus) -> None:
        self.store = MemoryStore(RealClock())
        self.bus = bus
        self.lifelines = MemoryLifelines()
        self.houses = list[Neighbour]()

    async def house(self, name: str, roles: tuple[str, ...] = BOTH, release: str = "1.0") -> Neighbour:
        """A node that is ready, and that all others have heard of."""
        house = Neighbour(self, name, roles, release)
        self.houses.append(house)
        await house.wait_up()
        rows = await self.store.nodes()
        for each in self.houses:
            each.peers.update(rows)
        return house


@asynccontextmanager
async def street() -> AsyncGenerator[Street]:
    """An empty street; at the end whoever is left is killed."""
    async with open_local(RealClock(), BusMetrics(CollectorRegistry())) as bus:
        opened = Street(bus)
        try:
            yield opened
        finally:
            for house in opened.houses:
                await house.kill()
