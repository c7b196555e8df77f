"""An accepted move survives kill -9 at any instant, and nobody is ever shown anything that is taken back."""

from pathlib import Path

import pytest

from tests.chaos.one_server import kill_one_server
from tests.chaos.tables import Order
from tests.chaos.trial import seed_for


async def test_four_kills_in_three_games_lose_no_accepted_command(tmp_path: Path) -> None:
    order = Order(seed=seed_for("four_kills", default=7), tables=3)

    report, server = await kill_one_server(order, 4, tmp_path)

    assert report.complaints == []
    assert server.kills == 4
    assert report.games >= 3
    assert report.accepted > 0


@pytest.mark.long
async def test_fifty_kills_in_ten_games_lose_no_accepted_command(tmp_path: Path) -> None:
    order = Order(seed=seed_for("fifty_kills"), tables=10)

    report, server = await kill_one_server(order, 50, tmp_path)

    assert report.complaints == []
    assert server.kills == 50
    assert report.games >= 10
    assert report.accepted > 1_000
