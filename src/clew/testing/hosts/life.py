"""One process that runs a host: made, begun in a task of its own, and then stopped or killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Generic, TypeVar

from prometheus_client import CollectorRegistry

from clew.sessions.games import Games, reads_of
from clew.sessions.host import Host
from clew.sessions.ids import NodeId
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeInfo
from clew.sessions.policy import Policy
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.session.environment import HostSettings
from clew.testing.faults.store import FaultyStore

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
LifeT = TypeVar("LifeT", bound="ProcessLife")

BOTH: Final = ("host", "gateway")

_marks = count(1)


@dataclass(frozen=True)
class NodeOptions:
    """What a node is told when it begins. ``ahead_s``: what its wall clock is ahead of the store's."""

    release: str = "1.0.0"
    roles: tuple[str, ...] = BOTH
    rebalance: bool = False
    policy: Policy = field(default_factory=Policy)
    ahead_s: float = 0.0
    key_print: str = ""


def host_of(
    games: Games[S, C, E],
    store: Store,
    clock: Clock,
    name: str = "node-a",
    options: NodeOptions | None = None,
    *,
    metrics: Metrics | None = None,
    membership: Membership | None = None,
) -> Host[S, C, E]:
    """A host of these games, not yet running; alone on its store without a membership."""
    options = options or NodeOptions()
    info = NodeInfo(
        NodeId(name), "http://127.0.0.1:1", options.release, reads_of(games), options.roles, options.key_print
    )
    settings = HostSettings(lambda: f"mark-{next(_marks)}", options.policy)  # no term of any host has another's mark
    return Host(games, store, clock, info, metrics or Metrics(CollectorRegistry()), settings, membership)


class ProcessLife:
    """Begun with the object: ``up`` waits until it runs, ``stop`` and ``kill`` are its two ends.

    ``store`` is its way to the store, pulled out when it is killed, so that nothing it has begun to write arrives.
    """

    def __init__(self, running: AbstractAsyncContextManager[object], store: FaultyStore) -> None:
        self.store = store
        self._running = running
        self._up = asyncio.Event()
        self._leave = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._live(), name="life of a process")

    async def up(self) -> None:
        """Until it runs. Raises what kept it from that."""
        up = asyncio.get_running_loop().create_task(self._up.wait(), name="up")
        await asyncio.wait({up, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            up.cancel()
            await self._task

    @property
    def over(self) -> bool:
        """Whether it came to an end, whichever."""
        return self._task.done()

    async def stop(self) -> None:
        """As the end of a graceful exit."""
        self._leave.set()
        await self._task

    async def kill(self) -> None:
        """As ``kill -9``: what the store has it has; nothing more is written, and nobody is told. Twice is once."""
        self.store.unplug()
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _live(self) -> None:
        async with self._running:
            self._up.set()
            await self._leave.wait()


class HostLife(ProcessLife, Generic[S, C, E]):
    """The life of a host that is alone on its store, which fails when a test says so (``store``)."""

    def __init__(
        self,
        games: Games[S, C, E],
        store: Store,
        clock: Clock,
        name: str = "node-a",
        options: NodeOptions | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        plug = FaultyStore(store)
        self.host = host_of(games, plug, clock, name, options, metrics=metrics)
        super().__init__(self.host.running(), plug)


@asynccontextmanager
async def living_until_killed(life: LifeT) -> AsyncGenerator[LifeT]:
    """This life, once it runs. At the end of the block it is killed, unless it was stopped."""
    try:
        await life.up()
        yield life
    finally:
        await life.kill()
