"""Handing over goes wrong, in every way it may: no session is lost, run twice, or left without an owner."""

import pytest

from clew.sessions.bounds import HANDOFF_STILL_S, TAKE_WITHIN_S
from clew.sessions.faults import Moved
from clew.sessions.records import Acknowledged
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet, total
from tests.kit.hosting import ADA, BEN, GAME, TALLY, open_game, tally_reads
from tests.kit.tally import Break, Call, Delayed, Nod, Opened


async def test_a_message_that_is_lost_is_made_up_for_by_the_store(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.host.post(GAME, ONE, player_id=ADA, command_id="c1")
    first.bus.loses_request = is_take

    assert await first.leave() == 1
    asked = await fleet.run(second.ask(GAME, ONE, ADA, "c1"))

    assert asked == Acknowledged(5)
    assert (second.came("memory"), second.came("store")) == (0, 1)


async def test_a_target_that_was_told_nothing_reads_the_store_within_two_beats(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 3)
    first.bus.loses_request = is_take
    first.bus.loses_message = lambda _channel, _feed: True

    assert await first.leave() == 3
    took_s = await fleet.until(lambda: second.held == 3)

    assert took_s <= 3
    await fleet.pass_s(31)
    for game in games:
        assert (await second.host.look(game)).state.round == 2


async def test_a_session_that_came_back_unannounced_is_noticed_though_it_was_given_away_just_now(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 2)
    assert await first.give(second, *games) == 2
    second.bus.loses_request = is_take
    second.bus.loses_message = lambda _channel, _feed: True

    assert await second.leave() == 2
    took_s = await fleet.until(lambda: first.held == 2)

    assert took_s <= 3
    assert await first.host.post(games[0], ONE) == Acknowledged(5)


async def test_two_nodes_that_point_at_each_other_are_not_asked_without_a_pause(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await first.give(second, GAME)
    second.bus.loses_request = is_take
    second.bus.loses_message = lambda _channel, _feed: True
    await second.give(first, GAME)
    asked = first.handler.asked + second.handler.asked

    answer = await fleet.run(third.ask(GAME, ONE))

    assert answer == Acknowledged(5)
    assert first.handler.asked + second.handler.asked - asked < 50


async def test_a_lost_answer_is_no_lost_message(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.bus.loses_answer = is_take

    leaving = start(first.leave())
    await fleet.pass_s(0.1)
    assert isinstance(await fleet.run(second.ask(GAME, ONE, ADA, "c1")), Acknowledged)
    took_s = await fleet.until(leaving.done)

    assert took_s <= TAKE_WITHIN_S + 0.1
    assert (await leaving, second.came("memory"), second.came("store")) == (1, 1, 0)


async def test_news_of_the_new_owner_is_faster_than_the_old_ones_patience(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await third.ask(GAME, ONE)
    first.bus.loses_answer = is_take
    giving = start(first.give(second, GAME))
    await loop_passes(1)

    asking = start(third.ask(GAME, ONE))
    took_s = await fleet.until(asking.done)

    assert took_s <= 0.1
    assert await asking == Acknowledged(6)
    await fleet.until(giving.done)


async def test_a_giver_whose_message_was_lost_tells_the_new_owner_that_it_is_one(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await first.give(second, GAME)
    second.bus.loses_request = is_take
    await second.give(first, GAME)

    asking = start(third.ask(GAME, ONE))
    took_s = await fleet.until(asking.done)

    assert await asking == Acknowledged(5)
    assert took_s <= 0.1


async def test_after_a_transfer_of_unknown_outcome_nobody_is_told_what_may_be_old(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    first.line.troubles["transfer"].append(Trouble.LANDED)

    assert await first.give(second, GAME) == 0
    assert await fleet.until(lambda: told.ended == ["moved"]) <= 0.2
    assert await fleet.run(second.ask(GAME, ONE)) == Acknowledged(5)

    with pytest.raises(Moved):
        await first.host.look(GAME)
    assert (await fleet.run(first.see(GAME))).state.total == 1


@pytest.mark.parametrize("trouble", [Trouble.LANDED, Trouble.LOST])
async def test_a_transfer_of_unknown_outcome_ends_well_both_ways(fleet: Fleet, trouble: Trouble) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 3)
    first.line.troubles["transfer"].append(trouble)

    await first.leave()

    for game in games:
        assert isinstance(await fleet.run(second.ask(game, ONE)), Acknowledged)
    assert second.held == 3
    credited = [entry for game in games for entry in await fleet.journal(game) if isinstance(entry.event, Delayed)]
    assert credited == []


@pytest.mark.parametrize("times", [1, 3])
async def test_a_store_that_is_busy_for_a_while_only_delays_the_drain(fleet: Fleet, times: int) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.open_games(first, 5)
    first.line.troubles["transfer"].extend([Trouble.BUSY] * times)

    assert await first.leave() == 5

    assert (second.held, second.came("memory")) == (5, 5)


async def test_a_target_that_died_is_replaced_by_another(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await fleet.open_games(third, 30, 100)
    await fleet.pass_s(1.1)
    await fleet.open_games(first, 5)
    first.line.troubles["rows"].append(Trouble.HELD_BACK)
    leaving = start(first.leave())
    await loop_passes()

    third.line.refused = {"declare_dead", "claim"}
    await second.kill()
    await fleet.store.nodes.declare_dead("b.1")  # type: ignore[arg-type]
    first.line.unstick()
    await fleet.until(leaving.done)

    assert await leaving == 5
    assert third.held == 35


async def test_a_target_that_dies_between_transfer_and_message_is_inherited_from(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await fleet.open_games(third, 30, 100)
    await fleet.pass_s(1.1)
    games = await fleet.open_games(first, 3)
    first.line.troubles["transfer"].append(Trouble.HELD_BACK)
    leaving = start(first.leave())
    await loop_passes(60)
    assert await fleet.owner_of(games[0]) == second.owner

    await second.kill()
    first.line.unstick()
    asked = [await fleet.run(third.ask(game, ONE, ADA, "c1")) for game in games]
    await fleet.until(leaving.done)

    assert all(isinstance(each, Acknowledged) for each in asked)
    assert [await fleet.owner_of(game) for game in games] == ["c.1"] * 3


async def test_a_node_that_dies_after_the_transfer_leaves_nothing_behind(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 3)
    first.line.troubles["transfer"].append(Trouble.HELD_BACK)
    start(first.host.drain())
    await loop_passes(60)

    await first.kill()
    took_s = await fleet.until(lambda: second.held == 3)

    assert took_s <= 3
    for game in games:
        assert await fleet.run(second.ask(game, ONE)) == Acknowledged(5)


async def test_the_last_node_lets_go_and_the_next_one_credits_the_time(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a")
    games = await fleet.open_games(first, 3)

    assert await first.leave() == 0
    assert [(await fleet.stored(game)).owner for game in games] == [None] * 3
    await fleet.pass_s(50)
    back = await fleet.begin("a")

    assert back.held == 3
    for game in games:
        credited = [entry.event.ms for entry in await fleet.journal(game) if isinstance(entry.event, Delayed)]
        assert len(credited) == 1
        assert 50_000 <= credited[0] <= 50_100


async def test_a_session_whose_commit_hangs_is_left_and_does_not_hold_up_the_others(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 5)
    first.line.troubles["commit"].append(Trouble.STUCK)
    asking = start(second.ask(games[0], ONE, ADA, "c1"))
    await loop_passes()

    draining = start(first.host.drain())
    took_s = await fleet.until(lambda: second.held == 4)
    assert took_s <= HANDOFF_STILL_S + 0.2
    first.line.unstick()
    await fleet.until(lambda: draining.done() and asking.done())
    await first.stop()

    assert isinstance(await asking, Acknowledged)
    assert isinstance(await fleet.run(second.ask(games[0], ONE)), Acknowledged)
    assert total(await fleet.journal(games[0])) == 2


async def test_a_session_that_crashes_while_its_node_drains_is_not_lost(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 3)
    crashing = start(first.host.post(games[0], Break("decide")))
    await loop_passes()

    await first.leave()

    assert crashing.exception() is not None
    for game in games:
        assert isinstance(await fleet.run(second.ask(game, ONE)), Acknowledged)


async def test_a_node_that_stops_with_sessions_in_hand_refuses_nobody(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["commit"].append(Trouble.STUCK)
    waiting = start(second.ask(GAME, ONE, ADA, "c1"))
    await loop_passes()

    stopping = start(first.stop())
    await fleet.pass_s(1)
    late = start(second.ask(GAME, ONE, BEN, "c2"))
    await fleet.until(lambda: stopping.done() and waiting.done() and late.done())

    assert isinstance(await waiting, Acknowledged) and isinstance(await late, Acknowledged)
    assert total(await fleet.journal(GAME)) == 2


async def test_drained_twice_at_once_each_session_goes_once(fleet: Fleet) -> None:
    first, _, third = await fleet.begin_all("a", "b", "c")
    games = await fleet.open_games(first, 20)

    draining = [start(first.host.drain()) for _ in range(2)]
    await fleet.until(lambda: all(each.done() for each in draining))

    assert sum([await each for each in draining]) == 20
    assert {(await fleet.stored(game)).epoch for game in games} == {2}
    for game in games:
        assert await fleet.run(third.ask(game, ONE)) == Acknowledged(5)


async def test_a_message_that_comes_much_too_late_brings_nothing_back(fleet: Fleet) -> None:
    """The target read the store, and the session has closed there, when the message arrives at last."""
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    taken = list[bytes]()
    first.bus.loses_request = lambda body: is_take(body) and not taken.append(body)
    await first.leave()
    assert await fleet.run(second.ask(GAME, ONE)) == Acknowledged(5)
    await second.host.post(GAME, Call())

    await fleet.run(fleet.bus.request(second.owner, taken[0], 1))

    assert (await second.host.look(GAME)).state.status == "concluded"
    assert second.held == 0


async def test_nodding_and_adding_go_on_through_many_moves(fleet: Fleet) -> None:
    nodes = {node.name: node for node in await fleet.begin_all("a", "b")}
    await open_game(nodes["a"].host)
    names = ["a", "b"]
    for number in range(6):
        old, stays = nodes[names[0]], nodes[names[1]]
        asking = [start(stays.ask(GAME, command, ADA, f"{number}-{command!r}")) for command in (ONE, Nod())]
        assert await old.leave() == 1
        await fleet.until(lambda asking=asking: all(each.done() for each in asking))
        fresh = f"n{number}"
        nodes[fresh] = await fleet.begin(fresh)
        await fleet.pass_s(1.1)
        names = [names[1], fresh]

    assert total(await fleet.journal(GAME)) == 6
    assert not any(isinstance(entry.event, Delayed) for entry in await fleet.journal(GAME))


async def test_a_session_that_is_lost_while_it_is_read_is_not_run_at_its_new_owners_epoch(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    first.bus.loses_request = is_take
    second.line.refused, third.line.refused = {"held_by"}, {"claim"}
    second.line.troubles["holding"].append(Trouble.HELD_BACK)
    await first.give(second, GAME)
    asking = start(second.host.post(GAME, ONE))
    await fleet.until(lambda: second.line.called["holding"] == 1)
    await fleet.store.nodes.declare_dead(second.owner)
    assert len(await fleet.store.ownership.claim(first.owner, tally_reads(1), 10)) == 1

    second.line.unstick()
    await fleet.until(asking.done)

    assert isinstance(asking.exception(), Moved)
    assert second.held == 0
    assert await fleet.owner_of(GAME) == first.owner


async def test_a_session_an_operator_took_away_is_noticed_though_nobody_asks_for_it(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.run(first.host.create(TALLY, GAME, "X", [Opened(9)]))  # a lobby: no deadline will find it out
    told = await fleet.watch(first, GAME)
    first.line.refused = {"claim"}

    await fleet.store.ownership.put_back(GAME)
    await fleet.until(lambda: second.held == 1)
    first.line.refused = set()
    took_s = await fleet.until(lambda: told.ended == ["moved"])

    assert took_s <= 3
    assert (first.held, second.held) == (0, 1)
