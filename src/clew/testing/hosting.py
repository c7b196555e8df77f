"""Nodes that run a game's tables, in the process of a test: begun, drained, stopped, and killed without a word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count
from typing import TypeAlias, TypeVar

from prometheus_client import CollectorRegistry

from clew.game import AnyGame, Seat
from clew.sessions.games import GameKind, games_of, reads_of
from clew.sessions.host import Host
from clew.sessions.ids import GameId, Kind, NodeId
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeInfo
from clew.sessions.policy import Policy
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import Answer, Entry
from clew.sessions.session.environment import HostSettings
from clew.tables.codec import TableCodec
from clew.tables.commands import AnyCommand
from clew.tables.events import AnyEvent
from clew.tables.machine import TableMachine
from clew.tables.table import AnyTable

T = TypeVar("T")

TableHost: TypeAlias = Host[AnyTable, AnyCommand, AnyEvent]

_MARKS = count(1)


def table_host(
    game: AnyGame, store: Store, clock: Clock, node: str = "node-a", membership: Membership | None = None
) -> TableHost:
    """A host of this game's tables, not yet running."""
    games = games_of(GameKind(Kind(game.kind), TableMachine(game), TableCodec(game)))
    info = NodeInfo(NodeId(node), "127.0.0.1:1", "0.0.0", reads_of(games), ("host", "gateway"))
    settings = HostSettings(lambda: f"mark-{next(_MARKS)}", Policy())
    return Host(games, store, clock, info, Metrics(CollectorRegistry()), settings, membership)


class TableNode:
    """One life of a process that runs tables, in a task of its own so that it can be killed."""

    def __init__(self, host: TableHost) -> None:
        self.host = host
        self._up = asyncio.Event()
        self._leave = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._live(), name="life of a node")

    async def begin(self) -> TableNode:
        """Until it is registered and has taken over what nobody holds."""
        up = asyncio.get_running_loop().create_task(self._up.wait(), name="up")
        await asyncio.wait({up, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            up.cancel()
            await self._task
        await self.host.resume_active_sessions(lambda _: None)
        return self

    async def stop(self) -> None:
        """As the end of a graceful exit."""
        self._leave.set()
        await self._task

    async def kill(self) -> None:
        """As ``kill -9``: what the store has it has; nothing more is written or said."""
        self._task.cancel()
        await asyncio.wait({self._task})

    async def make(self, created: AnyEvent, game_id: GameId) -> None:
        """Make a table from the event that creates it."""
        (kind,) = self.host.reads
        await self.host.create(kind, game_id, f"code-{game_id}", (created,))

    async def do(self, game_id: GameId, command: AnyCommand, seat: Seat | None = None, command_id: str = "") -> Answer:
        """Have it decided, for a seat and once where a command id is given. Durable on return."""
        if seat is None or not command_id:
            return await self.host.post(game_id, command)
        return await self.host.post(game_id, command, player_id=seat, command_id=command_id)

    async def table(self, game_id: GameId) -> AnyTable:
        """How it stands."""
        return (await self.host.look(game_id)).state

    async def journal(self, game_id: GameId) -> list[Entry[AnyEvent]]:
        """Everything that happened at it."""
        entries: list[Entry[AnyEvent]] = []
        while page := await self.host.journal(game_id, len(entries), 500):
            entries += page
        return entries

    async def _live(self) -> None:
        async with self.host.running(_Handler()):
            self._up.set()
            await self._leave.wait()


@asynccontextmanager
async def node_of_tables(
    game: AnyGame, store: Store, clock: Clock, node: str = "node-a", membership: Membership | None = None
) -> AsyncGenerator[TableNode]:
    """A running node, killed at the end unless it was stopped."""
    life = TableNode(table_host(game, store, clock, node, membership))
    try:
        yield await life.begin()
    finally:
        await life.kill()


class _Handler:
    """Nodes of a test are asked in their own process, so nothing is asked of them on the bus."""

    async def answer(self, game_id: GameId, body: bytes) -> bytes:
        raise AssertionError(f"of {game_id} nobody asked {body!r}")

    async def hear(self, body: bytes) -> bytes:
        raise AssertionError(f"nobody asked {body!r}")
