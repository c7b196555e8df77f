"""A store that comes back older than it was, and was written on by others before a node hears of it."""

import pytest

from clew.sessions.node import hindsight
from clew.sessions.records import Acknowledged
from clew.testing.faults.damage import Backup
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.going_back import NOTICED_WITHIN_S, Log, played, said, watcher, went_back
from tests.kit.hosting import GAME, Told, open_game
from tests.kit.tally import Call, Command


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
    assert (await fleet.stored(GAME)).seq == 4 + since
    await played(fleet, second, 1)


async def test_a_game_that_is_over_twice_was_over_another_way(fleet: Fleet, logged: Log) -> None:
    first, second, told = await given_and_lost(fleet, Call())
    await played(fleet, first, 2)
    await fleet.run(first.ask(GAME, Call()))
    assert (await fleet.stored(GAME)).seq == 7

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
