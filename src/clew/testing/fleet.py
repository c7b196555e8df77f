"""A fleet of nodes that run any game's tables, in one process: on one store in memory, by a hand-moved clock.

    async with open_fleet(Bids(), HandClock()) as fleet:
        first, second = await fleet.begin_all("a", "b")
        await fleet.run(first.make(created, GAME))
        await first.kill()
        assert (await fleet.run(second.table(GAME))).round == 1

Whatever a test does to them, the fleet is held to the runtime's promises when the block ends (``HostFleet.check``).
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from clew.game import AnyGame, Seat
from clew.sessions.ids import GameId
from clew.sessions.records import Answer
from clew.tables.commands import AnyCommand
from clew.tables.events import AnyEvent
from clew.tables.table import AnyTable
from clew.testing.hand_clock import HandClock
from clew.testing.hosting import made_at, posted, table_games
from clew.testing.hosts.errands import Errands
from clew.testing.hosts.fleet import SETTLED_S, HostFleet, Shared, open_hosts
from clew.testing.hosts.life import NodeOptions
from clew.testing.hosts.node import RoutedNode


class FleetNode(RoutedNode[AnyTable, AnyCommand, AnyEvent]):
    """One process that runs tables, and a way to those of the others. ``Fleet.run`` awaits what takes time.

    Every call raises what ``Router.ask`` does: ``Busy`` where nobody answers for the table in time.
    """

    async def make(self, created: AnyEvent, game_id: GameId) -> None:
        """Make a table here, from the event that creates it."""
        await made_at(self.host, created, game_id)

    async def do(self, game_id: GameId, command: AnyCommand, seat: Seat | None = None, command_id: str = "") -> Answer:
        """Have it decided by the table's owner, wherever that is. Durable on return.

        With a seat and a command id it takes effect once; without, twice where an answer was lost on its way.
        """
        return await self.of_owner(game_id, lambda host: posted(host, game_id, command, seat, command_id))

    async def table(self, game_id: GameId) -> AnyTable:
        """How it stands, by its owner."""
        return (await self.of_owner(game_id, lambda host: host.look(game_id))).state


class Fleet(HostFleet):
    """Nodes of one game. ``begin`` one, or ``begin_all``; what happens to a node is asked of itself."""

    def __init__(self, game: AnyGame, shared: Shared) -> None:
        super().__init__(shared)
        self._game = game
        self._errands = Errands[AnyTable, AnyCommand, AnyEvent]()

    async def begin(
        self, name: str, options: NodeOptions | None = None, *, game: AnyGame | None = None, ready: bool = True
    ) -> FleetNode:
        """A node that runs; if ``ready``, once it took over what nobody held. ``game``: as another release has it."""
        games = table_games(game or self._game)
        return await self.begun(FleetNode(self, name, games, self._errands, options), games, ready=ready)

    async def begin_all(self, *names: str, options: NodeOptions | None = None) -> list[FleetNode]:
        """Nodes that know each other."""
        nodes = [await self.begin(name, options) for name in names]
        await self.pass_s(SETTLED_S)
        return nodes


def open_fleet(game: AnyGame, clock: HandClock, *, lifelines: bool = True) -> AbstractAsyncContextManager[Fleet]:
    """An empty fleet; at the end of the block what happened is checked, and its nodes are killed.

    ``lifelines``: whether the others hear of a death at once, and not when its lease has run out.
    """
    return open_hosts(clock, lambda shared: Fleet(game, shared), lifelines=lifelines)
