"""What is left over when sessions are handed on: late messages, bytes that can't be read, orders that came too late."""

from collections.abc import MutableMapping
from typing import Any

import msgspec
import pytest

from clew.sessions.bounds import HANDOFF_BATCH, HANDOFF_STILL_S
from clew.sessions.cluster.messages import Take, encoder, node_messages
from clew.sessions.records import Acknowledged, RowVersion
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet
from tests.kit.hosting import GAME, open_game
from tests.kit.tally import Call, Tally, TallyCodec


async def test_a_state_that_cannot_be_written_is_read_from_the_store_by_its_new_owner(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch, logged: list[MutableMapping[str, Any]]
) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 2)
    monkeypatch.setattr(TallyCodec, "encode_state", _cannot_encode)

    moved = await first.give(second, *games)
    monkeypatch.undo()
    answers = [await fleet.run(second.ask(game, ONE)) for game in games]

    assert moved == 2
    assert answers == [Acknowledged(5)] * 2
    assert (second.came("memory"), second.came("store")) == (0, 2)
    assert [entry["game_id"] for entry in logged if entry["event"] == "state_not_written"] == games


async def test_a_handed_state_that_cannot_be_read_costs_only_its_own_session_a_reading_of_the_store(
    fleet: Fleet, logged: list[MutableMapping[str, Any]]
) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 2)
    taken = list[bytes]()
    first.bus.loses_request = lambda body: is_take(body) and not taken.append(body)
    first.bus.loses_message = lambda _channel, _feed: True
    assert await first.give(second, *games) == 2
    message = node_messages.decode(taken[0])
    assert isinstance(message, Take)
    spoiled, whole = message.sessions
    spoiled = msgspec.structs.replace(spoiled, state=b"spoiled")

    await fleet.run(fleet.bus.request(second.owner, encoder.encode(Take((spoiled, whole))), 1))

    assert (second.held, second.came("memory")) == (1, 1)
    assert [entry["game_id"] for entry in logged if entry["event"] == "handed_unreadable"] == [games[0]]
    assert await fleet.run(second.ask(games[0], ONE)) == Acknowledged(5)


async def test_a_message_that_comes_twice_brings_nothing_back(fleet: Fleet) -> None:
    """At the very epoch at which the session was taken, played, and closed."""
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    taken = list[bytes]()
    first.bus.loses_answer = lambda body: is_take(body) and not taken.append(body)
    await first.give(second, GAME)
    await second.host.post(GAME, Call())
    assert (second.held, second.came("memory")) == (0, 1)

    await fleet.run(fleet.bus.request(second.owner, taken[0], 1))

    assert (second.held, second.came("memory")) == (0, 1)


async def test_what_could_not_go_is_tried_again_after_all_others(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, HANDOFF_BATCH + 10)
    first.line.troubles["commit"].append(Trouble.STUCK)
    asking = start(first.host.post(games[0], ONE))
    await loop_passes()

    draining = start(first.host.drain())
    took_s = await fleet.until(lambda: second.held == len(games) - 1)

    assert took_s <= HANDOFF_STILL_S + 0.5, "nobody waits for a second try of the one in trouble"
    first.line.unstick()
    await fleet.until(lambda: draining.done() and asking.done())


async def test_a_session_that_could_not_stand_still_in_time_plays_on_where_it_is(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["commit"].append(Trouble.STUCK)
    asking = start(first.host.post(GAME, ONE))
    await loop_passes()

    moved = await first.give(second, GAME)
    first.line.unstick()
    await fleet.until(asking.done)

    assert moved == 0
    assert await asking == Acknowledged(5)
    again = start(first.host.post(GAME, ONE))
    assert await fleet.until(again.done) < 1
    assert isinstance(await again, Acknowledged), "behind the credit for the store that hung"


async def test_a_session_that_was_taken_from_its_giver_is_not_left_standing(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 2)
    told = await fleet.watch(first, games[0])
    first.line.refused = second.line.refused = {"held_by"}
    await fleet.store.ownership.transfer(first.owner, second.owner, [RowVersion(games[0], 1, 4)])

    moved = await first.give(second, *games)

    assert moved == 1
    assert await fleet.until(lambda: told.ended == ["moved"]) <= 1
    assert first.held == 0


async def test_a_session_that_is_on_its_way_is_not_looked_for(fleet: Fleet) -> None:
    """The target's row counts it before its message has come: only a difference that lasts is one."""
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["transfer"].append(Trouble.HELD_BACK)
    giving = start(first.give(second, GAME))
    await loop_passes()
    assert await fleet.owner_of(GAME) == second.owner

    beats = second.line.called["renew"]
    await fleet.until(lambda: second.line.called["renew"] > beats)
    await loop_passes()
    first.line.unstick()
    await fleet.until(giving.done)
    await fleet.pass_s(3)

    assert (second.came("memory"), second.came("store")) == (1, 0)
    assert second.line.called["held_by"] == 0


async def test_after_some_could_not_go_the_next_target_is_chosen_by_what_the_store_says_then(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    games = await fleet.open_games(first, 4)
    await fleet.open_games(third, 30, 100)
    await fleet.pass_s(1.1)
    first.line.troubles["transfer"].append(Trouble.LOST)
    second.line.refused = third.line.refused = {"declare_dead", "claim"}
    draining = start(first.host.drain())
    await loop_passes()

    await fleet.store.nodes.retire(second.owner)
    await fleet.until(draining.done)

    assert await draining == 4
    assert first.line.called["transfer"] == 3, "two batches, and the one that was lost: none more went to the dead"
    assert {await fleet.owner_of(game) for game in games} == {third.owner}


async def test_a_round_ends_in_time_where_it_was_handed_to_in_the_middle(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.give(second, GAME)

    await fleet.pass_s(31)

    assert (await second.host.look(GAME)).state.round == 2


def _cannot_encode(_codec: TallyCodec, _state: Tally) -> bytes:
    raise ArithmeticError("this state can't be written")
