"""A cluster of real processes: nodes on one PostgreSQL and one NATS; each can be stopped, killed and paused."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from clew.client.retrying import pause
from clew.local.nats import LocalNats
from clew.local.postgres import LocalPostgres
from clew.local.process import free_port
from clew.sessions.node_records import NodeRow
from clew.stores.postgres.schema import migrate_postgres
from clew.stores.postgres.store import PostgresStore, open_postgres
from tests.kit.moves import begin_watch
from tests.kit.postgres import run
from tests.kit.releases import Release
from tests.kit.server import OUR_PROGRAM, Server
from tests.kit.wires import Machine

HOST: Final = "host"
GATEWAY: Final = "gateway"
BOTH: Final = "host,gateway"
LOOK_AGAIN_S: Final = 0.02
PATIENCE_S: Final = 60.0
KEY: Final = bytes(range(32))
"""The secret that the nodes of a test share."""


class Cluster:
    """Engines and nodes by name; all of it ends with this process at the latest."""

    def __init__(
        self,
        folder: Path,
        settings: dict[str, str] | None = None,
        commit_s_max: float = 0.0,
        beside: Machine | None = None,
        *,
        home: Path | None = None,
        watched: bool = True,
    ) -> None:
        """A commit lasts up to ``commit_s_max`` longer than it must. Nodes may run on the machine ``beside`` this.

        ``home``: where PostgreSQL's data is, which is removed at the end. ``watched`` has every change of a game's
        owner written down (``tests.kit.moves``).
        """
        # In the system's own folder for such things: a socket's path may be no longer than a hundred bytes.
        home = home or Path(tempfile.mkdtemp(prefix="minotaur-pg-"))
        port = free_port()
        if beside is not None:
            settings = {"listen_addresses": f"127.0.0.1,{beside.engines}", **(settings or {})}
        self.postgres = LocalPostgres(home, port=port, temporary=True, settings=settings)
        self.postgres_socket = home / f".s.PGSQL.{port}"
        self.nats = LocalNats(folder, free_port(), host="127.0.0.1" if beside is None else beside.engines)
        self.nodes: dict[str, Server] = {}
        self._beside = beside
        self._commit_s_max = commit_s_max
        self._watched = watched
        self._folder = folder
        self._secret = folder / "secret.key"

    @property
    def url(self) -> str:
        """The database."""
        return self.postgres.url()

    async def start_engines(self, migrate: Callable[[str], Awaitable[object]] = migrate_postgres) -> None:
        """PostgreSQL with the schema, NATS, and nothing else."""
        self._secret.write_bytes(KEY)
        await asyncio.to_thread(self.postgres.start)
        self.nats.start()
        if self._beside is not None:
            await self._let_in(self._beside.network)
        await migrate(self.url)
        if self._watched:
            await begin_watch(self.url, self._commit_s_max)

    def node(
        self,
        name: str,
        roles: str = BOTH,
        release: str | None = "0.1.0",
        *,
        program: Release | None = None,
        database_url: str | None = None,
        bus: str | None = None,
        port: int | None = None,
        on: Machine | None = None,
        command: tuple[str, ...] | None = None,
        options: tuple[str, ...] = (),
    ) -> Server:
        """A node that is not started yet; its way to the database or the bus may be one of the test's.

        ``program``: what it runs, this checkout if none is given; ``command``: which one, if not Minotaur's.
        ``release``: what it calls itself; None: what it is. ``on``: where it runs, if not on this machine.
        """
        assert name not in self.nodes or not self.nodes[name].is_running, f"{name} runs"
        self.nodes[name] = Server(
            self._folder / name,
            *("--database-url", database_url or self.url, "--bus", bus or self.nats.url, "--node-id", name),
            *("--secret-key-file", str(self._secret), "--roles", roles),
            *(() if release is None else ("--release", release)),
            *("--rate-limits", "off", "--log-format", "json", *options),
            port=port,
            environment=program and program.environment,
            command=command or (on and on.inside(*OUR_PROGRAM)),
            host="127.0.0.1" if on is None else on.address,
        )
        return self.nodes[name]

    async def start(self, *names: str) -> None:
        """Start these nodes side by side, and wait until all are ready."""
        for name in names:
            await self.nodes[name].launch()
        for name in names:
            await self.nodes[name].wait_ready()

    async def _let_in(self, network: str) -> None:
        """Whoever comes from there may speak to PostgreSQL."""
        with (self.postgres.folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {network} trust\n")
        await run(self.url, "SELECT pg_reload_conf()")

    def kill_everything_nowait(self) -> None:
        """The power is gone: SIGKILL to all nodes and engines, this very moment."""
        for server in self.nodes.values():
            if server.is_running:
                server.kill_nowait()
        self.nats.kill()
        self.postgres.kill()

    async def restart_engines(self) -> None:
        """The same again, on the same data and ports."""
        await asyncio.to_thread(self.postgres.start)
        self.nats.start()

    async def close(self) -> None:
        for server in self.nodes.values():
            await server.kill()
        self.nats.kill()
        await asyncio.to_thread(self.postgres.remove)

    # --- what the store says -----------------------------------------------------------------------------------------

    @asynccontextmanager
    async def store(self) -> AsyncGenerator[PostgresStore]:
        """The store, past every node."""
        async with open_postgres(self.url) as store:
            yield store

    async def lives(self, name: str | None = None) -> Sequence[NodeRow]:
        """Every life on record, of one node or of all."""
        async with self.store() as store:
            return [row for row in await store.nodes.rows() if name in (None, row.node_id)]

    async def owner(self, name: str) -> str:
        """What the living life of a node is called."""
        (row,) = [row for row in await self.lives(name) if row.alive]
        return row.owner

    async def holders(self) -> dict[str, str]:
        """Which life of which node holds each open game, by the game's id; those of nobody are left out."""
        async with self.store() as store:
            rows = (await store.listings.list_sessions(["lobby", "active"], None, None, 100)).items
        return {row.game_id: row.owner for row in rows if row.owner is not None}

    async def held_by(self, name: str) -> set[str]:
        """The open games of a node, whichever life of it has them."""
        return {game_id for game_id, owner in (await self.holders()).items() if owner.rpartition(".")[0] == name}

    async def drain(self, name: str) -> bool:
        """Ask a node to leave, as an operator does."""
        async with self.store() as store:
            return await store.nodes.ask_drain((await self.lives(name))[-1].node_id)


async def wait_for(condition: Callable[[], Awaitable[bool]], within_s: float = PATIENCE_S) -> None:
    """Return when it holds. Raises ``TimeoutError`` when it did not in time."""
    async with asyncio.timeout(within_s):
        while not await condition():
            await pause(LOOK_AGAIN_S)


@asynccontextmanager
async def cluster_in(
    folder: Path,
    settings: dict[str, str] | None = None,
    commit_s_max: float = 0.0,
    migrate: Callable[[str], Awaitable[object]] = migrate_postgres,
    beside: Machine | None = None,
) -> AsyncGenerator[Cluster]:
    """Engines that run, and no nodes yet; at the end of the block nothing of it is left running."""
    cluster = Cluster(folder, settings, commit_s_max, beside)
    try:
        await cluster.start_engines(migrate)
        yield cluster
    finally:
        await cluster.close()
