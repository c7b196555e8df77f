"""A host cut off from the store, the bus or both falls silent in time; others go on, and healed it comes back."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from clew.client.retrying import pause
from clew.sessions.bounds import LEASE_MS, LEASE_TRUST_S
from tests.chaos.fleet import AT_GATEWAY, Fleet, Loss, Way, fleet_with_ways_in
from tests.chaos.looking import Look, Looker
from tests.chaos.moments import Moments, now_ms
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out
from tests.kit.client import Person
from tests.kit.cluster import wait_for
from tests.kit.moves import moves

LEASE_S = LEASE_MS / 1_000
LATE_MS = 500
"""How late a busy machine may be in telling what was known in time."""
TAKEN_OVER_WITHIN_MS = LEASE_MS + 1_000 + 1_500
"""A lease, the time until somebody looks, and what a busy machine adds."""


@dataclass(frozen=True)
class Cut:
    """What is lost, whether connections hang or break, and for how long."""

    store: bool
    bus: bool
    hangs: bool
    seconds: float

    def begin(self, way: Way) -> None:
        way.lose(store=self.store, bus=self.bus, hangs=self.hangs)


async def test_a_host_without_the_store_is_silent_before_others_take_its_games(tmp_path: Path) -> None:
    seed = seed_for("without_the_store", default=9)
    cuts = [Cut(True, False, True, LEASE_S + 2.0)]

    async with fleet_with_ways_in(tmp_path, seed, hosts=2) as (fleet, ways):
        report = await _cut(fleet, ways, Order(seed, tables=2), cuts)

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0


@pytest.mark.long
async def test_a_host_cut_off_in_any_way_is_silent_in_time_and_comes_back(tmp_path: Path) -> None:
    seed = seed_for("cut_off_in_any_way")
    chance = Random(seed)
    what = ((True, False), (False, True), (True, True))
    cuts = [Cut(store, bus, hangs, LEASE_S + 3.0) for store, bus in what for hangs in (True, False)]
    cuts += [Cut(*chance.choice(what), chance.random() < 0.5, chance.uniform(0.5, 12.0)) for _ in range(8)]

    async with fleet_with_ways_in(tmp_path, seed, hosts=3) as (fleet, ways):
        report = await _cut(fleet, ways, Order(seed, tables=6), cuts)

    assert report.complaints == []
    assert report.reconnections[AT_GATEWAY] == 0


async def _cut(fleet: Fleet, ways: dict[str, Way], order: Order, cuts: list[Cut]) -> Report:
    async def trouble(tables: Tables, moments: Moments) -> None:
        for cut in cuts:
            found = await _cut_once(fleet, ways, tables, moments, cut)
            tables.report.complaints += [f"{cut}: {complaint}" for complaint in found]

    return await try_out(order, fleet, trouble)


async def _cut_once(fleet: Fleet, ways: dict[str, Way], tables: Tables, moments: Moments, cut: Cut) -> list[str]:
    """Cut the host with the most games off; gives what was wrong about it."""
    victim = await fleet.fullest()
    life, held = await fleet.cluster.owner(victim), await fleet.cluster.held_by(victim)
    guest = await Person.guest(fleet.server(fleet.gate).url, "Looker")
    looker, loss = Looker(guest, tables), Loss(victim, 0)

    def blow() -> None:
        cut.begin(ways[victim])
        loss.from_ms = now_ms()

    await moments.strike(blow)
    if cut.store:
        fleet.losses.append(loss)
    async with asyncio.TaskGroup() as group:
        looking = [group.create_task(looker.look_on(code, group), name="looks") for code in list(tables.playing)]
        await pause(cut.seconds)
        ways[victim].mend()
        loss.until_ms = now_ms()
        for task in looking:
            task.cancel()
    await guest.close()
    await wait_for(lambda: fleet.is_ready(victim))
    return [*looker.complaints, *await _faults(fleet, cut, loss, life, held, looker.looks)]


async def _faults(fleet: Fleet, cut: Cut, loss: Loss, life: str, held: set[str], looks: list[Look]) -> list[str]:
    """Each game of the victim: when it was taken over, and whether anybody spoke for it before, but too late."""
    open_games = await fleet.cluster.holders()
    complaints = list[str]()
    for game_id in held:
        taken = [m.at_ms for m in await moves(fleet.cluster.url, game_id) if m.at_ms > loss.from_ms and m.owner != life]
        if not cut.store:
            complaints += [f"{game_id} was taken over, though its host still had the store"] if taken else []
            continue
        if not taken:
            lost = game_id in open_games and cut.seconds * 1_000 >= TAKEN_OVER_WITHIN_MS
            complaints += [f"{game_id} was not taken over"] if lost else []
            continue
        if taken[0] - loss.from_ms > TAKEN_OVER_WITHIN_MS:
            complaints.append(f"{game_id} was taken over after {taken[0] - loss.from_ms} ms")
        silent_from = loss.from_ms + round(LEASE_TRUST_S * 1_000) + LATE_MS
        mine = [look for look in looks if look.game_id == game_id]
        spoken = [look.answered_at - loss.from_ms for look in mine if silent_from < look.answered_at < taken[0]]
        complaints += [f"{game_id} was spoken for {ms} ms after the cut" for ms in spoken]
    return complaints
