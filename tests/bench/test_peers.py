"""The comparison with peers: what it needs nothing installed for runs, and it can tell what a kill took."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import httpx
import pytest

from bench.peers.entrants import ENTRANTS
from bench.peers.install import ours
from bench.peers.report import record_of, table_of
from bench.peers.talks.ours import OurTalk
from bench.peers.trial import Demand, Kill, Rates, Trial, tried
from bench.trend.__main__ import line_of, lines_in, main, ratios
from bench.trend.__main__ import table_of as trend_of

SMALL = Demand(rooms=2, warm_up_s=0.1, seconds=0.3)
RATES = Rates(1_000.0, 1.0, 2.0, 100.0, 5.0, 400.0, 0.9, 0.5, 80.0)


@pytest.mark.parametrize(("name", "lost_all", "rooms_going_on"), [("ours", False, 2), ("echo-five", True, 2)])
async def test_a_kill_takes_everything_from_who_keeps_nothing_and_nothing_from_us(
    tmp_path: Path, name: str, lost_all: bool, rooms_going_on: int
) -> None:
    trial = await tried(ENTRANTS[name], SMALL, ours(), tmp_path)

    assert trial.kill.acknowledged > 0
    assert trial.kill.lost == (trial.kill.acknowledged if lost_all else 0)
    assert (trial.kill.starts, trial.kill.rooms_going_on) == (True, rooms_going_on)
    assert trial.rates.per_second > 0
    assert trial.rates.processor_us > 0


async def test_what_is_kept_of_ours_is_each_seats_accepted_plans_in_the_journal() -> None:
    kinds = [("p1", "plan_accepted"), ("p1", "plan_accepted"), ("p1", "ready_accepted"), ("p4", "plan_accepted")]

    async def journal() -> Iterable[tuple[str, str]]:
        return [("g", json.dumps({"event": {"type": kind, "player_id": player}})) for player, kind in kinds]

    async with httpx.AsyncClient() as http:
        kept = await OurTalk(journal).kept(http, "", [])

    assert kept == {"g/0": 2, "g/3": 1}


def test_what_does_not_start_again_is_not_counted_as_kept() -> None:
    kills = [Kill(100, 3, 2, 2, 1.5, starts=True), Kill(50, 0, 0, 2, None, starts=False)]

    table = table_of({"ours": [Trial(RATES, kill) for kill in kills]})

    assert "3 of 100 lost, 1 of 2 starts fail, 2 of 4 rooms go on" in table


def test_a_client_that_is_full_says_at_least() -> None:
    kill = Kill(100, 0, 2, 2, 1.5, starts=True)
    full = Rates(5_000.0, 1.0, 2.0, 50.0, 5.0, 400.0, 0.9, 1.0, 80.0)

    table = table_of({"ours": [Trial(RATES, kill)], "starlette": [Trial(full, kill)]})

    assert "| ≥ 5.00 × | 2.00 × | ≥ 5,000 (5,000 to 5,000) |" in table


def test_a_run_is_a_line_of_the_trend_and_the_next_is_compared_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, result = tmp_path / "record.jsonl", tmp_path / "result.json"
    for ours_us in (100.0, 50.0):
        result.write_text(json.dumps(run_of({"ours": ours_us, "starlette": 50.0})), encoding="utf-8")
        main(["--add", str(result), "--record", str(record)])

    before, now = lines_in(record)

    assert (ratios(before), ratios(now)) == ({("ours", "starlette"): 0.5}, {("ours", "starlette"): 1.0})
    assert "| ours | starlette | 0.50 | 1.00 | 2.00 |" in trend_of(before, now)
    assert "| ours | starlette | 0.50 | 1.00 | 2.00 |" in capsys.readouterr().out


def test_the_record_of_releases_can_be_read() -> None:
    record = Path(__file__).parents[2] / "bench" / "trend" / "record.jsonl"

    assert all(ratios(line) for line in lines_in(record))


def test_a_line_of_the_trend_leaves_the_single_trials_out() -> None:
    assert "trials" not in json.loads(line_of(run_of({"ours": 1.0})))


def run_of(processor_us: Mapping[str, float]) -> dict[str, object]:
    kill = Kill(100, 0, 2, 2, 1.5, starts=True)
    trials = {
        name: [Trial(Rates(1_000.0, 1.0, 2.0, us, 5.0, 400.0, 0.9, 0.5, 80.0), kill)]
        for name, us in processor_us.items()
    }
    return record_of(trials, SMALL, "abc")
