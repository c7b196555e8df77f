"""Two games on one cluster, whose nodes have one of them or both: each session is where its game is."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from clew.sessions.bounds import REBALANCE_CALM_BEATS
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Waits
from clew.sessions.games import GameKind
from clew.sessions.ids import GameId, Kind, NodeId, Owner
from clew.sessions.kinds import Reads
from clew.sessions.node_records import NodeRow
from clew.sessions.records import Acknowledged
from tests.kit.fleet import GATEWAY, ONE, Fleet, FleetNode
from tests.kit.hosting import GAME, TALLY, open_game, tally
from tests.kit.relay import RELAY, Pass, Started, relay

AnyGames = list[GameKind[Any, Any, Any]]
BOTH: AnyGames = [tally(), relay()]
RUNS = [GameId(f"run-{number}") for number in range(3)]


async def open_runs(fleet: Fleet, node: FleetNode, count: int = 3) -> list[GameId]:
    """Relays at this node."""
    host: Any = node.host
    games = [GameId(f"run-{number}") for number in range(count)]
    for game in games:
        await fleet.run(host.create(RELAY, game, f"code-{game}", [Started(90, fleet.clock.now())]))
    return games


async def owners(fleet: Fleet, games: list[GameId]) -> set[Owner | None]:
    return {await fleet.owner_of(game) for game in games}


async def test_sessions_of_both_games_go_over_in_memory_and_play_on(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", games=BOTH)
    tallies, runs = await fleet.open_games(first, 3), await open_runs(fleet, first)
    told = await fleet.watch(first, tallies[0])

    assert await first.leave() == 6

    assert await owners(fleet, tallies + runs) == {second.owner}
    assert second.came("memory") == 6
    host: Any = second.host
    for run in runs:
        assert isinstance(await fleet.run(host.post(run, Pass())), Acknowledged)
    assert isinstance(await fleet.run(second.ask(tallies[0], ONE)), Acknowledged)
    assert told.ended == ["moved"]


async def test_who_leaves_hands_each_session_to_a_node_that_has_its_game(fleet: Fleet) -> None:
    first = await fleet.begin("a", games=BOTH)
    tallies, runs = await fleet.open_games(first, 3), await open_runs(fleet, first)
    (one,) = await fleet.begin_all("b", games=[tally()])
    (other,) = await fleet.begin_all("c", games=[relay()])

    assert await first.leave() == 6

    assert await owners(fleet, tallies) == {one.owner}
    assert await owners(fleet, runs) == {other.owner}
    assert (one.came("memory"), other.came("memory")) == (3, 3)


async def test_who_has_more_of_a_game_than_its_share_is_given_none_because_others_do_not_have_it(fleet: Fleet) -> None:
    first = await fleet.begin("a", games=[tally()], rebalance=True)
    await fleet.begin("b", games=[relay()], rebalance=True)
    third = await fleet.begin("c", games=[tally()], rebalance=True)
    await fleet.open_games(first, 62)
    await fleet.open_games(third, 58, 100)

    await fleet.pass_s(2 * REBALANCE_CALM_BEATS)

    assert (first.held, third.held) == (62, 58)


async def test_what_no_other_node_has_is_let_go_of_while_the_rest_is_handed_over_and_waits_untouched(
    fleet: Fleet, logged: list[MutableMapping[str, Any]]
) -> None:
    first = await fleet.begin("a", games=BOTH)
    runs, tallies = await open_runs(fleet, first), await fleet.open_games(first, 3)
    (one,) = await fleet.begin_all("b", games=[tally()])

    assert await first.leave() == 3
    stored = [await fleet.stored(run) for run in runs]
    await fleet.pass_s(30)

    assert await owners(fleet, tallies) == {one.owner}
    assert await owners(fleet, runs) == {None}
    assert [(row.state, row.epoch, row.seq, row.game_status) for row in [await fleet.stored(run) for run in runs]] == [
        (row.state, row.epoch, row.seq, "active") for row in stored
    ]
    told = [line for line in logged if line["event"] == "sessions_wait_for_a_node_with_their_game"]
    assert [(line["kind"], line["sessions"]) for line in told] == [(RELAY, 3)]
    with pytest.raises(Waits):
        await fleet.run(one.see(runs[0]))

    (heir,) = await fleet.begin_all("c", games=[relay()])
    assert await owners(fleet, runs) == {heir.owner}
    host: Any = heir.host
    assert isinstance(await fleet.run(host.post(runs[0], Pass())), Acknowledged)


async def test_of_a_dead_node_each_takes_the_sessions_of_its_own_game(
    fleet: Fleet, logged: list[MutableMapping[str, Any]]
) -> None:
    first = await fleet.begin("a", games=BOTH)
    tallies, runs = await fleet.open_games(first, 3), await open_runs(fleet, first)
    one, other = await fleet.begin_all("b", games=[tally()]) + await fleet.begin_all("c", games=[relay()])

    await first.kill()
    await fleet.pass_s(30)

    assert await owners(fleet, tallies) == {one.owner}
    assert await owners(fleet, runs) == {other.owner}
    assert {(await fleet.stored(game)).game_status for game in tallies + runs} == {"active"}
    assert not [line for line in logged if line["event"] == "sessions_wait_for_a_node_with_their_game"]


async def test_a_newcomer_is_given_its_share_of_what_it_can_play(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", games=BOTH, rebalance=True)
    tallies, runs = await fleet.open_games(first, 60), await open_runs(fleet, first, 60)
    (second,) = await fleet.begin_all("b", games=[relay()], rebalance=True)

    await fleet.pass_s(REBALANCE_CALM_BEATS + 20)

    assert second.held >= 50
    assert await owners(fleet, tallies) == {first.owner}
    assert [await fleet.owner_of(run) for run in runs].count(second.owner) == second.held


async def test_a_newcomer_is_given_nothing_where_it_has_another_game(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", games=[tally()], rebalance=True)
    await fleet.open_games(first, 60)
    (second,) = await fleet.begin_all("b", games=[relay()], rebalance=True)

    await fleet.pass_s(REBALANCE_CALM_BEATS + 20)

    assert (first.held, second.held) == (60, 0)


async def test_a_new_session_is_made_where_its_game_is_and_a_question_finds_it(fleet: Fleet) -> None:
    one, other = await fleet.begin_all("a", games=[tally()]) + await fleet.begin_all("b", games=[relay()])
    gate = await fleet.begin("c", roles=GATEWAY, games=[relay()])
    await fleet.pass_s(1.1)

    await fleet.run(other.make(GAME))
    await fleet.run(gate.make(GameId("second")))

    assert await owners(fleet, [GAME, GameId("second")]) == {one.owner}
    assert (await fleet.run(gate.see(GAME))).state.status == "lobby"


async def test_where_no_node_has_the_game_a_new_session_waits_for_one(fleet: Fleet) -> None:
    (only,) = await fleet.begin_all("a", games=[relay()])
    await fleet.begin_all("b", games=[relay()])

    with pytest.raises(Waits, match="no node there is has its game, tally"):
        await fleet.run(only.make(GAME))


async def test_what_is_closed_is_read_by_a_node_that_has_its_game(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", games=BOTH)
    (other,) = await fleet.begin_all("b", games=[relay()])
    await open_game(first.host, limit=1)
    await first.ask(GAME, ONE)

    assert (await fleet.run(other.see(GAME))).state.status == "concluded"


def test_nodes_with_different_games_are_of_one_release_and_those_that_read_them_otherwise_are_not() -> None:
    peers = Peers()

    def is_one(*reads: Reads) -> bool:
        peers.update([_row(number, read) for number, read in enumerate(reads)])
        return peers.all_one_release()

    assert is_one({TALLY: 1}, {RELAY: 2}, {TALLY: 1, RELAY: 2})
    assert not is_one({TALLY: 1}, {RELAY: 2}, {TALLY: 1, RELAY: 3})


@pytest.mark.parametrize(("kind", "heirs"), [(TALLY, ["n1", "n3"]), (RELAY, ["n2", "n3"]), (Kind("other"), [])])
def test_heirs_have_the_game_and_read_what_this_node_reads(kind: Kind, heirs: list[str]) -> None:
    peers = Peers()
    mine = {TALLY: 2, RELAY: 2}
    peers.update([_row(n, reads) for n, reads in enumerate([mine, {TALLY: 2}, {RELAY: 2, TALLY: 1}, mine])])

    assert [row.node_id for row in peers.targets(Owner("n0.1"), kind)] == heirs


def _row(number: int, reads: Reads) -> NodeRow:
    name = f"n{number}"
    return NodeRow(Owner(f"{name}.1"), NodeId(name), "", "1.0.0", reads, ("host",), True, True, False, 0, silent_ms=0)
