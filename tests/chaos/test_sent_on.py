"""A node with people's sockets is cut off from the store and the bus: it says so, and they play on elsewhere."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx
import pytest

from minotaur.sessions.bounds import LEASE_MS
from tests.chaos.behind import Front, front_of
from tests.chaos.fleet import GATE, Fleet, Loss, Way, fleet_with_ways_in
from tests.chaos.moments import now_ms
from tests.chaos.steady import SteadyTable, steady_table
from tests.chaos.trial import seed_for
from tests.kit.client import pause
from tests.kit.cluster import wait_for

LEASE_S: Final = LEASE_MS / 1_000
LATE_S: Final = 1.5
"""How late a busy machine may be in telling what was known in time."""
SENT_ON_WITHIN_S: Final = 15.0
BEFORE_THE_CUT_S_MAX: Final = 9.0
RESTARTING: Final = 1012


class Trial:
    """One node, its way to store and bus, and the tables whose people sit on it."""

    def __init__(self, fleet: Fleet, front: Front, victim: str, way: Way) -> None:
        self._fleet = fleet
        self._front = front
        self._victim = victim
        self._way = way
        self._loss = Loss(victim, 0)

    async def seat(self, held: AsyncExitStack, tables: int, seed: int) -> list[SteadyTable]:
        """So many tables whose people all sit on the victim; whoever comes later goes to any node."""
        self._front.send_all_to(self._victim)
        seated = [await held.enter_async_context(steady_table(self._front.url, seed + n)) for n in range(tables)]
        self._front.send_all_to(None)
        return seated

    def cut(self, *, hangs: bool) -> None:
        for proxy in (self._way.store, self._way.bus):
            proxy.freeze() if hangs else proxy.refuse()
        self._loss.from_ms = now_ms()
        self._fleet.losses.append(self._loss)

    async def heal(self) -> None:
        """Returns when it is ready again."""
        self._way.store.mend()
        self._way.bus.mend()
        self._loss.until_ms = now_ms()
        await wait_for(lambda: self._says(200))

    async def wait_not_ready(self) -> dict[str, Any]:
        """What it says once it is not ready, which is within its lease. Raises ``TimeoutError``."""
        await wait_for(lambda: self._says(503), LEASE_S + LATE_S)
        return (await self._ready()).json()

    async def _says(self, status: int) -> bool:
        return (await self._ready()).status_code == status

    async def _ready(self) -> httpx.Response:
        async with httpx.AsyncClient(base_url=self._fleet.server(self._victim).url) as http:
            return await http.get("/health/ready")


@asynccontextmanager
async def _trial(
    folder: Path, seed: int, victim: str, hosts: int
) -> AsyncGenerator[tuple[Fleet, Trial, AsyncExitStack]]:
    async with (
        fleet_with_ways_in(folder, seed, hosts, gate=True) as (fleet, ways),
        front_of(fleet.cluster) as front,
        AsyncExitStack() as held,
    ):
        yield fleet, Trial(fleet, front, victim, ways[victim]), held


async def _are_elsewhere(tables: list[SteadyTable]) -> bool:
    """Whether all were sent away and are connected again."""
    players = [player for table in tables for player in table.players]
    return all(player.is_connected and player.connections > 1 for player in players)


async def test_people_of_a_node_that_is_cut_off_play_on_elsewhere_and_miss_no_round(tmp_path: Path) -> None:
    seed = seed_for("miss_no_round", default=11)
    async with _trial(tmp_path, seed, GATE, hosts=1) as (fleet, trial, held):
        (table,) = await trial.seat(held, 1, seed)

        trial.cut(hangs=True)
        table.plan_now()
        table.hurry()
        async with asyncio.TaskGroup() as group:
            playing = group.create_task(table.play(), name="plays")
            told = await trial.wait_not_ready()
            await playing
        await trial.heal()
        complaints = await table.complaints(fleet)

    assert "store" in [reason["code"] for reason in told["error"]["details"]["reasons"]]
    assert complaints == []
    assert [player.closed_with for player in table.players] == [[RESTARTING]] * 2
    assert all(player.record.reconnect_after_ms is not None for player in table.players)


@pytest.mark.long
@pytest.mark.parametrize("victim", ["host-1", GATE])
@pytest.mark.parametrize("hangs", [True, False])
async def test_many_are_sent_on_at_any_moment_of_a_round_as_often_as_it_happens(
    victim: str, hangs: bool, tmp_path: Path
) -> None:
    seed = seed_for("many_are_sent_on")
    chance = Random(seed)
    async with _trial(tmp_path, seed, victim, hosts=3) as (fleet, trial, held):
        tables = await trial.seat(held, 6, seed)
        for table in tables:
            table.plan_now()

        async with asyncio.TaskGroup() as group:
            for table in tables:
                group.create_task(table.play(), name="plays")
            await pause(chance.uniform(0.0, BEFORE_THE_CUT_S_MAX))
            trial.cut(hangs=hangs)
            told = await trial.wait_not_ready()
            await wait_for(lambda: _are_elsewhere(tables), SENT_ON_WITHIN_S)
            await trial.heal()
            for table in tables:
                table.hurry()
        complaints = [complaint for table in tables for complaint in await table.complaints(fleet)]

    assert "store" in [reason["code"] for reason in told["error"]["details"]["reasons"]]
    assert complaints == []
    assert [player.closed_with for table in tables for player in table.players] == [[RESTARTING]] * 12
