"""Hosts of the tiny game for tests: started, stopped, and killed without a word."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

from clew.sessions.games import GameKind, games_of
from clew.sessions.host import Host
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.kinds import Reads
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import Progress, Resumed
from clew.testing.hosts.life import HostLife, living_until_killed
from clew.testing.hosts.onlooker import Onlooker
from tests.kit.tally import TALLY, Begin, Cell, Command, Event, Opened, Sit, Tally, TallyCodec, TallyMachine

TallyHost: TypeAlias = Host[Tally, Command, Event]
Life: TypeAlias = HostLife[Tally, Command, Event]
Told: TypeAlias = Onlooker[Tally, Event]

GAME = GameId("game-1")
ADA = PlayerId("p1")
BEN = PlayerId("p2")
HERE = Cell(0, 0)


def tally(state_version: int = 1, machine: TallyMachine | None = None) -> GameKind[Tally, Command, Event]:
    """The tiny game, as a node is given it."""
    return GameKind(TALLY, machine or TallyMachine(), TallyCodec(state_version))


def tally_reads(newest: int) -> Reads:
    """What a node reads that has the tiny game alone."""
    return {TALLY: newest}


def life_of(store: Store, clock: Clock, node: str = "node-a", games: Sequence[GameKind[Any, Any, Any]] = ()) -> Life:
    """A host of the tiny game (or of these) that has begun; whoever begins it stops or kills it."""
    return HostLife(games_of(*(games or (tally(),))), store, clock, node)


def living(
    store: Store, clock: Clock, node: str = "node-a", games: Sequence[GameKind[Any, Any, Any]] = ()
) -> AbstractAsyncContextManager[Life]:
    """A running host, killed at the end unless it was stopped."""
    return living_until_killed(life_of(store, clock, node, games))


async def resume(host: TallyHost, progress: Callable[[Progress], None] = lambda _: None) -> Resumed:
    return await host.resume_active_sessions(progress)


async def open_game(host: TallyHost, game_id: GameId = GAME, limit: int = 1_000) -> None:
    """A game in its first round, with Ada and Ben seated."""
    await host.create(TALLY, game_id, f"code-{game_id}", (Opened(limit),))
    await host.post(game_id, Sit(ADA, UserId("ada")))
    await host.post(game_id, Sit(BEN, UserId("ben")))
    await host.post(game_id, Begin())
