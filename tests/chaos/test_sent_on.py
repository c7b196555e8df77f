"""A node with people's sockets is cut off from the store and the bus: it says so, and they play on elsewhere."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final

import pytest

from clew.client.retrying import pause
from tests.chaos.fleet import GATE, Fleet, Way, fleet_with_ways_in
from tests.chaos.sent_on import RESTARTING, Trial, are_elsewhere, trial_of
from tests.chaos.trial import seed_for
from tests.kit.cluster import wait_for

SENT_ON_WITHIN_S: Final = 15.0
BEFORE_THE_CUT_S_MAX: Final = 9.0


@asynccontextmanager
async def _trial(
    folder: Path, seed: int, victim: str, hosts: int
) -> AsyncGenerator[tuple[Fleet, Trial, AsyncExitStack, Way]]:
    async with (
        fleet_with_ways_in(folder, seed, hosts, gate=True) as (fleet, ways),
        trial_of(fleet, victim) as (trial, held),
    ):
        yield fleet, trial, held, ways[victim]


async def test_people_of_a_node_that_is_cut_off_play_on_elsewhere_and_miss_no_round(tmp_path: Path) -> None:
    seed = seed_for("miss_no_round", default=11)
    async with _trial(tmp_path, seed, GATE, hosts=1) as (fleet, trial, held, way):
        (table,) = await trial.seat(held, 1, seed)

        trial.cut(lambda: way.lose(hangs=True))
        table.plan_now()
        table.hurry()
        async with asyncio.TaskGroup() as group:
            playing = group.create_task(table.play(), name="plays")
            told = await trial.wait_not_ready()
            await playing
        await trial.heal(way.mend)
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
    async with _trial(tmp_path, seed, victim, hosts=3) as (fleet, trial, held, way):
        tables = await trial.seat(held, 6, seed)
        people = [player for table in tables for player in table.players]
        for table in tables:
            table.plan_now()

        async with asyncio.TaskGroup() as group:
            for table in tables:
                group.create_task(table.play(), name="plays")
            await pause(chance.uniform(0.0, BEFORE_THE_CUT_S_MAX))
            trial.cut(lambda: way.lose(hangs=hangs))
            told = await trial.wait_not_ready()
            await wait_for(lambda: are_elsewhere(people), SENT_ON_WITHIN_S)
            await trial.heal(way.mend)
            for table in tables:
                table.hurry()
        complaints = [complaint for table in tables for complaint in await table.complaints(fleet)]

    assert "store" in [reason["code"] for reason in told["error"]["details"]["reasons"]]
    assert complaints == []
    assert [player.closed_with for player in people] == [[RESTARTING]] * 12
