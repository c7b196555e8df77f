"""The local cluster's balancer before the nodes of a test: who comes is sent to those that say they are ready."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from clew.client.retrying import pause
from clew.local.balancer import Address, Balancer
from clew.local.cluster import LOOK_EVERY_S
from clew.local.health import is_ready
from tests.kit.cluster import Cluster
from tests.kit.server import Server


class Front:
    """One address before all nodes."""

    def __init__(self, cluster: Cluster, balancer: Balancer, url: str) -> None:
        self.url = url
        self._cluster = cluster
        self._balancer = balancer
        self._only: str | None = None

    def send_all_to(self, name: str | None) -> None:
        """Whoever comes from now on goes to this node; None: to any that is ready."""
        self._only = name
        if name is not None:
            self._balancer.send_to([_address(self._cluster.nodes[name])])

    async def look_after(self) -> None:
        """As ``wiring.cluster`` does it. Until cancelled."""
        while True:
            if self._only is None:
                running = [server for server in self._cluster.nodes.values() if server.is_running]
                answers = await asyncio.gather(*(is_ready(server.port, server.host) for server in running))
                ready = [_address(server) for server, ready in zip(running, answers, strict=True) if ready]
                if self._only is None:
                    self._balancer.send_to(ready)
            await pause(LOOK_EVERY_S)


@asynccontextmanager
async def front_of(cluster: Cluster) -> AsyncGenerator[Front]:
    """A balancer before this cluster, until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    balancer = Balancer()
    front = Front(cluster, balancer, f"http://127.0.0.1:{listener.getsockname()[1]}")
    async with balancer.running(listener):
        looking = asyncio.get_running_loop().create_task(front.look_after(), name="looks after the balancer")
        try:
            yield front
        finally:
            looking.cancel()


def _address(server: Server) -> Address:
    return server.host, server.port
