"""Nodes' clocks are compared with the store's, and where they differ it changes no round."""

from collections.abc import Awaitable, Callable

import pytest
import structlog

from clew.sessions.bounds import CLOCK_OFFSET_WARN_S, LEASE_MS, SLEEP_AFTER_S
from clew.sessions.time.unserved import Credit
from clew.testing.faults.damage import forget_clock
from tests.kit.fleet import Fleet, FleetNode
from tests.kit.hosting import GAME, open_game, tally_reads
from tests.kit.tally import ROUND_MS, Delayed, Lengthen

ROUND_S = ROUND_MS / 1000
PLAYED_S = 10.0
FAR_MS = 900_000
NOT_SERVED_S = LEASE_MS / 1000
DIFFERENCES_S = [-3_600, -30, -2, 30, 3_600]


def _offset(node: FleetNode) -> float:
    return node.counted("clew_clock_offset_seconds")


async def _credits(fleet: Fleet) -> list[Credit]:
    delays = [entry.event for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)]
    return [Credit(delay.ms, delay.why) for delay in delays]


async def _lasts_until(fleet: Fleet, seconds: float) -> float:
    """How much longer the first round lasts, at most so long."""
    began_s = fleet.clock.monotonic()
    while not any(getattr(entry.event, "round", 1) == 2 for entry in await fleet.journal(GAME)):
        await fleet.pass_s(0.25)
        if fleet.clock.monotonic() - began_s >= seconds:
            break
    return fleet.clock.monotonic() - began_s


async def _dies(node: FleetNode, _fleet: Fleet) -> None:
    await node.kill()


async def _stops(node: FleetNode, _fleet: Fleet) -> None:
    await node.stop()


async def _loses_its_message(node: FleetNode, fleet: Fleet) -> None:
    fleet.bus.drop_next(1)
    await node.leave()


# --- compared --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead_s", [-3_600, -0.5, 0, 1.5, 30])
async def test_a_node_knows_what_its_clock_is_from_the_stores(fleet: Fleet, ahead_s: float) -> None:
    node = await fleet.begin("a", ahead_s=ahead_s)

    await fleet.pass_s(1.1)

    assert _offset(node) == pytest.approx(ahead_s, abs=0.002)
    [row] = await fleet.store.nodes.rows()
    assert row.clock_offset_ms == round(ahead_s * 1000)


async def test_a_clock_that_is_far_from_the_stores_is_told_once_and_once_when_it_is_well(fleet: Fleet) -> None:
    node = await fleet.begin("a")
    with structlog.testing.capture_logs() as logs:
        node.clock.ahead_ms = round(1000 * CLOCK_OFFSET_WARN_S) + 500
        await fleet.pass_s(10)
        node.clock.ahead_ms = 100
        await fleet.pass_s(10)

    told = [(log["event"], log["log_level"], log["offset_s"]) for log in logs if "stores" in log["event"]]
    assert told == [
        ("clock_differs_from_the_stores", "warning", CLOCK_OFFSET_WARN_S + 0.5),
        ("clock_agrees_with_the_stores_again", "info", 0.1),
    ]


# --- and it changes no round -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", [_dies, _stops, _loses_its_message])
@pytest.mark.parametrize("difference_s", DIFFERENCES_S)
@pytest.mark.parametrize("is_the_heirs", [False, True])
async def test_a_round_that_another_node_goes_on_with_is_as_long_whatever_their_clocks_show(
    fleet: Fleet, ends: Callable[[FleetNode, Fleet], Awaitable[None]], difference_s: float, is_the_heirs: bool
) -> None:
    first = await fleet.begin("a", ahead_s=0 if is_the_heirs else difference_s)
    heir = await fleet.begin("b", ahead_s=difference_s if is_the_heirs else 0)
    await fleet.pass_s(1.1)
    await open_game(first.host)
    began_s = fleet.clock.monotonic()
    await fleet.pass_s(PLAYED_S)

    await ends(first, fleet)
    await fleet.until(lambda: heir.held == 1)
    await _lasts_until(fleet, 100)
    lasted_s = fleet.clock.monotonic() - began_s

    assert ROUND_S - 1 <= lasted_s <= ROUND_S + 2.5
    steps = [credit.ms for credit in await _credits(fleet) if credit.why == "clock_step"]
    behind_ms = round(1000 * difference_s) * (1 if is_the_heirs else -1)
    assert steps == [pytest.approx(behind_ms, abs=1_500)]


@pytest.mark.parametrize("difference_s", [-30, 3_600])
async def test_a_game_that_slept_at_a_node_with_a_wrong_clock_is_as_long(fleet: Fleet, difference_s: float) -> None:
    first = await fleet.begin("a", ahead_s=difference_s)
    await fleet.begin("b")
    began_s = fleet.clock.monotonic()
    await open_game(first.host)
    await first.host.post(GAME, Lengthen(FAR_MS))
    await fleet.pass_s(SLEEP_AFTER_S + 2)
    assert first.held == 0

    await first.kill()
    await _lasts_until(fleet, 3_000)
    lasted_s = fleet.clock.monotonic() - began_s

    assert ROUND_S + FAR_MS / 1000 - 1 <= lasted_s <= ROUND_S + FAR_MS / 1000 + NOT_SERVED_S + 3


@pytest.mark.parametrize("step_s", [-600, 700])
@pytest.mark.parametrize("heir", ["b", "a"])
async def test_a_game_that_slept_while_its_nodes_clock_was_set_is_as_long_for_its_heir(
    fleet: Fleet, step_s: int, heir: str
) -> None:
    first = await fleet.begin("a")
    await fleet.pass_s(1.1)
    began_s = fleet.clock.monotonic()
    await open_game(first.host)
    await first.host.post(GAME, Lengthen(FAR_MS))
    await fleet.pass_s(SLEEP_AFTER_S + 2)
    assert first.held == 0
    first.clock.ahead_ms = 1000 * step_s
    await fleet.pass_s(3)

    await first.kill()
    await fleet.begin(heir, ahead_s=0 if heir == "b" else step_s)
    await _lasts_until(fleet, 3_000)
    lasted_s = fleet.clock.monotonic() - began_s

    assert ROUND_S + FAR_MS / 1000 - 1 <= lasted_s <= ROUND_S + FAR_MS / 1000 + NOT_SERVED_S + 3


async def test_a_game_that_slept_is_given_back_all_that_befell_its_node_meanwhile_and_once(fleet: Fleet) -> None:
    node = await fleet.begin("a")
    await fleet.pass_s(1.1)
    await open_game(node.host)
    await node.host.post(GAME, Lengthen(FAR_MS))
    await fleet.pass_s(SLEEP_AFTER_S + 2)
    node.clock.ahead_ms = 90_000
    await fleet.pass_s(3)
    node.cut_store()
    await fleet.pass_s(3)
    node.mend_store()
    await fleet.pass_s(3)

    await node.host.look(GAME)
    await fleet.pass_s(1)

    given = {credit.why: credit.ms for credit in await _credits(fleet)}
    assert given == {"clock_step": 90_000, "store_away": pytest.approx(3_000, abs=500)}


async def test_heirs_of_heirs_that_wrote_nothing_read_by_the_clock_of_who_wrote_last(fleet: Fleet) -> None:
    first = await fleet.begin("a", ahead_s=30)
    await open_game(first.host)
    await fleet.pass_s(PLAYED_S)
    await first.stop()
    second = await fleet.begin("b", ahead_s=-30, ready=False)
    second.faults.commits.clear()
    await fleet.store.ownership.claim(second.owner, tally_reads(1), 10)
    await second.kill()
    await fleet.pass_s(NOT_SERVED_S + 1)

    await fleet.begin("c", ahead_s=3_600)
    left_s = await _lasts_until(fleet, 100)

    assert ROUND_S - 1 <= PLAYED_S + left_s <= ROUND_S + 2.5


async def test_a_server_that_starts_anew_with_the_same_clock_moves_nothing_but_by_its_absence(fleet: Fleet) -> None:
    node = await fleet.begin("a", ahead_s=3_600)
    await open_game(node.host)
    await node.kill()
    await fleet.pass_s(3)

    await fleet.begin("a", ahead_s=3_600)

    assert [credit.why for credit in await _credits(fleet)] == ["restart"]


async def test_a_server_whose_clock_is_put_right_while_it_is_down_goes_on_with_the_same_round(fleet: Fleet) -> None:
    node = await fleet.begin("a", ahead_s=-3_600)
    await open_game(node.host)
    await fleet.pass_s(PLAYED_S)
    await node.stop()

    await fleet.begin("a")
    left_s = await _lasts_until(fleet, 100)

    assert ROUND_S - 1 <= PLAYED_S + left_s <= ROUND_S + 1.5


async def test_a_release_that_says_nothing_of_its_clock_is_taken_to_have_its_heirs(fleet: Fleet) -> None:
    first, heir = await fleet.begin_all("a", "b")
    await open_game(first.host)
    forget_clock(fleet.store, first.owner)
    await first.kill()

    await fleet.until(lambda: heir.held == 1)

    assert [credit.why for credit in await _credits(fleet)] == ["moved"]
