"""A node leaves: its sessions go to nodes that stay, and nobody who plays them is refused or answered twice."""

import pytest

from clew.sessions.faults import Moved
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import GATEWAY, ONE, Fleet, FleetNode, total
from tests.kit.hosting import ADA, BEN, GAME, HERE, TALLY, open_game
from tests.kit.tally import Add, Call, Delayed, Opened


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
    assert not any(isinstance(entry.event, Delayed) for entry in await fleet.journal(GAME))
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

    assert (await fleet.stored(GAME)).snapshot_seq > 200


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

    await fleet.store.nodes.ask_drain("a")  # type: ignore[arg-type]
    await fleet.until(first.host.drain_asked.is_set)

    assert not first.host.takes_in
    assert await first.leave() == 1
    assert second.held == 1


async def test_a_draining_node_makes_no_new_sessions(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.run(first.host.drain())

    with pytest.raises(Moved):
        await first.host.create(TALLY, GAME, "X", [Opened(9)])
    await fleet.run(first.make(GAME))

    assert await fleet.owner_of(GAME) == second.owner


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
    told = await fleet.watch(first, GAME)
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
