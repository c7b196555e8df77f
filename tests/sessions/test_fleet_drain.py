"""A node leaves: its sessions go to nodes that stay, and nobody who plays them is refused or answered twice."""

from collections import Counter

import pytest

from minotaur.sessions.bounds import HANDOFF_STILL_S, TAKE_WITHIN_S
from minotaur.sessions.faults import Moved
from minotaur.sessions.ids import GameId
from minotaur.sessions.records import Acknowledged
from tests.kit.faulty_store import Trouble
from tests.kit.fleet import GATEWAY, ONE, Fleet, FleetNode, is_take, total
from tests.kit.hand_clock import loop_passes, start
from tests.kit.hosting import ADA, BEN, GAME, HERE, open_game
from tests.kit.tally import Add, Break, Call, Delayed, Nod, Opened


async def test_every_session_goes_to_another_node_and_none_is_read_from_the_store(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    games = await fleet.open_games(first, 120)
    loads = second.line.called["load"] + third.line.called["load"]

    moved = await first.leave()

    assert moved == 120
    assert second.held + third.held == 120
    assert min(second.held, third.held) >= 40
    assert second.came("memory") + third.came("memory") == 120
    assert second.line.called["load"] + third.line.called["load"] == loads
    for game in games[::10]:
        assert await fleet.run(third.ask(game, ONE)) == Acknowledged(5)


async def test_a_session_is_handed_over_as_it_stands(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await fleet.pass_s(10)
    answer = await second.ask(GAME, ONE, ADA, "c1")
    refusal = await second.ask(GAME, Add(BEN, HERE, -1), BEN, "c2")
    before = await first.host.look(GAME)

    await first.leave()

    assert await second.host.look(GAME) == before
    assert await second.host.post(GAME, ONE, player_id=ADA, command_id="c1") == answer
    assert await second.host.post(GAME, ONE, player_id=BEN, command_id="c2") == refusal
    assert not any(isinstance(entry.event, Delayed) for entry in await fleet.journal())
    await fleet.pass_s(19.9)
    assert (await second.host.look(GAME)).state.round == 1
    await fleet.pass_s(0.1)
    assert (await second.host.look(GAME)).state.round == 2


async def test_a_snapshot_is_due_at_the_next_owner_when_it_would_have_been(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    for _ in range(200):
        await first.host.post(GAME, ONE)
    await first.leave()

    for _ in range(100):
        await second.host.post(GAME, ONE)

    assert (await fleet.stored()).snapshot_seq > 200


# --- where they go -----------------------------------------------------------------------------------------------


async def test_older_releases_are_given_nothing(fleet: Fleet) -> None:
    leaving = await fleet.begin("leaving", "1.9.0")
    older = await fleet.begin("older", "1.8.0")
    newer = await fleet.begin("newer", "1.10.0")
    same = await fleet.begin("same", "1.9.0")
    await fleet.pass_s(1.1)
    await fleet.open_games(leaving, 10)

    assert await leaving.leave() == 10

    assert (newer.held, same.held, older.held) == (10, 0, 0)


async def test_where_only_older_releases_are_left_nothing_is_handed_over(fleet: Fleet) -> None:
    leaving = await fleet.begin("leaving", "1.9.0")
    older = await fleet.begin("older", "1.8.0")
    await fleet.pass_s(1.1)
    await fleet.open_games(leaving, 3)

    assert await fleet.run(leaving.host.drain()) == 0

    assert (leaving.held, older.held) == (3, 0)


async def test_nodes_that_drain_or_start_or_only_hold_sockets_are_given_nothing(fleet: Fleet) -> None:
    leaving, draining, target = await fleet.begin_all("leaving", "draining", "target")
    starting = await fleet.begin("starting", ready=False)
    gateway = await fleet.begin("gateway", roles=GATEWAY)
    await fleet.pass_s(1.1)
    await fleet.open_games(leaving, 10)
    await fleet.run(draining.host.drain())

    assert await leaving.leave() == 10

    assert [node.held for node in (target, draining, starting, gateway)] == [10, 0, 0, 0]


async def test_the_least_loaded_are_given_most(fleet: Fleet) -> None:
    leaving, light, heavy = await fleet.begin_all("leaving", "light", "heavy")
    await fleet.open_games(leaving, 60)
    await fleet.open_games(heavy, 40, 60)
    await fleet.pass_s(1.1)

    await leaving.leave()

    assert (light.held, heavy.held) == (50, 50)


async def test_two_that_drain_at_once_give_nothing_to_each_other(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await fleet.open_games(first, 20)
    await fleet.open_games(second, 20, 20)

    draining = [start(node.host.drain()) for node in (first, second)]
    await fleet.until(lambda: all(each.done() for each in draining))

    assert sum([await each for each in draining]) == 40
    assert [node.held for node in (first, second, third)] == [0, 0, 40]
    assert third.came("memory") == 40


async def test_an_operators_drain_is_passed_on(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)

    await fleet.store.ask_drain("a")  # type: ignore[arg-type]
    await fleet.until(first.host.drain_asked.is_set)

    assert not first.host.takes_in
    assert await first.leave() == 1
    assert second.held == 1


async def test_a_draining_node_makes_no_new_sessions(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.run(first.host.drain())

    with pytest.raises(Moved):
        await first.host.create(GAME, "X", [Opened(9)])
    await fleet.run(first.make(GAME))

    assert await fleet.owner_of() == second.owner


# --- what players notice -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("every_passes", [1, 2, 5])
async def test_commands_posted_meanwhile_are_all_answered_once(fleet: Fleet, every_passes: int) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    games = await fleet.open_games(first, 60)
    draining = start(first.host.drain())
    asked = list[tuple[GameId, Acknowledged]]()

    async def play(node: FleetNode, number: int) -> None:
        game = games[number % 60]
        answer = await node.ask(game, ONE, ADA, f"c{number}")
        assert answer == await node.ask(game, ONE, ADA, f"c{number}")
        assert isinstance(answer, Acknowledged)
        asked.append((game, answer))

    playing = list[object]()
    for number in range(180):
        playing.append(start(play((first, second, third)[number % 3], number)))
        await loop_passes(every_passes)
    took_s = await fleet.until(lambda: draining.done() and all(each.done() for each in playing))  # type: ignore[attr-defined]

    assert await draining == 60
    assert len(asked) == len(set(asked)) == 180
    assert sum([total(await fleet.journal(game)) for game in games]) == 180
    assert took_s <= 0.25


async def test_commands_that_wait_while_a_session_is_handed_over_go_with_their_players(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["transfer"].append(Trouble.STUCK)
    draining = start(first.host.drain())
    await loop_passes()
    asking = [start(node.ask(GAME, ONE, ADA, f"c{number}")) for number, node in enumerate((first, second))]
    await fleet.pass_s(0.1)
    assert not any(each.done() for each in asking)

    first.line.unstick()
    took_s = await fleet.until(lambda: all(each.done() for each in asking))

    assert sorted([(await each).seq for each in asking]) == [5, 6]  # type: ignore[union-attr]
    assert took_s <= 0.1
    assert await draining == 1


async def test_who_watches_is_told_that_it_moved_after_all_that_was_committed_here(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first)
    first.line.troubles["commit"].append(Trouble.HELD_BACK)
    posting = start(first.host.post(GAME, ONE))
    await loop_passes()
    leaving = start(first.host.drain())
    await fleet.pass_s(0.2)
    assert (told.seqs, told.ended, second.held) == ([], [], 0)

    first.line.unstick()
    await fleet.until(leaving.done)

    assert await posting == Acknowledged(5)
    assert (told.seqs, told.ended) == ([5], ["moved"])
    assert (await second.host.look(GAME)).seq == 5


async def test_a_rolling_deploy_moves_each_session_once(fleet: Fleet) -> None:
    nodes = await fleet.begin_all("a", "b", "c")
    games = list[GameId]()
    for number, node in enumerate(nodes):
        games += await fleet.open_games(node, 12, 12 * number)

    fresh = [await fleet.begin("d", "1.1.0")]
    await fleet.pass_s(1.1)
    for name, node in zip(("e", "f", ""), nodes, strict=True):
        assert await node.leave() == 12
        if name:
            fresh.append(await fleet.begin(name, "1.1.0"))
            await fleet.pass_s(1.1)

    assert {(await fleet.stored(game)).epoch for game in games} == {2}
    assert sum(node.held for node in fresh) == 36
    assert sum(node.came("memory") for node in fresh) == 36


async def test_a_session_that_closes_while_it_is_drained_is_readable_elsewhere(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["commit"].append(Trouble.HELD_BACK)
    closing = start(first.host.post(GAME, Call()))
    await loop_passes()
    leaving = start(first.leave())
    await loop_passes()
    first.line.unstick()
    await fleet.until(leaving.done)

    assert isinstance(await closing, Acknowledged)
    assert (await fleet.run(second.see(GAME))).state.status == "concluded"


# --- what may go wrong -------------------------------------------------------------------------------------------


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
    assert await fleet.run(first.host.drain()) == 2
    await fleet.store.declare_dead(first.owner)  # so it may be given sessions again
    first.host._running.node.draining = False  # type: ignore[union-attr]
    await fleet.until(lambda: first.owner == "a.2")
    await fleet.pass_s(1.1)
    second.bus.loses_request = is_take
    second.bus.loses_message = lambda _channel, _feed: True

    assert await second.leave() == 2
    took_s = await fleet.until(lambda: first.held == 2)

    assert took_s <= 3
    assert await first.host.post(games[0], ONE) == Acknowledged(5)


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
    first.line.troubles["nodes"].append(Trouble.HELD_BACK)
    leaving = start(first.leave())
    await loop_passes()

    third.line.refused = {"declare_dead", "claim"}
    await second.kill()
    await fleet.store.declare_dead("b.1")  # type: ignore[arg-type]
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
    assert total(await fleet.journal()) == 2


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

    assert total(await fleet.journal()) == 6
    assert Counter(type(entry.event) for entry in await fleet.journal())[Delayed] == 0
