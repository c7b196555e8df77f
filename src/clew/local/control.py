"""How ``cluster status`` and its like speak to a running cluster: one order a connection, through a socket."""

import asyncio
import os
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final, Literal, TypeAlias

import msgspec

from clew.local.cluster import Cluster, State, Tell
from clew.local.folder import ClusterFolder
from clew.local.node_process import NodeProcess
from clew.local.rolling import roll
from clew.local.tasks import block_tasks
from clew.wiring.faults import CannotStart
from clew.wiring.operating import CannotOperate, NotThere

ORDER_BYTES_MAX: Final = 4_096
ORDER_WITHIN_S: Final = 5.0
"""A connection that gives no order in this time is closed."""
REPLY_BYTES_MAX: Final = 65_536

Verb: TypeAlias = Literal["status", "roll", "kill", "start"]


class Order(msgspec.Struct, frozen=True):
    """What is asked of a cluster; ``node`` is the number of the one meant."""

    verb: Verb
    node: int | None = None


class NodeStatus(msgspec.Struct, frozen=True):
    """A node as the cluster knows it; ``pid`` is null where it doesn't run."""

    node: int
    node_id: str
    state: State
    release: str
    url: str
    pid: int | None


class ClusterStatus(msgspec.Struct, frozen=True):
    """A running cluster: where people, databases and logs are found."""

    url: str
    pid: int
    database_url: str
    bus: str
    logs: str
    connections: int
    nodes: tuple[NodeStatus, ...]


class OrderProgress(msgspec.Struct, frozen=True, tag="said"):
    """Something happened on the way."""

    text: str


class OrderDone(msgspec.Struct, frozen=True, tag="done"):
    """The order was carried out; the last reply."""

    status: ClusterStatus


class OrderFailed(msgspec.Struct, frozen=True, tag="not_done"):
    """It was not, and why; the last reply. ``there``: what it names exists."""

    why: str
    there: bool = True


_orders: Final = msgspec.json.Decoder(Order)
_replies: Final = msgspec.json.Decoder[OrderProgress | OrderDone | OrderFailed](OrderProgress | OrderDone | OrderFailed)
_encoder: Final = msgspec.json.Encoder()


def status_of(cluster: Cluster) -> ClusterStatus:
    """The cluster as it was when last looked at."""
    return ClusterStatus(
        url=cluster.url,
        pid=os.getpid(),
        database_url=cluster.database_url,
        bus=cluster.nats.url,
        logs=str(cluster.folder.logs),
        connections=len(cluster.balancer),
        nodes=tuple(
            NodeStatus(number, node.node_id, cluster.state_of(number), node.release, node.url, _pid_of(node))
            for number, node in sorted(cluster.nodes.items())
        ),
    )


def _pid_of(node: NodeProcess) -> int | None:
    return node.pid if node.is_running else None


@asynccontextmanager
async def taking_orders(cluster: Cluster, tell: Tell) -> AsyncGenerator[None]:
    """Carry out what is asked while inside. Only the folder's owner reaches the socket.

    An order goes on though whoever gave it has gone.
    """
    path = cluster.folder.control
    path.unlink(missing_ok=True)
    taker = _OrderTaker(cluster, tell)
    async with block_tasks() as tasks:

        def answer(reader: StreamReader, writer: StreamWriter) -> None:
            tasks.run(taker.answer(reader, writer), "order")

        server = await asyncio.start_unix_server(answer, path, limit=ORDER_BYTES_MAX)
        path.chmod(0o600)
        try:
            yield
        finally:
            server.close()
            path.unlink(missing_ok=True)


class _OrderTaker:
    def __init__(self, cluster: Cluster, tell: Tell) -> None:
        self._cluster = cluster
        self._tell = tell
        self._rolling = asyncio.Lock()

    async def answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        def reply(body: OrderProgress | OrderDone | OrderFailed) -> None:
            if not writer.is_closing():
                writer.write(_encoder.encode(body) + b"\n")

        try:
            async with asyncio.timeout(ORDER_WITHIN_S):
                order = _orders.decode(await reader.readline())
        except (OSError, ValueError):  # too late, too long, or not an order
            reply(OrderFailed("this is no order that this release knows"))
        else:
            reply(await self._carry_out(order, lambda text: reply(OrderProgress(text))))
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _carry_out(self, order: Order, say: Tell) -> OrderDone | OrderFailed:
        if order.verb == "status":
            return OrderDone(status_of(self._cluster))

        def tell(text: str) -> None:
            self._tell(text)
            say(text)

        try:
            await (self._roll(tell) if order.verb == "roll" else self._one(order, tell))
        except CannotStart as problem:
            return OrderFailed(str(problem))
        except NotThere as problem:
            return OrderFailed(str(problem), there=False)
        return OrderDone(status_of(self._cluster))

    async def _roll(self, tell: Tell) -> None:
        if self._rolling.locked():
            raise CannotStart("the cluster is being rolled already")
        async with self._rolling:
            await roll(self._cluster, tell)

    async def _one(self, order: Order, tell: Tell) -> None:
        cluster = self._cluster
        if order.node is None or order.node not in cluster.nodes:
            raise NotThere(f"there is no node {order.node}: this cluster has {', '.join(map(str, cluster.nodes))}")
        node = cluster.nodes[order.node]
        if order.verb == "kill":
            if not node.is_running:
                raise NotThere(f"{node.node_id} does not run")
            await cluster.kill_node(order.node, asked=False)
            tell(f"{node.node_id} was killed")
        elif node.is_running:
            tell(f"{node.node_id} runs already")
        else:
            await cluster.start_node(order.node)
            tell(f"{node.node_id} is ready at {node.url}")


async def give_order(folder: ClusterFolder, order: Order, said: Tell) -> ClusterStatus:
    """Have the cluster that runs in this folder do something; gives how it is after that. Raises ``CannotOperate``."""
    try:
        reader, writer = await asyncio.open_unix_connection(folder.control, limit=REPLY_BYTES_MAX)
    except OSError as nobody:
        raise NotThere(f"no cluster runs in {folder.top}: start one with `clew cluster`") from nobody
    try:
        writer.write(_encoder.encode(order) + b"\n")
        while line := await reader.readline():
            reply: OrderProgress | OrderDone | OrderFailed = _replies.decode(line)
            match reply:
                case OrderProgress(text):
                    said(text)
                case OrderDone(status):
                    return status
                case OrderFailed(why, there):
                    raise CannotOperate(why) if there else NotThere(why)
    except (OSError, msgspec.DecodeError) as broken:
        raise CannotOperate(f"the cluster broke off: {broken}") from broken
    finally:
        writer.close()
    raise CannotOperate("the cluster ended meanwhile")
