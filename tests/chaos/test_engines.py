"""The engines go and come back under play: play pauses, nothing is lost, and every node goes on by itself."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from clew.client.retrying import pause
from tests.chaos.fleet import AT_GATEWAY, AT_HOSTS, GATE, Fleet, Loss, fleet_in
from tests.chaos.moments import Moments, now_ms
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out


async def test_nats_killed_and_postgres_restarted_under_play_cost_a_pause_and_nothing_else(tmp_path: Path) -> None:
    seed = seed_for("nats_killed_and_postgres_restarted", default=2)

    async with fleet_in(tmp_path, seed, hosts=2) as fleet:
        report = await _restart(fleet, Order(seed, tables=3), [("nats", 1.0), ("postgres", 1.0)])

    assert report.complaints == []
    assert report.put_off == {}
    assert (report.reconnections[AT_GATEWAY], report.reconnections[AT_HOSTS]) == (0, 0)


@pytest.mark.long
async def test_engines_away_for_any_time_cost_a_pause_and_nothing_else(tmp_path: Path) -> None:
    seed = seed_for("engines_away_for_any_time")
    chance = Random(seed)
    strikes = [(chance.choice(["nats", "postgres", "killed postgres"]), chance.uniform(0.0, 3.0)) for _ in range(10)]
    strikes += [("postgres", 8.0), ("nats", 8.0), ("killed postgres", 12.0)]

    async with fleet_in(tmp_path, seed) as fleet:
        report = await _restart(fleet, Order(seed, tables=6), strikes)

    assert report.complaints == []
    assert (report.reconnections[AT_GATEWAY], report.reconnections[AT_HOSTS]) == (0, 0)


async def _restart(fleet: Fleet, order: Order, strikes: list[tuple[str, float]]) -> Report:
    """Take each of these engines away for so many seconds; all nodes live on as they are."""
    running = {name: fleet.server(name).pid for name in [*fleet.hosts, GATE]}

    async def trouble(tables: Tables, moments: Moments) -> None:
        for engine, seconds in strikes:
            await _take_away(fleet, moments, engine, seconds)
        for name, pid in running.items():
            if not fleet.server(name).is_running or fleet.server(name).pid != pid:
                tables.report.complaints.append(f"{name} ended")

    return await try_out(order, fleet, trouble)


async def _take_away(fleet: Fleet, moments: Moments, engine: str, seconds: float) -> None:
    nats, postgres = fleet.cluster.nats, fleet.cluster.postgres
    if engine == "nats":
        await moments.strike(nats.kill)
        await pause(seconds)
        nats.start()
        return
    loss = Loss(None, now_ms())
    if engine == "postgres":
        await moments.strike(lambda: None)
        loss.from_ms = now_ms()
        fleet.losses.append(loss)
        await asyncio.to_thread(postgres.stop)
    else:
        fleet.losses.append(loss)
        await moments.strike(postgres.kill)
    await pause(seconds)
    await asyncio.to_thread(postgres.start)
    loss.until_ms = now_ms()
