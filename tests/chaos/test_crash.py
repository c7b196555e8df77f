"""A host that is killed takes nothing with it: others go on with its games, and who sits at a gateway never notices."""

from pathlib import Path
from random import Random

import pytest

from tests.chaos.fleet import AT_GATEWAY, SLOW_COMMIT_S, Fleet, fleet_in
from tests.chaos.moments import Moments
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out

ALL_AT_ONCE_SHARE = 0.1
"""How often all hosts are killed at once: then the next ones find their games in the store."""


async def test_two_hosts_killed_one_after_another_take_nothing_with_them(tmp_path: Path) -> None:
    seed = seed_for("two_hosts_killed", default=11)

    async with fleet_in(tmp_path, seed, commit_s_max=SLOW_COMMIT_S) as fleet:
        report = await _kill(fleet, Order(seed, tables=3), [1, 1])

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0
    assert report.put_off == {}
    assert report.games >= 3


@pytest.mark.long
async def test_forty_strikes_at_the_hosts_take_nothing_with_them(tmp_path: Path) -> None:
    seed = seed_for("forty_strikes")
    chance = Random(seed)

    async with fleet_in(tmp_path, seed, commit_s_max=SLOW_COMMIT_S) as fleet:
        numbers = [3 if chance.random() < ALL_AT_ONCE_SHARE else chance.choice([1, 1, 2]) for _ in range(40)]
        report = await _kill(fleet, Order(seed, tables=9), numbers)

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0
    assert report.games >= 9
    assert report.accepted > 1_000


async def _kill(fleet: Fleet, order: Order, numbers: list[int]) -> Report:
    chance = Random(order.seed)

    async def trouble(tables: Tables, moments: Moments) -> None:
        del tables
        for number in numbers:
            victims = chance.sample(fleet.hosts, number)
            await fleet.kill(victims, moments)
            await fleet.replace(victims)

    return await try_out(order, fleet, trouble)
