"""Sessions that nobody needs for long cost a row and no memory, and are there when they are needed."""

import pytest

from clew.sessions.bounds import SLEEP_AFTER_S, SLEEP_AHEAD_MS, WAKE_AHEAD_MS
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged, RowVersion
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.hosting import ADA, GAME, TALLY, Told, open_game
from tests.kit.tally import Delayed, Lengthen, Opened

FAR_MS = SLEEP_AHEAD_MS + 600_000


async def _slow_game(node: FleetNode, game_id: GameId = GAME) -> int:
    """A game whose round ends in more than ten minutes; gives when."""
    await open_game(node.host, game_id)
    await node.host.post(game_id, Lengthen(FAR_MS))
    ends_at = (await node.host.look(game_id)).state.ends_at
    assert ends_at is not None
    return ends_at


async def _asleep(fleet: Fleet, node: FleetNode) -> None:
    await fleet.pass_s(SLEEP_AFTER_S + 2)
    assert node.held == 0
    assert (await fleet.stored(GAME)).asleep


async def test_a_session_nobody_needs_leaves_memory_and_stays_its_owners(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await _slow_game(node)

    await fleet.pass_s(SLEEP_AFTER_S - 2)
    assert node.held == 1
    await fleet.pass_s(4)

    assert node.held == 0
    assert (await fleet.stored(GAME)).asleep
    assert await fleet.owner_of(GAME) == node.owner
    await fleet.pass_s(10)
    assert node.came("store") == 0, "what sleeps is not missing"
    assert node.counted("clew_sessions_put_to_sleep_total") == 1


async def test_a_session_that_is_watched_does_not_sleep(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await _slow_game(node)
    watch = await node.host.watch(GAME, Told())

    await fleet.pass_s(3 * SLEEP_AFTER_S)
    assert node.held == 1
    watch.close()
    await fleet.pass_s(2)

    assert node.held == 0


async def test_a_session_whose_deadline_is_near_does_not_sleep(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)

    await fleet.pass_s(2 * SLEEP_AFTER_S)

    assert node.held == 1
    assert node.line.called["put_to_sleep"] == 0


async def test_a_session_that_is_asked_does_not_sleep(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await _slow_game(node)

    for _ in range(6):
        await fleet.pass_s(SLEEP_AFTER_S / 2)
        await node.host.post(GAME, ONE)

    assert node.held == 1


async def test_a_lobby_sleeps_too(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await node.host.create(TALLY, GAME, "X", [Opened(9)])

    await _asleep(fleet, node)

    assert (await node.host.look(GAME)).seq == 1


async def test_a_command_wakes_it_at_once(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await _slow_game(first)
    await _asleep(fleet, first)
    before_s = fleet.clock.monotonic()

    answers = [await fleet.run(node.ask(GAME, ONE)) for node in (second, first)]

    assert answers == [Acknowledged(6), Acknowledged(7)]
    assert fleet.clock.monotonic() - before_s < 0.2
    assert (first.held, second.held) == (1, 0)
    assert not (await fleet.stored(GAME)).asleep


async def test_its_row_wakes_it_before_its_deadline_which_fires_on_time(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    ends_at = await _slow_game(node)
    await _asleep(fleet, node)

    await fleet.pass_s((ends_at - fleet.clock.now() - WAKE_AHEAD_MS) / 1000 - 1.1)
    assert node.held == 0
    await fleet.pass_s(3.2)
    assert (node.held, node.came("wake")) == (1, 1)
    await fleet.pass_s((ends_at - fleet.clock.now()) / 1000)

    assert (await node.host.look(GAME)).state.round == 2
    assert (await fleet.journal(GAME))[-1].recorded_at == ends_at


async def test_a_far_deadline_of_a_sleeper_whose_owner_died_fires_at_its_heir(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    ends_at = await _slow_game(first)
    await _asleep(fleet, first)

    await first.kill()
    await fleet.until(lambda: second.held == 1)
    await fleet.pass_s((ends_at - fleet.clock.now()) / 1000 + 3)

    assert (await second.host.look(GAME)).state.round == 2


async def test_a_command_for_a_sleeper_of_a_dead_node_finds_its_heir(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    first, second = await fleet.begin_all("a", "b")
    await _slow_game(first)
    await _asleep(fleet, first)

    await first.kill()

    assert isinstance(await fleet.run(second.ask(GAME, ONE)), Acknowledged)


async def test_sleepers_of_a_node_that_leaves_are_its_heirs_and_credited_once(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    ends_at = await _slow_game(first)
    await _asleep(fleet, first)

    await first.leave()
    await fleet.until(lambda: second.held == 1)
    await _asleep(fleet, second)
    await fleet.pass_s((ends_at - fleet.clock.now()) / 1000 + 3)

    assert (await second.host.look(GAME)).state.round == 2
    credited = [entry.event.ms for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)]
    assert len(credited) == 1
    assert credited[0] <= 1_100


@pytest.mark.parametrize("trouble", [Trouble.HELD_BACK, Trouble.STUCK])
async def test_what_is_asked_while_it_falls_asleep_is_answered_and_stays(fleet: Fleet, trouble: Trouble) -> None:
    first, second = await fleet.begin_all("a", "b")
    await _slow_game(first)
    first.line.troubles["put_to_sleep"].append(trouble)
    await fleet.until(lambda: first.line.called["put_to_sleep"] == 1)

    asking = start(second.ask(GAME, ONE, ADA, "c1"))
    await fleet.until(asking.done)
    first.line.unstick()
    await loop_passes()

    assert await asking == Acknowledged(6)
    assert first.held == 1
    assert not (await fleet.stored(GAME)).asleep


async def test_who_watches_while_it_falls_asleep_hears_what_follows(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    ends_at = await _slow_game(node)
    node.line.troubles["put_to_sleep"].append(Trouble.HELD_BACK)
    await fleet.until(lambda: node.line.called["put_to_sleep"] == 1)

    told = await fleet.watch(node, GAME)
    node.line.unstick()
    await loop_passes()
    await fleet.pass_s((ends_at - fleet.clock.now()) / 1000)

    assert (told.seqs, told.ended) == ([6], [])


@pytest.mark.parametrize("call", ["put_to_sleep", "wake"])
@pytest.mark.parametrize("trouble", [Trouble.BUSY, Trouble.LANDED, Trouble.LOST])
async def test_a_store_that_fails_at_it_costs_no_deadline(fleet: Fleet, call: str, trouble: Trouble) -> None:
    (node,) = await fleet.begin_all("a")
    ends_at = await _slow_game(node)
    if call == "put_to_sleep":
        node.line.troubles[call].append(trouble)
    await fleet.pass_s(SLEEP_AFTER_S + 4)
    await fleet.pass_s((ends_at - fleet.clock.now() - WAKE_AHEAD_MS) / 1000 - 2)
    if call == "wake":
        node.line.troubles[call].extend([trouble] * 4)

    await fleet.pass_s((ends_at - fleet.clock.now()) / 1000)

    assert (await node.host.look(GAME)).state.round == 2
    assert (await fleet.journal(GAME))[-1].recorded_at == ends_at


async def test_a_session_missing_beside_one_that_only_its_row_calls_asleep_is_noticed(fleet: Fleet) -> None:
    """Counting is not enough: one too many and one too few look like none."""
    first, second = await fleet.begin_all("a", "b")
    await _slow_game(first)
    first.line.troubles["put_to_sleep"].append(Trouble.HELD_BACK)
    await fleet.until(lambda: first.line.called["put_to_sleep"] == 1)
    await fleet.watch(first, GAME)
    first.line.unstick()
    await loop_passes()
    assert (await fleet.stored(GAME)).asleep and first.held == 1
    other = GameId("other")
    await open_game(second.host, other)
    second.bus.loses_request = lambda _: True
    second.bus.loses_message = lambda _channel, _feed: True

    await second.give(first, other)
    await fleet.until(lambda: first.held == 2)


async def test_a_session_that_was_taken_from_its_owner_does_not_fall_asleep_there(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await _slow_game(first)
    first.line.troubles["put_to_sleep"].append(Trouble.STUCK)
    await fleet.until(lambda: first.line.called["put_to_sleep"] == 1)
    stored = await fleet.stored(GAME)
    await fleet.store.ownership.transfer(first.owner, second.owner, [RowVersion(GAME, stored.epoch, stored.seq)])

    first.line.unstick()
    await fleet.until(lambda: first.held == 0)

    assert first.counted("clew_sessions_put_to_sleep_total") == 0
    assert not (await fleet.stored(GAME)).asleep
    assert await fleet.owner_of(GAME) == second.owner
