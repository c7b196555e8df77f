"""A rolling deploy under play: no command is put off or lost, no game moves twice, and all end up on new nodes."""

from pathlib import Path

import pytest

from tests.chaos.fleet import AT_GATEWAY, Fleet, fleet_in
from tests.chaos.moments import Moments
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out
from tests.kit.cluster import wait_for
from tests.kit.moves import moves


async def test_a_rolling_deploy_moves_each_game_once_and_refuses_nothing(tmp_path: Path) -> None:
    seed = seed_for("a_rolling_deploy", default=6)

    async with fleet_in(tmp_path, seed, hosts=2) as fleet:
        report = await _deploy(fleet, Order(seed, tables=3), ["0.2.0"])

    assert report.complaints == []
    assert report.put_off == {}
    assert report.games >= 3


@pytest.mark.long
async def test_five_deploys_in_a_row_move_each_game_once_and_refuse_nothing(tmp_path: Path) -> None:
    seed = seed_for("five_deploys")

    async with fleet_in(tmp_path, seed) as fleet:
        report = await _deploy(fleet, Order(seed, tables=12), [f"0.{number}.0" for number in range(2, 7)])

    assert report.complaints == []
    assert report.put_off == {}
    assert report.games >= 12


async def _deploy(fleet: Fleet, order: Order, releases: list[str]) -> Report:
    async def trouble(tables: Tables, moments: Moments) -> None:
        for release in releases:
            tables.report.complaints += await _deploy_once(fleet, tables, moments, release)

    return await try_out(order, fleet, trouble)


async def _deploy_once(fleet: Fleet, tables: Tables, moments: Moments, release: str) -> list[str]:
    cluster, complaints = fleet.cluster, list[str]()
    await wait_for(lambda: _all_are_in(tables))
    before = len(await moves(cluster.url))
    sent_away = {join_code: _reconnections(tables, join_code) for join_code in tables.playing}
    for old in list(fleet.hosts):
        await moments.strike(lambda: None)
        if (code := await fleet.swap_host(old, release)) != 0:
            complaints.append(f"{release}: {old} ended with {code}")
    for join_code in tables.playing:
        if _reconnections(tables, join_code) > sent_away.get(join_code, 0):
            complaints.append(
                f"{release}: {join_code}: a player at the gateway was sent away while hosts were replaced"
            )
    handed = [move for move in (await moves(cluster.url))[before:] if move.epoch > 1]
    moved = [move.game_id for move in handed]
    complaints += [f"{release}: {game_id} moved twice" for game_id in {g for g in moved if moved.count(g) > 1}]
    complaints += [f"{release}: {move.game_id} had no owner" for move in handed if move.owner is None]
    if stray := set(await cluster.holders()) - {g for name in fleet.hosts for g in await cluster.held_by(name)}:
        complaints.append(f"{release}: {sorted(stray)} are on no new host")
    if (code := await fleet.swap_gate(release)) != 0:
        complaints.append(f"{release}: the gateway ended with {code}")
    return complaints


async def _all_are_in(tables: Tables) -> bool:
    return all(player.is_connected for players in tables.playing.values() for player in players)


def _reconnections(tables: Tables, join_code: str) -> int:
    at_gate = [player for player in tables.playing[join_code] if player.person.doors.name == AT_GATEWAY]
    return sum(max(0, player.connections - 1 - player.drops) for player in at_gate)
