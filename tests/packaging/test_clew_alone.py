"""The runtime's wheel alone: its command serves a game that lies in the current folder, and no Minotaur is there."""

import re
from pathlib import Path

import httpx
import pytest

from clew.client.connection import connect
from clew.client.guest import Guest
from tests.architecture.tree import ROOT
from tests.kit.server import Server
from tests.packaging.environment import run

EXAMPLES = ROOT / "examples"
BIDS = "bids.game:Bids"


async def test_clew_alone_serves_a_game_that_is_killed_in_mid_round_and_goes_on(
    runtime_alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    command = ("env", "-C", str(EXAMPLES), str(runtime_alone / "clew"))
    first = Server(tmp_path / "data", BIDS, command=command)
    again = Server(tmp_path / "data", port=first.port, command=command)
    try:
        await first.start()
        async with await Guest.sign_in(first.url, "Ada") as ada:
            made = await ada.create_game(seats=2, bots=1, round_seconds=3600, options={"lots": 1, "purse": 5})
            await ada.start(made["join_code"])
            async with connect(ada, made["join_code"], subprotocol="bids.v1") as game:
                await game.send({"type": "plan", "round": 1, "plan": {"bid": 5}})

                first.kill_nowait()
                await first.kill()
                await again.start()
                await game.send({"type": "ready", "round": 1})

            ended = await ada.game(made["join_code"])
            replay = await ada.replay(made["join_code"])
        async with httpx.AsyncClient() as http:
            page = (await http.get(f"{again.url}/")).text
    finally:
        await first.kill()
        await again.kill()

    planned = [event for event in replay["events"] if event["type"] == "plan_accepted" and event["id"] == "p1"]
    assert ended["game_status"] == "concluded"
    assert [event["plan"] for event in planned] == [{"bid": 5}]
    assert re.search(r'<script type="module">[^<]', page), page[:2_000]


def test_clew_alone_simulates_a_game_and_writes_one(runtime_alone: Path, tmp_path: Path) -> None:
    simulated = run(runtime_alone / "clew", "simulate", BIDS, cwd=EXAMPLES)
    run(runtime_alone / "clew", "new", "mill", cwd=tmp_path)
    run(runtime_alone / "clew", "simulate", "mill.game:Mill", cwd=tmp_path / "mill")

    assert "won by p2" in simulated
    assert (tmp_path / "mill" / "README.md").is_file()
