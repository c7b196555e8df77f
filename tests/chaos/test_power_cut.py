"""Everything dies at once: hosts, gateway, PostgreSQL and NATS. Started again, every game goes on where it was."""

from pathlib import Path
from random import Random

import pytest

from clew.client.retrying import pause
from tests.chaos.fleet import GATE, SLOW_COMMIT_S, Fleet, fleet_in
from tests.chaos.moments import Moments
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out


async def test_a_cluster_that_lost_its_power_goes_on_with_every_game(tmp_path: Path) -> None:
    seed = seed_for("lost_its_power", default=3)

    async with fleet_in(tmp_path, seed, hosts=2, commit_s_max=SLOW_COMMIT_S) as fleet:
        report = await _cut(fleet, Order(seed, tables=3), 1)

    assert report.complaints == []
    assert report.games >= 3


@pytest.mark.long
async def test_a_cluster_that_lost_its_power_again_and_again_goes_on(tmp_path: Path) -> None:
    seed = seed_for("again_and_again_goes_on")

    async with fleet_in(tmp_path, seed, commit_s_max=SLOW_COMMIT_S) as fleet:
        report = await _cut(fleet, Order(seed, tables=6), 10)

    assert report.complaints == []
    assert report.games >= 6


async def _cut(fleet: Fleet, order: Order, times: int) -> Report:
    chance = Random(order.seed)

    async def trouble(tables: Tables, moments: Moments) -> None:
        del tables
        for _ in range(times):
            await fleet.kill_everything(moments)
            await pause(chance.uniform(0.0, 1.0))
            await fleet.cluster.restart_engines()
            await fleet.cluster.start(*fleet.hosts, GATE)

    return await try_out(order, fleet, trouble)
