"""Real nats-servers for tests, and buses on them."""

import atexit
import random
import shutil
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry

from clew.buses.bounds import FOLLOWER_MESSAGES_MAX
from clew.buses.metrics import BusMetrics
from clew.buses.nats.bus import NatsBus, open_nats
from clew.buses.nats.settings import NatsSettings, read_servers
from clew.client.retrying import pause
from clew.local.nats import LocalNats
from clew.local.process import free_port
from clew.wiring.clock import RealClock

LOOK_AGAIN_S: Final = 0.005

_clusters = count(1)


@cache
def shared_server() -> LocalNats:
    """The one server of this test process. Whoever kills it starts it again; the next test expects it to run."""
    folder = Path(tempfile.mkdtemp(prefix="minotaur-nats-"))
    server = LocalNats(folder, free_port())
    server.start()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.kill)
    return server


def settings_for(urls: str, node: str = "node-1", cluster: str | None = None) -> NatsSettings:
    """Settings of a node; without the name of a cluster, of one that nobody else is in."""
    return NatsSettings(read_servers(urls), node, "minotaur", cluster or f"test-{next(_clusters)}")


@contextmanager
def running_cluster(folder: Path, size: int) -> Generator[list[LocalNats]]:
    """As many servers that are one NATS cluster."""
    routes = [f"127.0.0.1:{free_port()}" for _ in range(size)]
    listed = ", ".join(f'"nats://{route}"' for route in routes)
    servers = [
        LocalNats(folder, free_port(), f'cluster {{ name: "local", listen: "{route}", routes: [{listed}] }}')
        for route in routes
    ]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.kill()


def chance_for(settings: NatsSettings) -> random.Random:
    """What a node begins with; so a test can tell which server it chose."""
    return random.Random(settings.node)


async def wait_connected(*buses: NatsBus, connected: bool = True) -> None:
    """Until all of them are, or none is any more."""
    while any(bus.is_connected is not connected for bus in buses):
        await pause(LOOK_AGAIN_S)


@asynccontextmanager
async def on_nats(
    settings: NatsSettings,
    registry: CollectorRegistry | None = None,
    follower_messages_max: int = FOLLOWER_MESSAGES_MAX,
) -> AsyncGenerator[NatsBus]:
    metrics = BusMetrics(registry or CollectorRegistry())
    async with open_nats(settings, RealClock(), metrics, chance_for(settings), follower_messages_max) as bus:
        yield bus


@asynccontextmanager
async def several_on_nats(
    settings: list[NatsSettings], registries: list[CollectorRegistry], follower_messages_max: int
) -> AsyncGenerator[list[NatsBus]]:
    async with AsyncExitStack() as opened:
        yield [
            await opened.enter_async_context(on_nats(each, registry, follower_messages_max))
            for each, registry in zip(settings, registries, strict=True)
        ]
