"""A node that runs a game's tables, in a test's own process, alone on its store: begun, stopped, killed.

Several that know each other: ``fleet``.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypeAlias

from clew.game import AnyGame, Seat
from clew.sessions.games import GameKind, Games, games_of
from clew.sessions.host import Host
from clew.sessions.ids import GameId, Kind
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import Answer, Entry
from clew.tables.codec import TableCodec
from clew.tables.commands import AnyCommand
from clew.tables.events import AnyEvent
from clew.tables.machine import TableMachine
from clew.tables.table import AnyTable
from clew.testing.hosts.life import HostLife, living_until_killed

TableHost: TypeAlias = Host[AnyTable, AnyCommand, AnyEvent]
TableGames: TypeAlias = Games[AnyTable, AnyCommand, AnyEvent]


def table_games(game: AnyGame) -> TableGames:
    """The game, as a host is given it."""
    return games_of(GameKind(Kind(game.kind), TableMachine(game), TableCodec(game)))


async def made_at(host: TableHost, created: AnyEvent, game_id: GameId) -> None:
    """Make a table at this host of one game, from the event that creates it."""
    (kind,) = host.reads
    await host.create(kind, game_id, f"code-{game_id}", (created,))


async def posted(host: TableHost, game_id: GameId, command: AnyCommand, seat: Seat | None, command_id: str) -> Answer:
    """What this host decides; for a seat and once where there is a command id."""
    if seat is None or not command_id:
        return await host.post(game_id, command)
    return await host.post(game_id, command, player_id=seat, command_id=command_id)


class TableNode(HostLife[AnyTable, AnyCommand, AnyEvent]):
    """One life of a process that runs tables. ``store`` fails when a test says so."""

    async def make(self, created: AnyEvent, game_id: GameId) -> None:
        """Make a table from the event that creates it."""
        await made_at(self.host, created, game_id)

    async def do(self, game_id: GameId, command: AnyCommand, seat: Seat | None = None, command_id: str = "") -> Answer:
        """Have it decided, for a seat and once where a command id is given. Durable on return."""
        return await posted(self.host, game_id, command, seat, command_id)

    async def table(self, game_id: GameId) -> AnyTable:
        """How it stands."""
        return (await self.host.look(game_id)).state

    async def journal(self, game_id: GameId) -> list[Entry[AnyEvent]]:
        """Everything that happened at it."""
        entries: list[Entry[AnyEvent]] = []
        while page := await self.host.journal(game_id, len(entries), 500):
            entries += page
        return entries


@asynccontextmanager
async def node_of_tables(game: AnyGame, store: Store, clock: Clock, node: str = "node-a") -> AsyncGenerator[TableNode]:
    """A running node that took over what nobody held; killed at the end unless it was stopped."""
    async with living_until_killed(TableNode(table_games(game), store, clock, node)) as life:
        await life.host.resume_active_sessions(lambda _: None)
        yield life
