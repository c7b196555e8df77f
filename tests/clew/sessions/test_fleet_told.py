"""What befalls nodes and their sessions is one line of the log each, with who, how many and why."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from structlog.testing import capture_logs

from clew.sessions.bounds import LEASE_RENEW_S, LEASE_TRUST_S
from clew.testing.faults.store import Trouble
from tests.kit.fleet import GATEWAY, Fleet

Line = Any


def told(lines: Sequence[Line], event: str) -> list[Line]:
    return [line for line in lines if line["event"] == event]


async def test_a_takeover_by_lease_is_told_with_whose_sessions_they_were(slow_fleet: Fleet) -> None:
    first, second = await slow_fleet.begin_all("a", "b")
    await slow_fleet.open_games(first, 250)

    with capture_logs() as lines:
        await first.kill()
        await slow_fleet.until(lambda: second.held == 250)
        await slow_fleet.pass_s(2)

    (line,) = told(lines, "sessions_claimed")
    assert (line["owner"], line["sessions"], line["lost_by"]) == ("b.1", 250, {"a.1": 250})
    assert line["causes"] == {"lease_ran_out": 250}
    assert second.counted("clew_claimed_total", cause="lease_ran_out") == 250


async def test_what_a_dead_process_held_and_what_was_let_go_of_are_told_apart(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.open_games(first, 3)

    with capture_logs() as lines:
        await first.kill()
        await fleet.until(lambda: second.held == 3)
        await second.stop()
        third = await fleet.begin("c")

    assert third.held == 3
    assert [line["causes"] for line in told(lines, "sessions_claimed")] == [{"ended": 3}, {"released": 3}]


async def test_who_comes_and_who_goes_is_told_once_by_each_node(fleet: Fleet) -> None:
    await fleet.begin_all("a")
    with capture_logs() as lines:
        (second,) = await fleet.begin_all("b", release="1.0.1")
        gateway = await fleet.begin("g", roles=GATEWAY)
        await fleet.pass_s(3)
        await gateway.stop()
        await second.leave()
        await fleet.pass_s(3)

    arrived = Counter((line["owner"], line["release"], line["roles"]) for line in told(lines, "node_arrived"))
    left = Counter((line["owner"], line["cause"]) for line in told(lines, "node_left"))
    assert arrived == {("b.1", "1.0.1", "host gateway"): 1, ("g.1", "1.0.0", "gateway"): 2}
    assert left[("b.1", "drained")] == 1
    assert left[("g.1", "ended")] == 2


async def test_freezing_and_thawing_are_told_once_with_the_cause_and_how_long_it_was(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await fleet.open_games(node, 3)

    with capture_logs() as lines:
        node.cut_store()
        await fleet.pass_s(60)
        node.mend_store()
        await fleet.pass_s(3)

    (frozen,), (thawed,) = told(lines, "frozen"), told(lines, "thawed")
    assert (frozen["owner"], frozen["sessions"], frozen["cause"]) == ("a.1", 3, "Busy: told to be down")
    assert 50 < thawed["after_s"] < 60
    assert node.counted("clew_freezes_total") == 1


async def test_a_node_whose_beat_gets_no_answer_says_that_it_is_frozen_when_it_is(fleet: Fleet) -> None:
    """Not when the store's adapter gives the beat up: by then others have its sessions."""
    (node,) = await fleet.begin_all("a")
    await fleet.open_games(node, 1)
    renewed = node.line.called["renew"]
    node.line.troubles["renew"].append(Trouble.STUCK)
    with capture_logs() as lines:
        await fleet.until(lambda: node.line.called["renew"] > renewed)
        await fleet.pass_s(LEASE_TRUST_S - LEASE_RENEW_S - 0.1)
        assert told(lines, "frozen") == []
        await fleet.pass_s(0.2)

        (frozen,) = told(lines, "frozen")
        node.line.unstick()
        await fleet.pass_s(2)

    assert (frozen["owner"], frozen["sessions"], frozen["cause"]) == ("a.1", 1, "the store does not answer")
    assert (len(told(lines, "frozen")), len(told(lines, "thawed"))) == (1, 1)


async def test_nobody_is_said_to_have_left_who_lost_the_store_together_with_who_says_it(slow_fleet: Fleet) -> None:
    """All leases have run out then, and who reaches the store first finds all others dead in it."""
    first, second = await slow_fleet.begin_all("a", "b")
    await slow_fleet.pass_s(2)

    with capture_logs() as lines:
        first.cut_store()
        second.cut_store()
        await slow_fleet.pass_s(20)
        first.mend_store()
        await slow_fleet.pass_s(1)
        second.mend_store()
        await slow_fleet.pass_s(10)
        gone = [*told(lines, "node_left"), *told(lines, "node_arrived")]
        await second.kill()
        await slow_fleet.pass_s(10)

    assert gone == []
    assert [(line["owner"], line["cause"]) for line in told(lines, "node_left")] == [("b.1", "lease_ran_out")]


async def test_a_pause_of_the_process_is_told_as_such(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    node.gate.pause()
    await fleet.pass_s(LEASE_TRUST_S + 2)

    with capture_logs() as lines:
        node.gate.go_on()
        await fleet.pass_s(2)

    assert [line["cause"] for line in told(lines, "frozen")] == ["it did not run in time"]


async def test_moves_are_told_in_one_line_on_either_side_however_many_batches_they_took(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.open_games(first, 120)

    with capture_logs() as lines:
        assert await first.leave() == 120
        await fleet.pass_s(4)

    (begun,), (ended,) = told(lines, "drain_begun"), told(lines, "drain_ended")
    assert (begun["owner"], begun["sessions"], ended["given"], ended["left"]) == ("a.1", 120, 120, 0)
    assert [(line["owner"], line["sessions"]) for line in told(lines, "sessions_taken")] == [(second.owner, 120)]


async def test_a_bug_in_a_nodes_beat_ends_neither_the_node_nor_what_it_holds(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await fleet.open_games(node, 3)

    with capture_logs() as lines:
        node.faults.broken_calls = {"renew"}
        await fleet.pass_s(LEASE_TRUST_S + 2)
        silent = node.host.lacks
        node.faults.broken_calls = set()
        await fleet.pass_s(2)

    assert [lack.code for lack in silent] == ["store"]
    assert (node.held, node.host.lacks) == (3, ())
    assert len(told(lines, "tending_broke")) == 1
    assert len(told(lines, "tending_works_again")) == 1
