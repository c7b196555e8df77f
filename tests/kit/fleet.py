"""Several nodes of the tiny game on one store and one bus, each of which can be killed, paused or cut off."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

from clew.sessions.games import GameKind, games_of
from clew.sessions.ids import GameId, PlayerId
from clew.sessions.policy import Policy
from clew.sessions.records import Answer, Entry, Seen
from clew.testing.hand_clock import HandClock
from clew.testing.hosts.errands import Errands
from clew.testing.hosts.fleet import SETTLED_S, HostFleet, Shared, open_hosts
from clew.testing.hosts.life import BOTH, NodeOptions
from clew.testing.hosts.node import RoutedNode
from tests.kit.hosting import ADA, HERE, open_game, tally
from tests.kit.tally import TALLY, Add, Added, Command, Delayed, Event, Lengthened, Opened, RoundBegan, Tally

ONE = Add(ADA, HERE, 1)
GATEWAY = ("gateway",)


class FleetNode(RoutedNode[Tally, Command, Event]):
    """One process, and what a gateway in it asks for its players."""

    async def ask(
        self, game_id: GameId, command: Command, player_id: PlayerId | None = None, command_id: str | None = None
    ) -> Answer:
        """As a gateway does for a player: here or wherever the session is."""
        return await self.of_owner(
            game_id, lambda host: host.post(game_id, command, player_id=player_id, command_id=command_id)
        )

    async def see(self, game_id: GameId) -> Seen[Tally]:
        return await self.of_owner(game_id, lambda host: host.look(game_id))

    async def make(self, game_id: GameId, limit: int = 1_000) -> None:
        """Have a session made somewhere."""
        await self.anywhere(TALLY, lambda host: host.create(TALLY, game_id, f"code-{game_id}", [Opened(limit)]))

    def trust_blindly(self) -> None:
        """Break the lease: this life believes in itself whatever the store says."""
        cast("Any", self.inside).node.lease.alone = True


class Fleet(HostFleet):
    """All nodes, and what they share."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self.errands = Errands[Tally, Command, Event]()

    async def begin(
        self,
        name: str,
        release: str = "1.0.0",
        roles: tuple[str, ...] = BOTH,
        *,
        rebalance: bool = False,
        ready: bool = True,
        reads: int = 1,
        policy: Policy | None = None,
        compact_after_ms: int | None = None,
        ahead_s: float = 0,
        games: Sequence[GameKind[Any, Any, Any]] = (),
    ) -> FleetNode:
        """A node that runs; if ``ready``, one that took over what nobody held. ``reads``: its newest state version.

        ``games``: other ones than the tiny game alone.
        """
        options = NodeOptions(release, roles, rebalance, policy or Policy(compact_after_ms), ahead_s)
        given = games_of(*(games or (tally(reads),)))
        return await self.begun(FleetNode(self, name, given, self.errands, options), given, ready=ready)

    async def begin_all(self, *names: str, **named: Any) -> list[FleetNode]:
        """Nodes that know each other."""
        nodes = [await self.begin(name, **named) for name in names]
        await self.pass_s(SETTLED_S)
        return nodes

    async def open_games(self, node: FleetNode, count: int, first: int = 0) -> list[GameId]:
        """Games in their first round, at this node."""
        games = [GameId(f"g{number}") for number in range(first, first + count)]
        for game in games:
            await self.run(open_game(node.host, game))
        return games

    def check_session(self, game_id: GameId, journal: Sequence[Entry[Any]]) -> None:
        """No round of the tiny game ended before its time."""
        del game_id
        ends_at = 0
        for entry in journal:
            if isinstance(entry.event, RoundBegan):
                assert entry.recorded_at >= ends_at, "a round ended before its time"
                ends_at = entry.event.ends_at
            elif isinstance(entry.event, Delayed | Lengthened):
                ends_at += entry.event.ms


def total(journal: Sequence[Entry[Event]]) -> int:
    """What the players added, by the journal."""
    return sum(entry.event.amount for entry in journal if isinstance(entry.event, Added))


def open_fleet(clock: HandClock, *, lifelines: bool = True) -> AbstractAsyncContextManager[Fleet]:
    """An empty fleet; its nodes are killed at the end, and what happened is checked."""
    return open_hosts(clock, Fleet, lifelines=lifelines)
