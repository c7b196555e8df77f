"""What a node does after each beat, as often as it should and no oftener; and what it leaves to others."""

from dataclasses import replace
from typing import Any, cast

import pytest

from clew.sessions.bounds import FORGET_LOOK_BEATS, LEASE_RENEW_S, LEASE_TRUST_S
from clew.sessions.cluster.messages import FIT_FEED, NODES_CHANNEL, fits
from clew.sessions.faults import NeedsOperator
from clew.sessions.ids import GameId
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import GATEWAY, Fleet, FleetNode
from tests.kit.hosting import GAME, open_game


def look_now(node: FleetNode) -> None:
    """As when it hears that somebody died."""
    cast("Any", node.host)._running.upkeep.look_now()


def call_asleep(fleet: Fleet, game_id: GameId, *, asleep: bool) -> None:
    """Have the store count a session otherwise than its owner does."""
    row = fleet.store.kept.rows[game_id]
    row.stored = replace(row.stored, asleep=asleep)


async def beats(fleet: Fleet, node: FleetNode, count: int) -> None:
    """Until it has beaten so often, and looked after each."""
    beaten = node.line.called["renew"] + count
    await fleet.until(lambda: node.line.called["renew"] == beaten)
    await fleet.pass_s(0.1)


# --- the beat ----------------------------------------------------------------------------------------------------


async def test_a_beat_that_was_answered_too_late_to_be_good_for_a_second_is_followed_by_the_next_at_once(
    fleet: Fleet,
) -> None:
    (node,) = await fleet.begin_all("a")
    node.line.troubles["renew"].append(Trouble.HELD_BACK)
    beaten = node.line.called["renew"] + 1
    await fleet.until(lambda: node.line.called["renew"] == beaten)
    await fleet.pass_s(LEASE_RENEW_S)

    node.line.unstick()
    await loop_passes()

    assert node.line.called["renew"] == beaten + 1


async def test_beats_that_the_store_refuses_are_counted(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    node.line.refused = {"renew"}

    await fleet.pass_s(2.5)

    assert node.counted("clew_store_faults_total", fault="renew") >= 2


async def test_how_far_its_clock_is_from_the_stores_can_be_read(fleet: Fleet) -> None:
    ahead, right = await fleet.begin("a", ahead_s=30), await fleet.begin("b")

    await fleet.pass_s(2)

    assert ahead.counted("clew_clock_offset_seconds") == pytest.approx(30, abs=0.5)
    assert right.counted("clew_clock_offset_seconds") == pytest.approx(0, abs=0.5)


async def test_only_who_can_serve_people_tells_the_others_so(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = await fleet.begin("ready")
    await fleet.begin("begun", ready=False)
    draining = await fleet.begin("drains")
    await fleet.run(draining.host.drain())
    broken = await fleet.begin("broken")
    monkeypatch.setattr(broken.faults.health, "wrote", lambda: None)
    broken.faults.health.failed(NeedsOperator("no room", "make some"))
    await fleet.pass_s(1.1)
    told = list[str]()

    def heard(feed: str, body: bytes) -> None:
        if feed == FIT_FEED:
            told.append(fits.decode(body).owner)

    await fleet.bus.follow(NODES_CHANNEL, heard, lambda: None)

    await fleet.pass_s(3)

    assert set(told) == {ready.owner}


# --- after it ----------------------------------------------------------------------------------------------------


async def test_what_is_to_be_done_with_each_beat_is_done_once(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await beats(fleet, node, 1)
    woken, looked = node.line.called["wake"], node.line.called["rows"]

    for _ in range(3):
        look_now(node)
        await loop_passes()

    assert node.line.called["rows"] == looked + 3
    assert node.line.called["wake"] == woken


async def test_a_gateway_and_a_node_that_is_not_sure_of_its_life_see_to_no_sleepers(fleet: Fleet) -> None:
    gateway = await fleet.begin("g", roles=GATEWAY)
    (node,) = await fleet.begin_all("a")
    node.line.refused = {"renew"}
    await fleet.pass_s(LEASE_TRUST_S + 0.5)
    woken = node.line.called["wake"]

    look_now(node)
    await loop_passes()

    assert gateway.line.called["wake"] == 0
    assert node.line.called["wake"] == woken


async def test_lives_that_ended_long_ago_are_struck_off_the_record_now_and_then(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")

    await beats(fleet, node, FORGET_LOOK_BEATS)

    assert node.line.called["forget"] == 1


async def test_nobody_is_struck_off_by_a_node_that_was_as_silent_as_they_were(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    done = cast("Any", node.host)._running.upkeep
    await fleet.until(lambda: done._beats == FORGET_LOOK_BEATS - 1)
    node.line.refused = {"renew"}
    await fleet.pass_s(LEASE_TRUST_S + 1)

    node.line.refused = set()
    await fleet.until(lambda: done._beats == FORGET_LOOK_BEATS)
    await fleet.pass_s(0.1)

    assert node.line.called["forget"] == 0


# --- what the store and the memory have ----------------------------------------------------------------------------


async def test_one_difference_between_store_and_memory_proves_nothing(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    await beats(fleet, node, 2)
    call_asleep(fleet, GAME, asleep=True)
    await beats(fleet, node, 1)

    call_asleep(fleet, GAME, asleep=False)
    await beats(fleet, node, 2)

    assert node.line.called["held_by"] == 0


async def test_a_difference_that_lasts_is_looked_into_with_every_second_beat(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await fleet.open_games(node, 3)
    await beats(fleet, node, 1)
    call_asleep(fleet, GameId("g1"), asleep=True)

    await beats(fleet, node, 4)

    assert node.line.called["held_by"] == 2
    assert node.line.called["holding"] == 2, "only the one in question is asked for"
    assert node.faults.fences == 0


async def test_a_session_that_is_in_memory_alone_is_dropped(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    await beats(fleet, node, 1)
    del fleet.store.kept.rows[GAME]

    await beats(fleet, node, 4)

    assert node.held == 0


async def test_a_node_that_drains_brings_nothing_into_its_memory_any_more(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.bus.loses_request = is_take
    first.bus.loses_message = lambda _channel, _feed: True
    giving = start(first.give(second, GAME))
    await fleet.run(second.host.drain())
    await fleet.until(giving.done)

    await beats(fleet, second, 4)

    assert await fleet.owner_of(GAME) in (second.owner, first.owner)
    assert second.held == 0
