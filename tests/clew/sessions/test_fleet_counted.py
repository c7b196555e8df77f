"""What is counted of sessions says which game they are of."""

import asyncio
from typing import Any

import pytest

from clew.sessions.bounds import CRASHES_MAX, SLEEP_AFTER_S
from clew.sessions.faults import Crashed, Moved, Quarantined
from clew.sessions.games import GameKind
from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Acknowledged, Refused
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import start
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.hosting import GAME, TALLY, open_game, tally
from tests.kit.relay import LEG_MS, RELAY, Drop, Pass, Started, Wait, relay
from tests.kit.tally import Break

BOTH: list[GameKind[Any, Any, Any]] = [tally(), relay()]


async def open_runs(fleet: Fleet, node: FleetNode, *games: str) -> None:
    host: Any = node.host
    for game in games:
        started = Started(90, Millis(fleet.clock.now()))
        await fleet.run(host.create(RELAY, GameId(game), f"code-{game}", [started]))


def counted(node: FleetNode, name: str, **labels: str) -> dict[Kind, float]:
    """By kind: tallies, relays, and all."""
    by_kind = {kind: node.counted(name, kind=kind, **labels) for kind in (TALLY, RELAY)}
    assert sum(by_kind.values()) == node.counted(name, **labels), "one was counted without its kind"
    return by_kind


async def test_sessions_commands_and_deadlines(fleet: Fleet) -> None:
    node = await fleet.begin("a", games=BOTH)
    await fleet.open_games(node, 3)
    await open_runs(fleet, node, "run-1", "run-2")
    before = counted(node, "clew_commands_total", outcome="acknowledged")
    host: Any = node.host

    assert isinstance(await fleet.run(host.post(GameId("run-1"), Pass())), Acknowledged)
    assert isinstance(await fleet.run(host.post(GameId("run-1"), Drop(7))), Refused)
    await fleet.pass_s(LEG_MS / 1000 - 1)
    early = counted(node, "clew_deadlines_total")
    await fleet.pass_s(2)

    assert counted(node, "clew_sessions") == {TALLY: 3, RELAY: 2}
    after = counted(node, "clew_commands_total", outcome="acknowledged")
    assert {kind: after[kind] - before[kind] for kind in after} == {TALLY: 0, RELAY: 1}
    assert counted(node, "clew_commands_total", outcome="refused") == {TALLY: 0, RELAY: 1}
    assert early[RELAY] == 0
    assert counted(node, "clew_deadlines_total")[RELAY] == 2
    rounds = [(await node.host.look(GameId(f"g{number}"))).state.round - 1 for number in range(3)]
    assert counted(node, "clew_deadlines_total")[TALLY] == sum(rounds) > 0


async def test_who_went_over_and_who_was_claimed(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", games=BOTH)
    await fleet.open_games(first, 3)
    await open_runs(fleet, first, "run-1", "run-2")

    assert await first.leave() == 5
    (third,) = await fleet.begin_all("c", games=BOTH)
    await second.kill()
    await fleet.pass_s(1)

    assert counted(first, "clew_handed_over_total", outcome="memory") == {TALLY: 3, RELAY: 2}
    assert counted(second, "clew_taken_total", way="memory") == {TALLY: 3, RELAY: 2}
    assert counted(third, "clew_claimed_total", cause="ended") == {TALLY: 3, RELAY: 2}
    assert counted(third, "clew_taken_total", way="claim") == {TALLY: 3, RELAY: 2}
    assert counted(third, "clew_clock_credits_total", why="moved") == {TALLY: 3, RELAY: 2}


async def test_who_slept_and_was_woken(fleet: Fleet) -> None:
    node = await fleet.begin("a", games=BOTH)
    await open_runs(fleet, node, "run-1")
    host: Any = node.host
    await fleet.run(host.post(GameId("run-1"), Wait(3_600_000)))

    await fleet.pass_s(SLEEP_AFTER_S + 2)
    asleep = counted(node, "clew_sessions_put_to_sleep_total")
    in_memory = counted(node, "clew_sessions")
    await fleet.pass_s(3_600)

    assert (asleep, in_memory) == ({TALLY: 0, RELAY: 1}, {TALLY: 0, RELAY: 0})
    assert counted(node, "clew_sessions_woken_total")[RELAY] >= 1
    assert counted(node, "clew_taken_total", way="wake")[RELAY] >= 1


async def test_what_waits_for_a_node_with_its_game(fleet: Fleet) -> None:
    first = await fleet.begin("a", games=BOTH)
    await open_runs(fleet, first, "run-1", "run-2")
    (without,) = await fleet.begin_all("b", games=[tally()])

    await first.leave()
    await fleet.pass_s(30)
    waiting = counted(without, "clew_sessions_too_new")
    await fleet.begin_all("c", games=[relay()])
    await fleet.pass_s(30)

    assert waiting == {TALLY: 0, RELAY: 2}
    assert counted(without, "clew_sessions_too_new") == {TALLY: 0, RELAY: 0}


async def test_bugs_and_what_comes_of_them(fleet: Fleet) -> None:
    node = await fleet.begin("a", games=BOTH)
    await open_game(node.host)
    await node.host.watch(GAME, _fail)

    for _ in range(CRASHES_MAX):
        with pytest.raises(Crashed):
            await fleet.run(node.host.post(GAME, Break("decide")))
        await fleet.pass_s(2)
        await _posted(fleet, node)

    assert counted(node, "clew_session_crashes_total") == {TALLY: CRASHES_MAX, RELAY: 0}
    assert counted(node, "clew_quarantined_total") == {TALLY: 1, RELAY: 0}
    assert counted(node, "clew_watcher_errors_total") == {TALLY: 1, RELAY: 0}
    assert counted(node, "clew_sessions") == {TALLY: 0, RELAY: 0}


async def test_commands_that_wait_and_are_sent_back(fleet: Fleet) -> None:
    node = await fleet.begin("a", games=BOTH)
    await open_game(node.host)
    node.faults.troubles.append(Trouble.STUCK)

    posted = [start(node.host.post(GAME, ONE)) for _ in range(3)]
    await fleet.pass_s(3)
    waiting = counted(node, "clew_mailbox_depth")
    await fleet.pass_s(30)
    node.faults.unstick()
    await asyncio.gather(*posted, return_exceptions=True)

    assert waiting[TALLY] == 2
    assert counted(node, "clew_commands_total", outcome="busy")[TALLY] >= 2


async def test_a_late_writer(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", games=BOTH)
    await open_game(first.host)
    first.trust_blindly()
    first.pause()
    await fleet.pass_s(10)
    assert await fleet.owner_of(GAME) == second.owner

    late = start(first.host.post(GAME, ONE))
    await first.go_on()
    await fleet.pass_s(2)
    await asyncio.gather(late, return_exceptions=True)

    assert counted(first, "clew_fenced_total")[TALLY] >= 1


def _fail(_: object) -> None:
    raise ZeroDivisionError


async def _posted(fleet: Fleet, node: FleetNode) -> None:
    """Has the watcher told of something, as long as the game is in service."""
    try:
        await fleet.run(node.host.post(GAME, ONE))
    except (Quarantined, Moved):
        return
