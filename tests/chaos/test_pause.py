"""A host that was stopped wakes up to a world that went on: it writes nothing, tells nothing stale, comes back."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from clew.client.retrying import pause
from clew.sessions.bounds import LEASE_MS
from tests.chaos.fleet import AT_GATEWAY, Fleet, fleet_in
from tests.chaos.looking import Looker
from tests.chaos.moments import Moments
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out
from tests.kit.client import Person
from tests.kit.cluster import wait_for

LONG_ENOUGH_S = LEASE_MS / 1_000 + 1.5
"""Until after a lease has run out and its games were taken over."""
AFTER_S = 1.0
"""For so long it is asked on after it woke up."""


async def test_a_host_that_was_stopped_past_its_lease_writes_and_tells_nothing_stale(tmp_path: Path) -> None:
    seed = seed_for("stopped_past_its_lease", default=5)

    async with fleet_in(tmp_path, seed, hosts=2) as fleet:
        report = await _pause(fleet, Order(seed, tables=2), [LONG_ENOUGH_S])

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0


@pytest.mark.long
async def test_hosts_stopped_for_any_time_write_and_tell_nothing_stale(tmp_path: Path) -> None:
    seed = seed_for("stopped_for_any_time")
    chance = Random(seed)

    async with fleet_in(tmp_path, seed) as fleet:
        report = await _pause(fleet, Order(seed, tables=6), [10.0, *(chance.uniform(0.5, 10.0) for _ in range(9))])

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0


async def _pause(fleet: Fleet, order: Order, times_s: list[float]) -> Report:
    async def trouble(tables: Tables, moments: Moments) -> None:
        for seconds in times_s:
            tables.report.complaints += await _pause_once(fleet, tables, moments, seconds)

    return await try_out(order, fleet, trouble)


async def _pause_once(fleet: Fleet, tables: Tables, moments: Moments, seconds: float) -> list[str]:
    """Stop the host with the most games for so long, asking it all the while."""
    cluster = fleet.cluster
    victim = await fleet.fullest()
    life = await cluster.owner(victim)
    guest = await Person.guest(fleet.server(fleet.gate).url, "Looker")
    person = guest.at(fleet.server(victim).url)
    looker = Looker(person, tables)
    loss = await fleet.pause(victim, moments)
    async with asyncio.TaskGroup() as group:
        looking = [group.create_task(looker.look_on(code, group), name="looks") for code in list(tables.playing)]
        await pause(seconds)
        fleet.resume(loss)
        await pause(AFTER_S)
        for task in looking:
            task.cancel()
    await person.close()
    await guest.close()
    await wait_for(lambda: fleet.is_ready(victim))
    complaints = list(looker.complaints)
    if seconds >= LONG_ENOUGH_S:
        if await cluster.owner(victim) == life:
            complaints.append(f"{victim} goes on as {life}, though its lease ran out")
        if not looker.looks or not looker.watched:
            complaints.append(f"{victim} answered nobody")
    return complaints
