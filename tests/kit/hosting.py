"""Hosts of the tiny game for tests: started, stopped, and killed without a word."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from prometheus_client import CollectorRegistry

from clew.sessions.games import GameKind, games_of, reads_of
from clew.sessions.host import Host
from clew.sessions.ids import GameId, NodeId, PlayerId, UserId
from clew.sessions.kinds import Reads
from clew.sessions.life import Membership, NodeHandler
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeInfo
from clew.sessions.policy import Policy
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import Committed, Progress, Resumed
from clew.sessions.session.environment import HostSettings
from tests.kit.faulty_store import FaultyStore
from tests.kit.marks import new_mark
from tests.kit.tally import TALLY, Begin, Cell, Command, Event, Opened, Sit, Tally, TallyCodec, TallyMachine

TallyHost = Host[Tally, Command, Event]


def tally_reads(newest: int) -> Reads:
    """What a node reads that has the tiny game alone."""
    return {TALLY: newest}


GAME = GameId("game-1")
ADA = PlayerId("p1")
BEN = PlayerId("p2")
HERE = Cell(0, 0)


def make_host(
    store: Store,
    clock: Clock,
    node: str = "node-a",
    machine: TallyMachine | None = None,
    membership: Membership | None = None,
    release: str = "0.1.0",
    roles: tuple[str, ...] = ("host", "gateway"),
    metrics: Metrics | None = None,
    *,
    state_version: int = 1,
    policy: Policy | None = None,
    games: Sequence[GameKind[Any, Any, Any]] = (),
) -> TallyHost:
    """A host of the tiny game, or of these."""
    given = games_of(*(games or (GameKind(TALLY, machine or TallyMachine(), TallyCodec(state_version)),)))
    info = NodeInfo(NodeId(node), "127.0.0.1:1", release, reads_of(given), roles)
    metrics = metrics or Metrics(CollectorRegistry())
    settings = HostSettings(new_mark, policy or Policy())
    return Host(given, store, clock, info, metrics, settings, membership)


def tally(state_version: int = 1) -> GameKind[Tally, Command, Event]:
    """The tiny game, as a node is given it."""
    return GameKind(TALLY, TallyMachine(), TallyCodec(state_version))


class Life:
    """One life of a host, in a task of its own so that it can be killed."""

    def __init__(self, host: TallyHost, plug: FaultyStore, desk: NodeHandler | None = None) -> None:
        self.host = host
        self.store = plug
        self._desk = desk
        self._up = asyncio.Event()
        self._leave = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._live(), name="life of a host")

    async def _live(self) -> None:
        async with self.host.running(self._desk):
            self._up.set()
            await self._leave.wait()

    async def up(self) -> TallyHost:
        """Until it is registered."""
        up = asyncio.get_running_loop().create_task(self._up.wait(), name="up")
        await asyncio.wait({up, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            up.cancel()
            await self._task
        return self.host

    async def stop(self) -> None:
        self._leave.set()
        await self._task

    async def kill(self) -> None:
        """As SIGKILL does: what the store has it has, nothing more is written, nobody is told."""
        self.store.unplug()
        self._task.cancel()
        await asyncio.wait({self._task})


async def begin_life(
    store: Store, clock: Clock, node: str = "node-a", games: Sequence[GameKind[Any, Any, Any]] = ()
) -> Life:
    """A running host; whoever begins it stops or kills it."""
    plug = FaultyStore(store)
    life = Life(make_host(plug, clock, node, games=games), plug)
    await life.up()
    return life


@asynccontextmanager
async def living(
    store: Store, clock: Clock, node: str = "node-a", games: Sequence[GameKind[Any, Any, Any]] = ()
) -> AsyncGenerator[Life]:
    """A running host, killed at the end unless it was stopped."""
    life = await begin_life(store, clock, node, games)
    try:
        yield life
    finally:
        await life.kill()


async def resume(host: TallyHost, progress: Callable[[Progress], None] = lambda _: None) -> Resumed:
    return await host.resume_active_sessions(progress)


async def open_game(host: TallyHost, game_id: GameId = GAME, limit: int = 1_000) -> None:
    """A game in its first round, with Ada and Ben seated."""
    await host.create(TALLY, game_id, f"code-{game_id}", (Opened(limit),))
    await host.post(game_id, Sit(ADA, UserId("ada")))
    await host.post(game_id, Sit(BEN, UserId("ben")))
    await host.post(game_id, Begin())


class Told:
    """A watcher that keeps what it was told."""

    def __init__(self) -> None:
        self.commits: list[Committed[Tally, Event]] = []
        self.ended: list[str] = []

    def __call__(self, committed: Committed[Tally, Event]) -> None:
        self.commits.append(committed)

    @property
    def seqs(self) -> list[int]:
        return [entry.seq for committed in self.commits for entry in committed.entries]
