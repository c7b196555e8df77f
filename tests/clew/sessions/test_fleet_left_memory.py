"""A session that left a node's memory, or stands still to leave it, does nothing there, whoever has it in hand."""

from typing import Any, cast

import pytest

from clew.sessions.bounds import SLEEP_AFTER_S, SLEEP_AHEAD_MS
from clew.sessions.faults import Moved
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.hosting import GAME, open_game
from tests.kit.tally import Delayed, Lengthen


async def fell_asleep(fleet: Fleet, node: FleetNode) -> Any:
    """The session as somebody has it who asked for it before."""
    await open_game(node.host)
    await node.host.post(GAME, Lengthen(SLEEP_AHEAD_MS + 2 * int(SLEEP_AFTER_S * 1000)))
    session = await node.host.reach(GAME)
    await fleet.until(lambda: node.held == 0)
    return session


async def test_who_had_a_session_in_hand_when_it_fell_asleep_is_told_to_ask_anew(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    session = await fell_asleep(fleet, node)
    written = node.line.called["commit"]

    with pytest.raises(Moved):
        await node.host.decide(session, ONE)

    assert node.line.called["commit"] == written
    assert isinstance(await fleet.run(node.ask(GAME, ONE)), Acknowledged)


async def test_a_node_in_whose_memory_nobody_is_asks_the_store_for_no_deadlines_sake(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await fell_asleep(fleet, node)
    asked = node.line.called["probe"], node.line.called["say_alive"]

    await fleet.pass_s(5)

    assert (node.line.called["probe"], node.line.called["say_alive"]) == asked


async def test_nor_one_that_gave_all_it_had(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.give(second, GAME)
    probed = first.line.called["probe"]

    await fleet.pass_s(5)

    assert first.line.called["probe"] == probed


async def test_what_rings_for_a_session_that_has_gone_rings_in_vain(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    session: Any = await first.host.reach(GAME)
    await first.give(second, GAME)
    await fleet.pass_s(31)
    assert (await second.host.look(GAME)).state.round == 2
    written = first.line.called["commit"]

    session.ring()
    session.thaw()
    await fleet.pass_s(1)

    assert first.line.called["commit"] == written
    assert first.counted("clew_fenced_total") == 0


async def test_commands_that_come_while_it_stands_still_wait_and_are_its_next_owners(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.line.troubles["transfer"].append(Trouble.HELD_BACK)
    giving = start(first.give(second, GAME))
    await loop_passes()
    written = first.line.called["commit"]

    asking = start(first.ask(GAME, ONE))
    await loop_passes()
    assert not asking.done()
    first.line.unstick()
    await fleet.until(lambda: giving.done() and asking.done())

    assert await asking == Acknowledged(5)
    assert first.line.called["commit"] == written
    assert [entry.epoch for entry in await fleet.store.journal.entries(GAME, 4, 1)] == [2]


async def test_commands_that_came_while_it_stood_still_are_answered_where_it_stays(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    life: Any = cast("Any", first.host)._running
    session: Any = await first.host.reach(GAME)
    first.line.refused = {"transfer"}
    giving = start(life.handoff.give([session], second.owner))
    while session._still is None:
        await loop_passes(1)

    asking = start(first.host.post(GAME, ONE))
    await fleet.until(giving.done)
    took_s = await fleet.until(asking.done)

    assert await asking == Acknowledged(5)
    assert took_s == 0


async def test_what_its_players_are_owed_they_are_given_before_it_goes(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)

    first.clock.ahead_ms += 5_000  # nobody has looked at the clock since
    await first.give(second, GAME)
    await fleet.pass_s(2)

    epochs = {entry.seq: entry.epoch for entry in await fleet.store.journal.entries(GAME, 0, 100)}
    given = [
        (entry.event.why, epochs[entry.seq]) for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)
    ]
    assert given[0] == ("clock_step", 1)


async def test_a_session_that_is_doubted_twice_is_read_once(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    session: Any = await node.host.reach(GAME)

    session.doubt()
    session.doubt()
    await fleet.pass_s(0.5)

    assert node.faults.fences == 1
    assert await fleet.run(node.ask(GAME, ONE)) == Acknowledged(5)


async def test_a_session_with_a_commit_on_its_way_hears_from_that(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    session: Any = await node.host.reach(GAME)
    node.line.troubles["commit"].append(Trouble.HELD_BACK)
    asking = start(node.host.post(GAME, ONE))
    await loop_passes()

    session.doubt()
    await loop_passes()
    node.line.unstick()
    await fleet.until(asking.done)

    assert await asking == Acknowledged(5)
    assert node.faults.fences == 0


async def test_a_session_that_is_doubted_decides_nothing_before_it_was_read(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    session: Any = await node.host.reach(GAME)
    node.line.troubles["refence"].append(Trouble.HELD_BACK)
    written = node.line.called["commit"]

    session.doubt()
    asking = start(node.host.post(GAME, ONE))
    await loop_passes()
    assert node.line.called["commit"] == written
    node.line.unstick()
    await fleet.until(asking.done)

    assert await asking == Acknowledged(5)


async def test_a_node_that_ends_while_a_session_is_read_ends_quietly(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    session: Any = await node.host.reach(GAME)
    node.line.refused = {"load", "refence"}
    session.doubt()
    await fleet.pass_s(0.5)

    stopping = start(node.stop())
    await fleet.until(stopping.done)

    await stopping
