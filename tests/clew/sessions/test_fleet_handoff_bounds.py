"""How much is handed over at once, how often it is tried, and what a node does that can't give or take just now."""

from collections.abc import MutableMapping
from typing import Any, cast

import msgspec
import pytest

from clew.sessions.bounds import HANDOFF_BATCH, HANDOFF_PAUSE_S, HANDOFF_STILL_S, HANDOFF_TRIES_MAX
from clew.sessions.cluster import handoff
from clew.sessions.cluster.messages import Failed, Take, encoder, node_messages, replies
from clew.sessions.faults import Busy, Moved
from clew.sessions.ids import Kind
from clew.sessions.records import Acknowledged
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.hosting import GAME, open_game

Log = list[MutableMapping[str, Any]]


def lose_takes(node: FleetNode) -> list[bytes]:
    """The messages with which this node hands sessions over are lost, and so is the word that it did; gives them."""
    lost = list[bytes]()
    node.bus.loses_request = lambda body: is_take(body) and not lost.append(body)
    node.bus.loses_message = lambda _channel, _feed: True
    return lost


# --- giving ------------------------------------------------------------------------------------------------------


async def test_a_batch_is_no_larger_than_it_may_be(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.open_games(first, HANDOFF_BATCH + 1)

    await first.leave()

    assert first.line.called["transfer"] == 2
    assert second.came("memory") == HANDOFF_BATCH + 1


async def test_states_that_do_not_fit_the_message_are_read_from_the_store(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 3)
    (size,) = {len((await fleet.stored(game)).state) for game in games}
    lost = lose_takes(first)
    await first.give(second, games[0])
    taken = node_messages.decode(lost[0])
    assert isinstance(taken, Take)
    size = len(taken.sessions[0].state)
    first.bus.loses_request = lambda _: False
    games += await fleet.open_games(first, 1, 10)
    monkeypatch.setattr(handoff, "HANDOFF_BYTES_MAX", 2 * size + 1)

    moved = await first.give(second, *games[1:])

    assert moved == 3
    assert second.came("memory") == 2
    assert first.counted("clew_handed_over_total", outcome="too_large") == 1
    assert [await fleet.run(second.ask(game, ONE)) for game in games] == [Acknowledged(5)] * 4


async def test_a_busy_store_is_asked_again_after_a_pause(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.open_games(first, 3)
    first.line.refused = {"transfer"}
    draining = start(first.host.drain())
    await fleet.pass_s(1.0)
    asked = first.line.called["transfer"]

    first.line.refused = set()
    await fleet.until(draining.done)

    assert 2 <= asked <= 1.0 / HANDOFF_PAUSE_S + 1
    assert second.held == 3


async def test_what_a_busy_store_did_not_take_plays_on_where_it_is(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.refused = {"transfer"}

    with pytest.raises(Busy):
        await first.give(second, GAME)

    assert await fleet.run(first.host.post(GAME, ONE)) == Acknowledged(5)


async def test_whoever_breaks_off_a_handoff_leaves_no_session_standing(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["transfer"].append(Trouble.STUCK)
    life: Any = cast("Any", first.host)._running
    giving = start(life.handoff.give([life.node.residents.open[GAME]], second.owner))
    await loop_passes()

    giving.cancel()
    await fleet.until(giving.done)

    assert await fleet.run(first.host.post(GAME, ONE)) == Acknowledged(5)


async def test_a_session_that_never_stands_still_is_tried_so_often_and_then_left(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["commit"].append(Trouble.STUCK)
    asking = start(first.host.post(GAME, ONE))
    await loop_passes()

    draining = start(first.host.drain())
    took_s = await fleet.until(draining.done)

    assert HANDOFF_TRIES_MAX * HANDOFF_STILL_S <= took_s < (HANDOFF_TRIES_MAX + 1) * HANDOFF_STILL_S
    assert first.line.called["transfer"] == 0, "nothing stood still, so nothing is asked of the store"
    assert second.held == 0
    first.line.unstick()
    await fleet.until(asking.done)


async def test_who_asks_its_old_owner_is_told_who_has_it_now(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.give(second, GAME)
    first.line.refused = {"load", "holding"}

    with pytest.raises(Moved) as moved:
        await first.host.post(GAME, ONE)

    assert moved.value.owner == second.owner


async def test_what_moves_one_after_another_is_one_line_once_nothing_moves_any_more(fleet: Fleet, logged: Log) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 5)
    for game in games[:3]:
        await first.give(second, game)
        await fleet.pass_s(1)
    await fleet.pass_s(4)
    await first.give(second, *games[3:])
    await fleet.pass_s(4)

    lines = [(entry["sessions"], entry["to"]) for entry in logged if entry["event"] == "sessions_given"]
    assert lines == [(3, {second.owner: 3}), (2, {second.owner: 2})]
    taken = [(entry["owner"], entry["sessions"]) for entry in logged if entry["event"] == "sessions_taken"]
    assert taken == [(second.owner, 3), (second.owner, 2)]


# --- taking ------------------------------------------------------------------------------------------------------


async def test_a_message_that_comes_after_its_session_was_read_from_the_store_is_left_alone(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    lost = lose_takes(first)
    await first.give(second, GAME)
    assert await fleet.run(second.ask(GAME, ONE)) == Acknowledged(5)

    await fleet.run(fleet.bus.request(second.owner, lost[0], 1))

    assert (second.came("store"), second.came("memory")) == (1, 0)
    assert await fleet.run(second.ask(GAME, ONE)) == Acknowledged(6)


async def test_a_session_of_a_game_that_the_target_has_not_costs_the_others_nothing(fleet: Fleet, logged: Log) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 2)
    lost = lose_takes(first)
    await first.give(second, *games)
    message = node_messages.decode(lost[0])
    assert isinstance(message, Take)
    strange, known = message.sessions
    strange = msgspec.structs.replace(strange, kind=Kind("another"))

    await fleet.run(fleet.bus.request(second.owner, encoder.encode(Take((strange, known))), 1))

    assert second.came("memory") == 1
    assert [entry["game_id"] for entry in logged if entry["event"] == "handed_of_another_kind"] == [games[0]]


async def test_a_node_that_stops_takes_nothing(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 1)
    await open_game(second.host)
    lost = lose_takes(first)
    await first.give(second, *games)
    second.line.troubles["commit"].append(Trouble.STUCK)
    asking = start(second.host.post(GAME, ONE))
    await loop_passes()
    stopping = start(second.stop())
    await loop_passes()

    answer = replies.decode(await fleet.run(fleet.bus.request(second.owner, lost[0], 1)))

    assert isinstance(answer, Failed) and answer.kind == "not_running"
    assert second.came("memory") == 0
    second.line.unstick()
    await fleet.until(lambda: stopping.done() and asking.done())
