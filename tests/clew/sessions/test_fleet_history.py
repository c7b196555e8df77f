"""A store that comes back older than it was: every host notices, says so, and goes on from what there is."""

import pytest

from clew.sessions.faults import NoSuchSession
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from clew.testing.faults.damage import Backup, spoil
from clew.testing.faults.store import Trouble
from tests.kit.fleet import GATEWAY, ONE, Fleet, total
from tests.kit.going_back import NOTICED_WITHIN_S, Log, played, said, watcher, went_back
from tests.kit.hosting import ADA, GAME, open_game
from tests.kit.tally import Call


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
    (kept,) = await fleet.store.histories.setbacks(GAME, 10)
    assert kept == Setback(GAME, kept.noticed_at, 7, 4, 1, "host", node.owner)
    await played(fleet, node, 2)
    assert (await fleet.stored(GAME)).seq == 6


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


async def test_a_game_that_is_over_while_it_is_compared_is_no_trouble(fleet: Fleet) -> None:
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

    assert node.faults.fences == 0


async def test_who_plays_on_at_once_is_answered_by_what_is_stored(fleet: Fleet, logged: Log) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    backup = Backup(fleet.store)
    await played(fleet, node, 3)

    backup.bring_back()
    answer = await fleet.run(node.ask(GAME, ONE, ADA, "c1"))

    assert answer == Acknowledged(5)
    assert total(await fleet.journal(GAME)) == 1
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
    spoil(fleet.store, GAME)
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

    spoil(fleet.store, GAME)
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
    assert total(await fleet.journal(GAME)) == 1


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
    assert total(await fleet.journal(GAME)) == 2
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
