"""Each way in which a session comes into a node's memory, alone: the others are taken away, so that none hides another.

And two nodes made to believe that they both run it: one writes.
"""

import asyncio

import pytest

from clew.sessions.bounds import SLEEP_AFTER_S, SLEEP_AHEAD_MS
from clew.sessions.faults import Moved
from clew.sessions.policy import Policy
from clew.sessions.records import Acknowledged, Answer
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet, FleetNode, total
from tests.kit.hosting import ADA, BEN, GAME, HERE, open_game
from tests.kit.tally import Add, Delayed, Lengthen, Nod, RoundBegan

READING = {"load", "claim", "wake", "held_by", "entries", "refence"}
"""All calls by which a session comes from the store."""


LONG = Policy(entries_per_round_max=1000)
"""One player may fill a journal in one round: snapshots and answers come in time."""


async def _played(node: FleetNode) -> list[Answer]:
    """A game with snapshots, a journal after the last, and answers to remember."""
    await open_game(node.host)
    answers = [await node.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}") for number in range(300)]
    return [*answers, await node.host.post(GAME, Add(BEN, HERE, -1), player_id=BEN, command_id="no")]


async def _asked_again(fleet: Fleet, node: FleetNode) -> list[Answer]:
    again = [
        await fleet.run(node.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}")) for number in range(270, 300)
    ]
    return [*again, await fleet.run(node.host.post(GAME, ONE, player_id=BEN, command_id="no"))]


async def _is_whole(fleet: Fleet, node: FleetNode, answers: list[Answer]) -> None:
    """The same game, the same answers, and a deadline that fires."""
    assert await _asked_again(fleet, node) == answers[270:]
    seen = await node.host.look(GAME)
    assert seen.state.total == 300
    assert set(seen.state.seats) == {ADA, BEN}
    told = await fleet.watch(node, GAME)
    assert seen.state.ends_at is not None
    await fleet.pass_s((seen.state.ends_at - fleet.clock.now()) / 1000)
    assert isinstance(told.commits[-1].entries[-1].event, RoundBegan)
    assert (await node.host.look(GAME)).state.round == 2


async def test_handed_over_in_memory_alone(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", policy=LONG)
    answers = await _played(first)
    second.line.refused = READING - {"claim"}

    await first.leave()

    assert second.held == 1
    assert second.line.called["load"] == 0
    await _is_whole(fleet, second, answers)
    assert (second.came("memory"), second.came("store"), second.came("claim")) == (1, 0, 0)


async def test_read_from_the_store_after_the_message_was_lost_alone(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", policy=LONG)
    answers = await _played(first)
    first.bus.loses_request = is_take

    await first.leave()
    await fleet.until(lambda: second.held == 1)

    assert (await fleet.stored(GAME)).snapshot_seq < (await fleet.stored(GAME)).seq
    await _is_whole(fleet, second, answers)
    assert (second.came("memory"), second.came("store"), second.came("claim")) == (0, 1, 0)


async def test_claimed_after_a_crash_alone(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", policy=LONG)
    answers = await _played(first)
    second.line.refused = {"load", "held_by", "wake"}

    await first.kill()
    await fleet.until(lambda: second.held == 1)

    await _is_whole(fleet, second, answers)
    assert (second.came("memory"), second.came("store"), second.came("claim")) == (0, 0, 1)


async def test_a_cold_start_alone(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", policy=LONG)
    answers = await _played(first)
    await first.kill()
    await fleet.pass_s(20)

    back = await fleet.begin("b", policy=LONG)

    await _is_whole(fleet, back, answers)
    assert (back.came("memory"), back.came("store"), back.came("claim")) == (0, 0, 1)
    (credited,) = [entry.event.ms for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)]
    assert 20_000 <= credited <= 21_100


async def test_waked_by_its_row_alone(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a", policy=LONG)
    answers = await _played(node)
    await node.host.post(GAME, Lengthen(SLEEP_AHEAD_MS + int(SLEEP_AFTER_S * 1000)))
    await fleet.pass_s(SLEEP_AFTER_S + 2)
    assert node.held == 0
    node.line.refused = {"load", "held_by", "holding", "refence"}

    await fleet.pass_s(SLEEP_AHEAD_MS / 1000)
    await fleet.until(lambda: node.held == 1)

    await _is_whole(fleet, node, answers)
    assert (node.came("wake"), node.came("store"), node.came("claim")) == (1, 0, 0)


# --- two writers -------------------------------------------------------------------------------------------------


async def _two_believers(fleet: Fleet) -> tuple[FleetNode, FleetNode]:
    """One whose life is over and doesn't know it yet, and its heir."""
    first, second = await fleet.begin_all("a", "b", policy=LONG)
    await open_game(first.host)
    first.line.refused = {"renew"}
    await fleet.store.nodes.declare_dead(first.owner)
    await second.ask(GAME, Nod())
    assert first.host.held(GAME) and second.host.held(GAME)
    return first, second


@pytest.mark.parametrize("head_start", [0, 1, 2, 5])
async def test_of_two_that_believe_they_own_a_session_one_commits(fleet: Fleet, head_start: int) -> None:
    first, second = await _two_believers(fleet)
    told = [await fleet.watch(node, GAME) for node in (first, second)]
    posting = list[asyncio.Task[Answer]]()

    for number in range(5):
        posting.append(start(first.host.post(GAME, ONE, player_id=ADA, command_id=f"a{number}")))
        await loop_passes(head_start)
        posting.append(start(second.host.post(GAME, ONE, player_id=BEN, command_id=f"b{number}")))
    await fleet.until(lambda: all(each.done() for each in posting))

    assert [type(each.exception()) for each in posting[::2]] == [Moved] * 5
    assert all(isinstance(each.result(), Acknowledged) for each in posting[1::2])
    assert total(await fleet.journal(GAME)) == 5
    assert (told[0].seqs, told[0].ended, told[1].ended) == ([], ["moved"], [])


async def test_of_two_that_end_a_round_at_one_moment_one_does(fleet: Fleet) -> None:
    first, second = await _two_believers(fleet)
    told = await fleet.watch(first, GAME)
    first.line.refused = set()
    first.line.troubles["renew"].append(Trouble.STUCK)

    await fleet.pass_s(32)

    rounds = [entry.event.round for entry in await fleet.journal(GAME) if isinstance(entry.event, RoundBegan)]
    assert rounds == [1, 2]
    assert told.seqs == []
    assert (await second.host.look(GAME)).state.round == 2


async def test_a_node_forced_to_trust_itself_for_ever_still_writes_nothing(fleet: Fleet) -> None:
    """Leases are for speed and for silence; what keeps the journal whole is the epoch in each write."""
    first, second = await _two_believers(fleet)
    first.trust_blindly()
    await second.host.post(GAME, ONE)
    before = await fleet.journal(GAME)

    for number in range(3):
        with pytest.raises(Moved):
            await fleet.run(first.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}"))
    await fleet.pass_s(10)

    assert await fleet.journal(GAME) == before
