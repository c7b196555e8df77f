"""Nodes leave as they are asked to, one, two or all of them: their games go to whoever stays, or wait for who comes."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from clew.local.process import STOP_WITHIN_S
from tests.chaos.fleet import AT_GATEWAY, LEFT_WITHIN_S, Fleet, fleet_in
from tests.chaos.moments import Moments
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out
from tests.kit.cluster import Cluster, wait_for
from tests.kit.server import Server


async def test_games_outlive_a_drain_two_at_once_and_the_last_of_all_nodes(tmp_path: Path) -> None:
    seed = seed_for("the_last_of_all", default=4)

    async with fleet_in(tmp_path, seed) as fleet:
        report = await _leave(fleet, Order(seed, tables=2), ["operator", "two", "last"])

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0


@pytest.mark.long
async def test_nodes_leave_in_every_way_again_and_again(tmp_path: Path) -> None:
    seed = seed_for("in_every_way")
    chance = Random(seed)
    ways = ["operator", "two", "heir killed", "last"] * 4
    chance.shuffle(ways)

    async with fleet_in(tmp_path, seed) as fleet:
        report = await _leave(fleet, Order(seed, tables=6), ways)

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0


async def _leave(fleet: Fleet, order: Order, ways: list[str]) -> Report:
    chance = Random(order.seed)

    async def trouble(tables: Tables, moments: Moments) -> None:
        for way in ways:
            leaving = chance.sample(fleet.hosts, {"two": 2, "last": len(fleet.hosts)}.get(way, 1))
            await moments.strike(lambda: None)
            codes = await asyncio.gather(*(_leave_one(fleet, name, way, moments, chance) for name in leaving))
            if codes != [0] * len(leaving):
                tables.report.complaints.append(f"{way}: {leaving} ended with {codes}")
            if way != "last" and (held := [name for name in leaving if await fleet.cluster.held_by(name)]):
                tables.report.complaints.append(f"{way}: {held} left and hold games yet")
            await fleet.replace(leaving)
            dead = [name for name in fleet.hosts if not fleet.server(name).is_running]
            await fleet.replace(dead)

    return await try_out(order, fleet, trouble)


async def _leave_one(fleet: Fleet, name: str, way: str, moments: Moments, chance: Random) -> int:
    """Ask one to leave; gives its exit code. Where the heir is to be killed, it is, in the middle of it."""
    server = fleet.server(name)
    if way == "operator":
        assert await fleet.cluster.drain(name), f"{name} lives and can be asked"
        code = await server.wait_gone(STOP_WITHIN_S)
        fleet.left(name)
        return code
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(server.stop(LEFT_WITHIN_S), name=f"{name} leaves")
        if way == "heir killed":
            heir = chance.choice([other for other in fleet.hosts if other != name])
            await _kill_in_the_middle(fleet, server, heir, moments)
    fleet.left(name)
    return leaving.result()


async def _kill_in_the_middle(fleet: Fleet, leaving: Server, heir: str, moments: Moments) -> None:
    cluster = fleet.cluster
    before = await cluster.held_by(heir)

    async def has_begun() -> bool:
        return not leaving.is_running or await _has_more(cluster, heir, before)

    await wait_for(has_begun)
    await fleet.kill([heir], moments)


async def _has_more(cluster: Cluster, heir: str, before: set[str]) -> bool:
    return bool(await cluster.held_by(heir) - before)
