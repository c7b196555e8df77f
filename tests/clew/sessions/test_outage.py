"""What fails again and again is told as it begins, at intervals that grow, and when it is over."""

from itertools import pairwise
from typing import Any

from structlog import get_logger
from structlog.testing import capture_logs

from clew.sessions.bounds import OUTAGE_LOGGED_FIRST_S, OUTAGE_LOGGED_LAST_S
from clew.sessions.outage import Outage


def outage(now: list[float]) -> Outage:
    return Outage(get_logger("test"), "away", "back", lambda: now[0])


def test_an_outage_is_told_as_it_begins_and_then_ever_more_rarely_with_how_often_it_was_tried() -> None:
    now = [1_000.0]
    one = outage(now)

    with capture_logs() as lines:
        for _ in range(3_000):
            one.failed(server="b")
            now[0] += 1

    told = [(line.get("for_s", 0.0), line.get("times", 1)) for line in lines]
    assert told[:4] == [(0.0, 1), (10.0, 11), (30.0, 31), (70.0, 71)]
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(told)]
    assert (gaps[0], max(gaps), gaps[-1]) == (OUTAGE_LOGGED_FIRST_S, OUTAGE_LOGGED_LAST_S, OUTAGE_LOGGED_LAST_S)


def test_its_end_is_told_with_how_long_it_was_and_the_next_one_begins_anew() -> None:
    now = [0.0]
    one = outage(now)

    with capture_logs() as lines:
        one.over()
        for _ in range(12):
            one.failed()
            now[0] += 1
        one.over(server="c")
        one.over()
        one.failed()

    events: list[Any] = [(line["event"], line.get("after_s"), line.get("times")) for line in lines]
    assert events == [("away", None, None), ("away", None, 11), ("back", 12.0, 12), ("away", None, None)]


def test_what_is_new_about_it_is_told_at_once() -> None:
    now = [0.0]
    one = outage(now)

    with capture_logs() as lines:
        one.failed(why="busy")
        now[0] += 1
        one.failed(why="busy")
        one.log_now()
        one.failed(why="broken")
        one.failed(why="broken")

    assert [line["why"] for line in lines] == ["busy", "broken"]
