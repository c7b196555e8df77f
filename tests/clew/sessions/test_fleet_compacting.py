"""Journals of sessions that are long over are compacted: slowly, by one node, never while another release is about."""

from collections.abc import MutableMapping
from typing import Any, Final

import pytest
from prometheus_client import CollectorRegistry

from clew.sessions.bounds import COMPACT_BATCH, COMPACT_CALM_S, COMPACT_EVERY_S, COMPACT_IDLE_S, LEASE_TRUST_S
from clew.sessions.games import games_of
from clew.sessions.ids import GameId
from clew.sessions.metrics import Metrics
from clew.sessions.policy import Policy
from clew.sessions.records import Entry
from clew.testing.faults.damage import cut_out, put_in
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, Timekeeper
from clew.testing.hosts.life import HostLife, NodeOptions
from clew.testing.memory.store import MemoryStore
from tests.kit.fleet import GATEWAY, Fleet, FleetNode
from tests.kit.hosting import GAME, TALLY, Life, open_game, resume, tally
from tests.kit.relay import RELAY, Pass, Started, relay
from tests.kit.tally import Call, Event

DAY_MS: Final = 86_400_000
AFTER: Final = 7 * DAY_MS


async def over(fleet: Fleet, node: FleetNode, count: int, first: int = 0) -> list[GameId]:
    """Games that ended just now."""
    games = await fleet.open_games(node, count, first)
    for game in games:
        await fleet.run(node.ask(game, Call()))
    return games


async def journals(fleet: Fleet, games: list[GameId]) -> list[list[Entry[Event]]]:
    return [await fleet.journal(game) for game in games]


def compacted(*nodes: FleetNode) -> float:
    return sum(node.counted("clew_compacted_total", kind=TALLY) for node in nodes)


async def long_after(fleet: Fleet, clock: HandClock, days: int = 8) -> None:
    """Some days later, and calm for long enough."""
    clock.leap(days * DAY_MS)
    await fleet.pass_s(COMPACT_CALM_S + COMPACT_IDLE_S)


async def test_what_has_been_over_for_days_is_compacted_and_read_as_before(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    games = await over(fleet, node, 3)
    (open_game,) = await fleet.open_games(node, 1, 10)
    before = await journals(fleet, games)

    await long_after(fleet, clock)

    assert compacted(node) == 3
    assert node.counted("clew_compacted_bytes_total", kind=TALLY, when="before") > 0
    assert node.counted("clew_compacted_bytes_total", kind=TALLY, when="after") > 0
    assert await journals(fleet, games) == before
    assert await fleet.run(node.host.journal(games[0], 0, 100)) == before[0]
    assert (await fleet.stored(open_game)).game_status == "active"


async def test_what_ended_lately_is_left_as_it_is(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await over(fleet, node, 3)

    await long_after(fleet, clock, 6)

    assert compacted(node) == 0


async def test_without_the_setting_nothing_is_ever_compacted(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a")
    await over(fleet, node, 3)

    await long_after(fleet, clock, 1_000)

    assert compacted(node) == 0
    assert node.line.called["compactable"] == 0


async def test_of_several_nodes_the_first_by_name_does_it(fleet: Fleet, clock: HandClock) -> None:
    first, second = await fleet.begin_all("a", "b", compact_after_ms=AFTER)
    games = await over(fleet, second, 5)

    await long_after(fleet, clock)

    assert (compacted(first), second.line.called["compactable"]) == (len(games), 0)
    await first.kill()
    await over(fleet, second, 2, 10)
    await long_after(fleet, clock)
    assert compacted(second) == 2


async def test_many_are_compacted_a_batch_at_a_time(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await fleet.pass_s(COMPACT_CALM_S)
    await over(fleet, node, 2 * COMPACT_BATCH + 1)
    clock.leap(AFTER)

    await fleet.until(lambda: compacted(node) > 0)
    first = compacted(node)
    await fleet.pass_s(COMPACT_EVERY_S)
    second = compacted(node)
    await fleet.pass_s(COMPACT_EVERY_S)

    assert (first, second, compacted(node)) == (COMPACT_BATCH, 2 * COMPACT_BATCH, 2 * COMPACT_BATCH + 1)


async def test_a_round_that_takes_long_leaves_the_rest_for_the_next(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await fleet.pass_s(COMPACT_CALM_S)
    await over(fleet, node, 3)
    clock.leap(AFTER)
    node.line.troubles["compact"].extend([Trouble.STUCK])

    await fleet.until(lambda: node.line.called["compact"] > 0)
    await fleet.pass_s(0.5)
    node.line.unstick()
    await fleet.pass_s(0.1)

    assert compacted(node) == 1
    await fleet.pass_s(2 * COMPACT_IDLE_S)
    assert compacted(node) == 3


@pytest.mark.parametrize("roles", [("host", "gateway"), GATEWAY])
async def test_nothing_is_compacted_while_a_node_of_another_release_lives(
    fleet: Fleet, clock: HandClock, roles: tuple[str, ...]
) -> None:
    node = await fleet.begin("a", compact_after_ms=AFTER)
    other = await fleet.begin("z", release="0.9.0", roles=roles)
    await over(fleet, node, 3)

    await long_after(fleet, clock)
    assert compacted(node) == 0

    await other.stop()
    await fleet.pass_s(COMPACT_CALM_S - 2)
    assert compacted(node) == 0
    await fleet.pass_s(COMPACT_IDLE_S)
    assert compacted(node) == 3


async def test_nothing_is_compacted_beside_a_node_that_reads_less_whatever_its_label_says(
    fleet: Fleet, clock: HandClock
) -> None:
    node = await fleet.begin("a", compact_after_ms=AFTER, reads=2)
    await fleet.begin("z", roles=GATEWAY, reads=1)
    await over(fleet, node, 3)

    await long_after(fleet, clock)

    assert compacted(node) == 0


async def test_a_node_of_another_release_that_comes_stops_it(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await fleet.pass_s(COMPACT_CALM_S)
    await over(fleet, node, 3)
    await fleet.begin("z", release="0.9.0", ready=False)
    await fleet.pass_s(1.1)
    clock.leap(AFTER)

    await fleet.pass_s(COMPACT_CALM_S)

    assert compacted(node) == 0


async def test_a_node_that_drains_compacts_no_more(fleet: Fleet, clock: HandClock) -> None:
    first, second = await fleet.begin_all("a", "b", compact_after_ms=AFTER)
    await fleet.pass_s(COMPACT_CALM_S)
    await over(fleet, first, 2)
    await fleet.run(first.host.drain())
    clock.leap(AFTER)

    await fleet.pass_s(2 * COMPACT_IDLE_S)

    assert (compacted(first), compacted(second)) == (0, 2)


async def test_a_store_that_is_down_is_waited_for(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await over(fleet, node, 2)
    node.line.refused.add("compact")

    await long_after(fleet, clock)
    assert compacted(node) == 0
    assert node.counted("clew_store_faults_total", fault="compact") > 0

    node.line.refused.clear()
    await fleet.pass_s(2 * COMPACT_IDLE_S)
    assert compacted(node) == 2


async def test_a_journal_with_a_gap_is_named_once_and_left_as_it_is(
    fleet: Fleet, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    games = await over(fleet, node, 3)
    cut = cut_out(fleet.store, games[0])

    await long_after(fleet, clock)
    await fleet.pass_s(3 * COMPACT_IDLE_S)

    assert (compacted(node), node.counted("clew_not_compacted_total", kind=TALLY)) == (2, 1)
    told = [entry for entry in logged if entry["event"] == "session_not_compacted"]
    assert [(entry["game_id"], entry["reason"]) for entry in told] == [(games[0], "the journal has no entry 2")]
    put_in(fleet.store, games[0], cut)


async def test_a_session_that_breaks_the_store_does_not_hold_up_the_others(
    fleet: Fleet, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await over(fleet, node, COMPACT_BATCH + 2)
    node.faults.poison = GameId("g0")

    await long_after(fleet, clock)
    await fleet.pass_s(3 * COMPACT_IDLE_S)

    assert (compacted(node), node.counted("clew_not_compacted_total", kind=TALLY)) == (COMPACT_BATCH + 1, 1)
    assert [entry["game_id"] for entry in logged if entry["event"] == "session_not_compacted"] == ["g0"]


async def test_who_is_frozen_compacts_nothing(fleet: Fleet, clock: HandClock) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)
    await fleet.pass_s(COMPACT_CALM_S)
    await over(fleet, node, 2)
    node.line.refused.add("renew")
    await fleet.pass_s(LEASE_TRUST_S + 1)
    clock.leap(AFTER)

    await fleet.pass_s(2 * COMPACT_IDLE_S)
    assert compacted(node) == 0

    node.line.refused.clear()
    await fleet.pass_s(2 * COMPACT_IDLE_S)
    assert compacted(node) == 2


async def test_where_there_is_nothing_to_do_the_store_is_seldom_asked(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a", compact_after_ms=AFTER)

    await fleet.pass_s(COMPACT_CALM_S + 10 * COMPACT_IDLE_S)

    assert 9 <= node.line.called["compactable"] <= 11


async def test_a_server_that_is_alone_compacts_too(memory: MemoryStore, clock: HandClock) -> None:
    keeper = Timekeeper(clock)
    metrics = Metrics(CollectorRegistry())
    life: Life = HostLife(games_of(tally()), memory, clock, options=NodeOptions(policy=Policy(AFTER)), metrics=metrics)
    await keeper.run(life.up())
    host = life.host
    await keeper.run(resume(host))
    await keeper.run(open_game(host))
    await keeper.run(host.post(GAME, Call()))
    before = await keeper.run(host.journal(GAME, 0, 100))
    clock.leap(AFTER)

    await keeper.pass_s(COMPACT_CALM_S - 2)
    assert await memory.archives.compactable(TALLY, clock.now(), 10) == [GAME]
    await keeper.pass_s(COMPACT_IDLE_S)
    assert await memory.archives.compactable(TALLY, clock.now(), 10) == []

    assert await keeper.run(host.journal(GAME, 0, 100)) == before
    await keeper.run(life.stop())


async def test_the_journals_of_every_game_of_a_node_are_compacted_and_counted_as_its_own(
    fleet: Fleet, clock: HandClock
) -> None:
    (node,) = await fleet.begin_all("a", games=[tally(), relay()], compact_after_ms=AFTER)
    tallies = await over(fleet, node, 2)
    run = GameId("run")
    host: Any = node.host
    await fleet.run(host.create(RELAY, run, "code-run", [Started(1, clock.now())]))
    await fleet.run(host.post(run, Pass()))

    await long_after(fleet, clock)

    assert [node.counted("clew_compacted_total", kind=kind) for kind in (TALLY, RELAY)] == [2, 1]
    assert {*tallies, run} == set(await fleet.store.archives.compacted(None, 10))
