"""An arena of one server on one data folder, which is killed and started again."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from clew.client.doors import Doors
from clew.client.retrying import pause
from clew.testing.serving import running
from tests.chaos.moments import Moments, now_ms
from tests.chaos.served import Outage
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import try_out
from tests.kit.server import Server

START_KILLED_SHARE: Final = 0.15
"""How often a server is killed again while it is still starting."""

KILLED: Final = frozenset({"restart"})
"""What a time without the one server is given back as."""


class OneServer:
    """Everybody comes in by its one door."""

    def __init__(self, server: Server, chance: Random) -> None:
        self._server = server
        self._chance = chance
        self._outages: list[Outage] = []
        self._down_at: int | None = None

    def doors(self, table: int, seat: int) -> Doors:
        del table, seat
        return Doors([self._server.url], name="server")

    async def outages(self, game_id: str) -> Sequence[Outage]:
        del game_id
        return (
            self._outages if self._down_at is None else [*self._outages, Outage(self._down_at, now_ms(), causes=KILLED)]
        )

    async def complaints(self, game_id: str) -> Sequence[str]:
        del game_id
        return ()

    async def story(self, game_id: str) -> str:
        return f"{game_id}; {self._outages}"

    async def kill_again_and_again(self, kills: int, moments: Moments) -> None:
        for _ in range(kills):
            await moments.strike(self._blow)
            await self._server.kill()
            if self._chance.random() < START_KILLED_SHARE:
                await self._server.launch()
                await pause(self._chance.uniform(0.3, 1.5))
                await self._server.kill()
            await self._server.start()
            self._outages.append(Outage(self._down_at or 0, now_ms(), causes=KILLED))
            self._down_at = None

    @property
    def kills(self) -> int:
        return len(self._outages)

    @property
    def longest_outage_ms(self) -> int:
        return max((o.up_at - o.down_at for o in self._outages), default=0)

    def _blow(self) -> None:
        self._server.kill_nowait()
        self._down_at = now_ms()


async def kill_one_server(order: Order, kills: int, folder: Path) -> tuple[Report, OneServer]:
    """A trial on a data folder of its own."""
    server = Server(folder / "data", "--rate-limits", "off")
    arena = OneServer(server, Random(order.seed))

    async def trouble(tables: Tables, moments: Moments) -> None:
        del tables
        await arena.kill_again_and_again(kills, moments)

    async with running(server):
        report = await try_out(order, arena, trouble)
    print(f"{arena.kills} kills; longest outage {arena.longest_outage_ms} ms")
    return report, arena
