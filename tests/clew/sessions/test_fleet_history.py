"""A store that comes back older than it was: every host notices, says so, and goes on from what there is."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from clew.sessions.faults import NoSuchSession
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId
from clew.sessions.node import hindsight
from clew.sessions.records import Acknowledged
from tests.kit.faulty_store import Trouble
from tests.kit.fleet import GATEWAY, ONE, Fleet, FleetNode, total
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
    (store_went_back,) = said(logged, "store_went_back")
    assert 1_000 <= store_went_back["milliseconds"] <= 4_000, "from its beat in the backup to its latest one"
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
    assert node.faults.fences == 0, "nobody doubted what stands as it stood"


async def test_a_database_that_says_no_name_is_not_another(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")

    for line in ("7/00000001", "", "7/00000001", "", "7/00000002"):
        node.faults.line = line
        await fleet.pass_s(1.1)

    assert [(entry["was"], entry["now"]) for entry in said(logged, "store_is_another")] == [
        ("7/00000001", "7/00000002")
    ]


async def test_what_was_compared_is_left_in_peace(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await played(fleet, node, 3)
    backup.bring_back()
    await fleet.pass_s(NOTICED_WITHIN_S)
    compared = node.line.called["standings"]

    await fleet.pass_s(5.0)

    assert node.line.called["standings"] == compared > 0


async def test_one_beat_looked_at_twice_is_no_way_back(fleet: Fleet, logged: Log) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.begin_all("g", roles=GATEWAY)

    await first.kill()
    await fleet.until(lambda: second.counted("clew_node_deaths_seen_total") == 1)
    await fleet.pass_s(0.1)

    assert said(logged, "store_went_back") == []
    assert said(logged, "tending_broke") == []


async def test_the_watchers_of_a_game_that_was_over_and_is_hear_nothing(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.faults.line = "7/00000001"
    await fleet.run(node.ask(GAME, Call()))
    told = await watcher(node)
    await fleet.pass_s(1.1)

    node.faults.line = "7/00000002"
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == []


async def test_a_game_that_is_over_while_it_is_compared_is_no_trouble(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.faults.line = "7/00000001"
    await fleet.pass_s(1.1)
    node.line.troubles["standings"].append(Trouble.HELD_BACK)
    node.faults.line = "7/00000002"
    await fleet.until(lambda: node.line.called["standings"] == 1)
    assert isinstance(await fleet.run(node.ask(GAME, Call())), Acknowledged)

    node.line.unstick()
    await fleet.pass_s(1.1)

    assert said(logged, "tending_broke") == []
    assert node.faults.fences == 0


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


async def test_a_game_made_since_is_gone_though_nobody_asks_for_it(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await open_game(node.host)
    told = await watcher(node)

    backup.bring_back()
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert node.held == 0
    assert said(logged, "history_went_back") == [went_back(4, 0, 0)]


async def test_a_game_that_was_over_and_can_not_be_read_now_is_compared_by_its_number(
    fleet: Fleet, logged: Log
) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await fleet.run(node.ask(GAME, Call()))
    told = await watcher(node)

    backup.bring_back()
    fleet.spoil(GAME)
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"]
    assert went_back(5, 4) in said(logged, "history_went_back")


async def test_a_game_that_was_over_and_can_not_be_read_any_more_lost_nothing(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.faults.line = "7/00000001"
    await fleet.run(node.ask(GAME, Call()))
    told = await watcher(node)
    await fleet.pass_s(1.1)

    fleet.spoil(GAME)
    node.faults.line = "7/00000002"
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert told.ended == ["moved"], "who asks again is told what is true"
    assert said(logged, "history_went_back") == []


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


async def test_what_left_at_a_later_epoch_of_a_past_that_is_gone_is_taken_in_again(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.give(second, GAME)
    backup = Backup(fleet.store)
    await fleet.pass_s(2.0)
    await second.give(first, GAME)
    await first.give(second, GAME)
    backup.bring_back()
    fleet.writers.clear()
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert await second.give(first, GAME) == 1

    assert first.held == 1, "by the message alone: it did not take that for an old one"
    assert (first.came("memory"), first.came("store")) == (2, 0)


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


async def lost_by_silence(fleet: Fleet, games: int, line: str = "") -> tuple[FleetNode, FleetNode]:
    """Two nodes; the first has taken over and played on what the second held, which has not found out yet."""
    heir, silent = await fleet.begin_all("heir", "silent")
    for node in (heir, silent):
        node.faults.line = line
    held = await fleet.open_games(silent, games)
    await fleet.pass_s(1.1)
    silent.cut_store()
    await fleet.until(lambda: heir.held == games)
    for game_id in held:
        assert isinstance(await fleet.run(heir.ask(game_id, ONE)), Acknowledged)
    return heir, silent


async def test_a_life_that_was_lost_by_silence_alone_reads_nothing_of_what_it_held(fleet: Fleet, logged: Log) -> None:
    _, silent = await lost_by_silence(fleet, 3)
    loaded = silent.line.called["load"]

    silent.mend_store()
    await fleet.pass_s(10.0)

    assert len(said(logged, "lives_again")) == 1
    assert silent.line.called["load"] == loaded
    assert said(logged, "history_went_back") == []


async def test_of_another_database_only_so_many_are_read_as_a_whole(
    fleet: Fleet, logged: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hindsight, "PAST_READ_MAX", 2)
    heir, silent = await lost_by_silence(fleet, 4, "7/00000001")
    loaded = silent.line.called["load"]
    for node in (heir, silent):
        node.faults.line = "7/00000002"

    silent.mend_store()
    await fleet.pass_s(10.0)

    assert silent.line.called["load"] == loaded + 2
    assert said(logged, "history_went_back") == []


async def test_a_game_that_a_lost_life_made_and_the_store_lacks_is_said_once(fleet: Fleet, logged: Log) -> None:
    backup = Backup(fleet.store)
    (node,) = await fleet.begin_all("a")
    node.faults.line = "7/00000001"
    await fleet.pass_s(1.1)
    await open_game(node.host)

    backup.bring_back()
    await fleet.pass_s(10.0)
    node.faults.line = "7/00000002"
    await fleet.pass_s(NOTICED_WITHIN_S)

    assert len(said(logged, "lives_again")) == 1
    assert said(logged, "history_went_back") == [went_back(4, 0, 0)]


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
