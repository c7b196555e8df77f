"""A cluster on this machine: PostgreSQL, NATS, nodes and a balancer, started, stopped and killed one by one."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from clew.local.balancer import Balancer
from clew.local.folder import ClusterFolder
from clew.local.health import is_ready
from clew.local.nats import LocalNats
from clew.local.node_process import NodeProcess
from clew.local.postgres import LocalPostgres
from clew.local.process import free_port
from clew.local.tasks import block_tasks, together
from clew.wiring.address import listen
from clew.wiring.faults import CannotStart
from clew.wiring.operating import migrate_database
from clew.wiring.secret import read_or_make_secret

NODES_MAX: Final = 16
DATABASE: Final = "postgres"
LOOK_EVERY_S: Final = 0.2
"""How often the nodes are asked whether they are ready, for the balancer."""

Tell: TypeAlias = Callable[[str], None]
State: TypeAlias = Literal["starting", "ready", "leaving", "down"]


@dataclass(frozen=True)
class ClusterSettings:
    """``program`` is the module whose ``serve`` is a node, ``release`` what it calls itself, and ``options`` go to it.
    ``port`` is the balancer's; 0 is any free one.

    A node that ends unasked is started again after ``restart_after_s``; None leaves that to whoever runs the cluster.
    ``durable=False`` gives speed for the promise that PostgreSQL survives a power cut.
    """

    folder: Path
    program: str
    release: str
    nodes: int = 3
    port: int = 0
    options: tuple[str, ...] = ()
    restart_after_s: float | None = None
    durable: bool = True

    @property
    def place(self) -> ClusterFolder:
        return ClusterFolder(self.folder, self.program)


class Cluster:
    """Made by ``open_cluster``. Nodes are known by their number, from 1; each has one process at a time.

    ``postgres`` and ``nats`` may be killed, stopped and started by themselves: NATS from the main thread only, with
    which it ends; PostgreSQL's start takes a moment and blocks.
    """

    def __init__(self, settings: ClusterSettings, url: str, tell: Tell) -> None:
        self.settings = settings
        self.folder = settings.place
        self.url = url
        self.build = 1
        self.postgres = LocalPostgres(self.folder.postgres, superuser=settings.program, durable=settings.durable)
        self.nats = LocalNats(self.folder.nats, free_port())
        self.balancer = Balancer()
        self.nodes: dict[int, NodeProcess] = {}
        self._tell = tell
        self._ready: set[NodeProcess] = set()
        self._asked: set[NodeProcess] = set()
        """Processes that were told to end: nobody wonders when they do."""

    @property
    def database_url(self) -> str:
        return self.postgres.url(DATABASE)

    def state_of(self, number: int) -> State:
        """How a node was when last looked at."""
        node = self.nodes[number]
        if not node.is_running:
            return "down"
        if node in self._asked:
            return "leaving"
        return "ready" if node in self._ready else "starting"

    # --- nodes ---------------------------------------------------------------------------------------------------

    def next_process(self, number: int) -> NodeProcess:
        """A process for this node, of the build that the cluster is at, on a port of its own; not started."""
        return NodeProcess(
            self.settings.program,
            f"node-{number}-b{self.build}",
            f"{self.settings.release}+{self.build}",
            free_port(),
            self.folder.logs / f"node-{number}.log",
            (
                *("--database-url", self.database_url, "--bus", self.nats.url),
                *("--secret-key-file", str(self.folder.top / "secret.key"), "--public-url", self.url),
                *self.settings.options,
            ),
        )

    async def start_node(self, number: int) -> None:
        """Start a node that is down, as it was, and wait until it is ready. Raises ``CannotStart``."""
        node = self.nodes[number]
        self._asked.discard(node)
        await node.start()
        self._admit(node)

    async def kill_node(self, number: int, *, asked: bool = True) -> None:
        """``kill -9``. Without ``asked`` it counts as an accident, and is started again where the settings say so."""
        node = self.nodes[number]
        if asked:
            self._asked.add(node)
        self._dismiss(node)
        await node.kill()

    async def let_go(self, node: NodeProcess) -> int:
        """Send nobody to this process any more, have it hand over and end; gives its exit status."""
        self._asked.add(node)
        self._dismiss(node)
        return await node.stop()

    async def replace(self, number: int, successor: NodeProcess) -> None:
        """Start the successor beside the node, and once it is ready take it in as this node.

        Raises ``CannotStart``: then the node is as it was.
        """
        await successor.start()
        self.nodes[number] = successor
        self._admit(successor)

    # --- what runs along -----------------------------------------------------------------------------------------

    async def start(self) -> None:
        """PostgreSQL, NATS, the schema, and the nodes side by side. Raises ``CannotStart``."""
        await asyncio.to_thread(self.postgres.start)
        self._tell(f"PostgreSQL runs at {self.database_url}")
        self.nats.start()
        self._tell(f"NATS runs at {self.nats.url}")
        await migrate_database(self.database_url)
        self.nodes = {number: self.next_process(number) for number in range(1, self.settings.nodes + 1)}
        await together(*(self._start_first(number) for number in self.nodes))

    async def stop(self) -> None:
        """The nodes, all asked at once as nobody is left to take over; then NATS, then PostgreSQL."""
        self.balancer.send_to(())
        await together(*(self.let_go(node) for node in self.nodes.values()))
        self.nats.stop()
        await asyncio.to_thread(self.postgres.stop)

    def end_at_once(self) -> None:
        """Kill what is left of it, and stop PostgreSQL; after ``stop`` there is nothing."""
        for node in self.nodes.values():
            self._asked.add(node)
            node.kill_nowait()
        self.nats.kill()
        self.postgres.stop()

    async def look_after(self) -> None:
        """Keep the balancer on the nodes that are ready, and start again those that ended unasked."""
        async with block_tasks() as tasks:
            restarts = dict[int, asyncio.Task[object]]()
            while True:
                for number, node in self.nodes.items():
                    restart = restarts.get(number)
                    if self._is_lost(node) and (restart is None or restart.done()):
                        restarts[number] = tasks.run(self._start_again(number), f"restarts {number}")
                await self._look_once()
                await asyncio.sleep(LOOK_EVERY_S)

    async def _look_once(self) -> None:
        running = [node for node in self.nodes.values() if node.is_running and node not in self._asked]
        answers = await asyncio.gather(*(is_ready(node.port) for node in running))
        self._ready = {node for node, ready in zip(running, answers, strict=True) if ready and node not in self._asked}
        self._balance()

    def _is_lost(self, node: NodeProcess) -> bool:
        return node.has_ended and node not in self._asked

    async def _start_again(self, number: int) -> None:
        node = self.nodes[number]
        status, pause_s = await node.wait_gone(), self.settings.restart_after_s
        self._dismiss(node)
        if pause_s is None:
            self._asked.add(node)
            self._tell(f"{node.node_id} ended with status {status}.")
            return
        self._tell(f"{node.node_id} ended with status {status}; it is started again in {pause_s:g} s.")
        await asyncio.sleep(pause_s)
        if self.nodes[number] is not node or not self._is_lost(node):
            return
        try:
            await self.start_node(number)
        except CannotStart as problem:
            self._tell(str(problem))
        else:
            self._tell(f"{node.node_id} is back.")

    async def _start_first(self, number: int) -> None:
        await self.start_node(number)
        node = self.nodes[number]
        self._tell(f"{node.node_id} is ready at {node.url}")

    def _admit(self, node: NodeProcess) -> None:
        self._ready.add(node)
        self._balance()

    def _dismiss(self, node: NodeProcess) -> None:
        self._ready.discard(node)
        self._balance()

    def _balance(self) -> None:
        self.balancer.send_to([("127.0.0.1", node.port) for node in self.nodes.values() if node in self._ready])


@asynccontextmanager
async def open_cluster(settings: ClusterSettings, tell: Tell = lambda _: None) -> AsyncGenerator[Cluster]:
    """A whole cluster, ready, until the end of the block; then it is stopped in order, or killed where the block fails.

    Its folder is the caller's to hold (``DataLock``). Raises ``CannotStart``; then nothing is left running.
    """
    assert 1 <= settings.nodes <= NODES_MAX, "the command line bounds the number of nodes"
    settings.place.make()
    read_or_make_secret(settings.place.top)
    with closing(listen("127.0.0.1", settings.port)) as listener:
        cluster = Cluster(settings, f"http://127.0.0.1:{listener.getsockname()[1]}", tell)
        try:
            async with cluster.balancer.running(listener):
                await cluster.start()
                async with block_tasks() as tasks:
                    tasks.run(cluster.look_after(), "looks after the nodes")
                    yield cluster
                await cluster.stop()
        finally:
            cluster.end_at_once()
