"""An accepted move survives kill -9 at any instant, and nobody is ever shown anything that is taken back."""

import os
import time
from pathlib import Path
from typing import Final

import pytest

from tests.chaos.trial import Order, Report, try_server

SEED_VARIABLE: Final = "MINOTAUR_CHAOS_SEED"
COMPLAINTS_SHOWN: Final = 40


async def test_four_kills_in_three_games_lose_no_accepted_command(tmp_path: Path) -> None:
    report = await _run(Order(seed=_seed(default=7), kills=4, tables=3), tmp_path, "make test ARGS=tests/chaos")

    assert report.complaints == []
    assert report.kills == 4
    assert report.games >= 3
    assert report.accepted > 0


@pytest.mark.long
async def test_fifty_kills_in_ten_games_lose_no_accepted_command(tmp_path: Path) -> None:
    anew = time.time_ns() % 1_000_000  # noqa: TID251  a new seed each time is what the long run is for
    report = await _run(Order(seed=_seed(default=anew), kills=50, tables=10), tmp_path, "make chaos")

    assert report.complaints == []
    assert report.kills == 50
    assert report.games >= 10
    assert report.accepted > 1_000


async def _run(order: Order, folder: Path, command: str) -> Report:
    print(f"\nseed {order.seed}; again: {SEED_VARIABLE}={order.seed} {command}")
    report = await try_server(order, folder)
    print(
        f"{report.kills} kills, {report.games} games, {report.rounds} rounds, {report.accepted} accepted, "
        f"{report.refused} refused, {report.events_shown} events shown over {report.connections} connections; "
        f"longest outage {report.longest_outage_ms} ms; {len(report.complaints)} complaints"
    )
    for complaint in report.complaints[:COMPLAINTS_SHOWN]:
        print(complaint)
    return report


def _seed(default: int) -> int:
    return int(os.environ.get(SEED_VARIABLE, str(default)))
