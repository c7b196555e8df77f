"""A store that comes back older than it was: every host notices, says so, and goes on from what there is."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from clew.sessions.faults import NoSuchSession
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from tests.kit.fleet import ONE, Fleet, FleetNode, total
from tests.kit.hosting import ADA, GAME, Told, open_game
from tests.kit.older_store import Backup
from tests.kit.tally import Call, Command

NOTICED_WITHIN_S = 2.5
"""A beat, the look after it, and what the hand that moves the clock adds. The promise is 5 s."""

Log = list[MutableMapping[str, Any]]


async def played(fleet: Fleet, node: FleetNode, times: int) -> None:
    for _ in range(times):
        assert isinstance(await fleet.run(node.ask(GAME, ONE)), Acknowledged)


async def watcher(node: FleetNode) -> Told:
    told = Told()
    await node.host.watch(GAME, told, told.ended.append)
    return told


def said(logged: Log, event: str) -> list[dict[str, Any]]:
    return [{key: entry[key] for key in entry if key != "log_level"} for entry in logged if entry["event"] == event]


def went_back(from_seq: int, to_seq: int, latest_round: int = 1) -> dict[str, Any]:
    return {
        "event": "history_went_back",
        "game_id": GAME,
        "from_seq": from_seq,
        "to_seq": to_seq,
        "round": latest_round,
        "who": "host",
    }


async def test_a_game_that_nobody_plays_is_set_back_within_seconds_and_says_so(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await played(fleet, node, 3)
    told = await watcher(node)

    backup.bring_back()
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert (await node.host.look(GAME)).seq == 4
    assert said(logged, "history_went_back") == [went_back(7, 4)]
    assert len(said(logged, "store_went_back")) == 1
    assert node.counted("clew_histories_changed_total", who="session") == 1
    (kept,) = await fleet.store.setbacks(GAME, 10)
    assert kept == Setback(GAME, kept.noticed_at, 7, 4, 1, "host", node.owner)
    await played(fleet, node, 2)
    assert (await fleet.stored()).seq == 6


async def test_a_promoted_standby_is_known_by_its_name_however_little_it_lags(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.faults.line = "7/00000001"
    await fleet.pass_s(1.0)
    backup = Backup(fleet.store)
    await played(fleet, node, 1)

    backup.bring_back()
    node.faults.line = "7/00000002"
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert said(logged, "history_went_back") == [went_back(5, 4)]
    assert said(logged, "store_went_back") == []
    assert [entry["now"] for entry in said(logged, "store_is_another")] == ["7/00000002"]


async def test_a_standby_that_lost_nothing_sets_nothing_back(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.faults.line = "7/00000001"
    await fleet.pass_s(1.0)
    told = await watcher(node)

    node.faults.line = "7/00000002"
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert said(logged, "history_went_back") == []
    assert told.ended == []


async def test_who_plays_on_at_once_is_answered_by_what_is_stored(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    await played(fleet, node, 3)

    backup.bring_back()
    answer = await fleet.run(node.ask(GAME, ONE, ADA, "c1"))

    assert answer == Acknowledged(5)
    assert total(await fleet.journal()) == 1
    assert said(logged, "history_went_back") == [went_back(7, 4)]


async def test_a_game_made_since_is_gone_and_asking_for_it_is_no_loop(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await open_game(node.host)
    told = await watcher(node)

    backup.bring_back()
    with pytest.raises(NoSuchSession):
        await fleet.run(node.ask(GAME, ONE))
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert node.held == 0
    assert said(logged, "history_went_back") == [went_back(4, 0, 0)]
    assert said(logged, "store_not_reached") == []
    await fleet.run(open_game(node.host))


async def test_a_game_that_was_over_goes_on(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await fleet.run(node.ask(GAME, Call()))
    told = await watcher(node)

    backup.bring_back()
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert said(logged, "history_went_back") == [went_back(5, 4)]
    await played(fleet, node, 1)


async def test_a_life_that_the_store_does_not_know_begins_anew_and_says_what_it_told(fleet: Fleet, logged: Log) -> None:
    (old,) = await fleet.begin_all("old")
    await open_game(old.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    node = await fleet.begin("new")
    await old.leave()
    await fleet.until(lambda: node.held == 1)
    await played(fleet, node, 3)
    told = await watcher(node)

    backup.bring_back()
    await fleet.pass_s(10.0)

    assert told.ended == ["moved"]
    assert len(said(logged, "lives_again")) == 1
    assert went_back(7, 4) in said(logged, "history_went_back")
    await played(fleet, node, 1)
    assert total(await fleet.journal()) == 1


async def test_what_was_handed_over_since_is_at_its_old_owner_again(fleet: Fleet, logged: Log) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await first.give(second, GAME)
    await played(fleet, second, 3)

    backup.bring_back()
    fleet.writers.clear()
    await fleet.pass_s(NOTICED_WITHIN_S)

    await fleet.until(lambda: first.held == 1)
    assert second.held == 0
    for node in (first, second):
        await played(fleet, node, 1)
    assert total(await fleet.journal()) == 2
    assert said(logged, "history_went_back") == [went_back(7, 4)]


async def test_going_back_twice_is_noticed_twice(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    for _ in range(2):
        await fleet.pass_s(2.0)
        await played(fleet, node, 3)

        backup.bring_back()
        await fleet.pass_s(NOTICED_WITHIN_S)

    assert [entry["to_seq"] for entry in said(logged, "history_went_back")] == [4, 4]


async def given_and_lost(fleet: Fleet, command: Command) -> tuple[FleetNode, FleetNode, Told]:
    """Two nodes; the second plays on with what it was given, and then hears nothing of a database that lacks that."""
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await first.give(second, GAME)
    await played(fleet, second, 2)
    assert isinstance(await fleet.run(second.ask(GAME, command)), Acknowledged)
    told = await watcher(second)
    second.cut_store()
    backup.bring_back()
    fleet.writers.clear()
    await fleet.pass_s(NOTICED_WITHIN_S)
    return first, second, told


@pytest.mark.parametrize("since", [3, 5])
async def test_what_another_has_written_past_it_is_lost_all_the_same(fleet: Fleet, logged: Log, since: int) -> None:
    first, second, told = await given_and_lost(fleet, ONE)
    await played(fleet, first, since)

    second.mend_store()
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert said(logged, "history_went_back") == [went_back(7, 4)]
    assert (await fleet.stored()).seq == 4 + since
    await played(fleet, second, 1)


async def test_a_game_that_is_over_twice_was_over_another_way(fleet: Fleet, logged: Log) -> None:
    first, second, told = await given_and_lost(fleet, Call())
    await played(fleet, first, 2)
    await fleet.run(first.ask(GAME, Call()))
    assert (await fleet.stored()).seq == 7

    second.mend_store()
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert said(logged, "history_went_back") == [went_back(7, 4)]


async def test_a_life_that_is_over_says_of_what_it_told_what_another_has_written_past(
    fleet: Fleet, logged: Log
) -> None:
    old, node = await fleet.begin_all("old", "new")
    for one in (old, node):
        one.faults.line = "7/00000001"
    await open_game(node.host)
    await fleet.pass_s(1.0)
    backup = Backup(fleet.store)
    await played(fleet, node, 3)
    node.cut_store()
    backup.bring_back()
    fleet.writers.clear()
    for one in (old, node):
        one.faults.line = "7/00000002"
    await fleet.until(lambda: old.held == 1)
    await played(fleet, old, 5)

    node.mend_store()
    await fleet.pass_s(10.0)

    assert len(said(logged, "lives_again")) == 1
    assert said(logged, "history_went_back") == [went_back(7, 4)]


async def test_a_quiet_cluster_never_believes_that_it_went_back(fleet: Fleet, logged: Log) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.open_games(first, 3)
    await first.give(second, GameId("g1"))
    second.faults.down = True
    await fleet.pass_s(6.0)
    second.faults.down = False
    await fleet.pass_s(6.0)

    await first.leave()
    await fleet.pass_s(3.0)

    assert said(logged, "history_went_back") == said(logged, "store_went_back") == []
