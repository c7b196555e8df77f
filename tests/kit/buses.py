"""Every bus adapter, as a few nodes that speak over it, for the exam that all of them sit."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry

from clew.buses.bounds import FOLLOWER_MESSAGES_MAX
from clew.buses.metrics import BusMetrics
from clew.sessions.ports.bus import Bus
from clew.testing.faults.bus import open_faulty_bus
from clew.wiring.clock import RealClock
from tests.kit.nats import settings_for, several_on_nats, shared_server, wait_connected

NODES = 3


@dataclass(frozen=True)
class Nodes:
    """As many buses as nodes, and a way to take the bus away from all of them and give it back."""

    buses: list[Bus]
    registries: list[CollectorRegistry]
    lose: Callable[[], Awaitable[None]]
    find: Callable[[], Awaitable[None]]

    def counted(self, name: str, **labels: str) -> float:
        """The sum of a counter over all nodes."""
        return sum(registry.get_sample_value(name, labels) or 0 for registry in self.registries)


OpenNodes = Callable[[int], AbstractAsyncContextManager[Nodes]]
"""Opens nodes whose followers hold so many messages."""


@asynccontextmanager
async def open_local_nodes(follower_messages_max: int = FOLLOWER_MESSAGES_MAX) -> AsyncGenerator[Nodes]:
    registry = CollectorRegistry()
    async with open_faulty_bus(RealClock(), BusMetrics(registry), follower_messages_max) as bus:

        async def lose() -> None:
            bus.cut()

        async def find() -> None:
            bus.mend()

        yield Nodes([bus] * NODES, [registry], lose, find)


@asynccontextmanager
async def open_nats_nodes(follower_messages_max: int = FOLLOWER_MESSAGES_MAX) -> AsyncGenerator[Nodes]:
    server = shared_server()
    first = settings_for(server.url, "node-1")
    settings = [first, *(settings_for(server.url, f"node-{number}", first.cluster) for number in range(2, NODES + 1))]
    registries = [CollectorRegistry() for _ in settings]
    async with several_on_nats(settings, registries, follower_messages_max) as buses:

        async def lose() -> None:
            server.kill()
            await wait_connected(*buses, connected=False)

        async def find() -> None:
            server.start()
            await wait_connected(*buses)

        try:
            yield Nodes(list(buses), registries, lose, find)
        finally:
            if not server.is_running:
                server.start()


ADAPTERS: dict[str, OpenNodes] = {"local": open_local_nodes, "nats": open_nats_nodes}
