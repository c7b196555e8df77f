"""A cluster of real processes for benchmarks: three hosts and a gateway on one PostgreSQL and one NATS."""

import asyncio
import random
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry

from bench.kit.many_games import Filler, Made
from clew.buses.metrics import BusMetrics
from clew.buses.nats.bus import open_nats
from clew.buses.nats.settings import NatsSettings, read_servers
from clew.sessions.cluster.peers import Peers
from clew.sessions.life import Membership
from clew.stores.postgres.connections import Row, connect
from clew.wiring.clock import RealClock
from tests.kit import cluster
from tests.kit.cluster import KEY
from tests.kit.server import Server

HOSTS: Final = ("host-1", "host-2", "host-3")
GATEWAY: Final = "gate-1"
LOOK_AGAIN_S: Final = 0.1
READY_WITHIN_S: Final = 120.0


class Cluster(cluster.Cluster):
    """Three hosts and a gateway, which keep the games they are given. All of it ends with this process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, home=folder / "postgres", watched=False)

    async def begin(self) -> None:
        """The engines, three hosts and the gateway."""
        await self.start_engines()
        for name in HOSTS:
            await self.steady_node(name, "host,gateway").launch()
        for name in HOSTS:
            await self.nodes[name].wait_ready(READY_WITHIN_S)
        await self.steady_node(GATEWAY, "gateway").start()

    async def fill(self, games: int, rounds: int) -> list[Made]:
        """Make games at a node of our own, and hand them over to the hosts, the same number to each."""
        nats = NatsSettings(servers=read_servers(self.nats.url), node="filler", program="minotaur")
        clock = RealClock()
        async with (
            self.store() as store,
            open_nats(nats, clock, BusMetrics(CollectorRegistry()), random.Random(1)) as bus,
        ):
            filler = Filler(store, KEY, Membership(bus, Peers()))
            async with filler.games.running():
                made = await filler.make(games, rounds)
                await filler.hand_over()
        return made

    def steady_node(self, name: str, roles: str, release: str = "1.0", port: int | None = None) -> Server:
        """A node that gives no games away for balance, not yet started."""
        return self.node(name, roles, release, port=port, options=("--rebalance", "off"))

    async def owners(self) -> dict[str, str]:
        """Which life of which node holds each open game, by game id."""
        rows = await self._query(
            "SELECT game_id, owner FROM game_session_summaries WHERE game_status = 'active' AND owner IS NOT NULL"
        )
        return {str(game_id): str(owner) for game_id, owner in rows}

    async def holders(self) -> dict[str, str]:
        """Which node holds each open game."""
        return {game_id: owner.rpartition(".")[0] for game_id, owner in (await self.owners()).items()}

    async def kill_everything(self) -> None:
        """The power is gone: SIGKILL to nodes, PostgreSQL and NATS. Returns when nothing is left."""
        self.kill_everything_nowait()
        for server in self.nodes.values():
            await server.kill()

    async def launch_everything(self) -> None:
        """It is back: everything is started, and nothing waited for but the engines."""
        await self.restart_engines()
        for server in self.nodes.values():
            await server.launch()

    async def epochs(self) -> dict[str, int]:
        """How often each game has changed hands so far."""
        rows = await self._query("SELECT game_id, epoch FROM game_session_summaries")
        return {str(game_id): int(epoch) for game_id, epoch in rows}

    async def wait_all_let_go(self, lives: Collection[str]) -> None:
        """Until the database says that none of these lives holds a game any more. Asked seldom: it costs others."""
        listed = ", ".join(f"'{life}'" for life in lives)
        while True:
            ((held,),) = await self._query(
                f"SELECT count(*) FROM game_session_summaries WHERE game_status = 'active' AND owner IN ({listed})"
            )
            if held == 0:
                return
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _query(self, statement: str) -> Sequence[Row]:
        connection = await connect(self.url, "bench")
        try:
            return await connection.fetch(statement)
        finally:
            connection.terminate()


@asynccontextmanager
async def cluster_of(folder: Path, games: int, rounds: int) -> AsyncGenerator[tuple[Cluster, list[Made]]]:
    """A running cluster with games spread over its hosts, until the end of the block."""
    opened = Cluster(folder)
    try:
        await opened.begin()
        yield opened, await opened.fill(games, rounds)
    finally:
        await opened.close()
