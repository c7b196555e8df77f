"""The store fails in every way it may, at every moment: nothing told is untrue, nothing accepted is lost or doubled."""

import asyncio

import pytest

from clew.sessions.bounds import ANSWER_WAIT_S, LEDGER_TICK_S
from clew.sessions.faults import Busy
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged, Refused
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, BEN, GAME, HERE, TALLY, Life, Told, living, open_game, resume
from tests.kit.tally import Add, Added, Begin, Call, Opened, Sit

ONE = Add(ADA, HERE, 1)


async def test_nothing_is_told_before_the_commit_returned(life: Life) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)
    life.store.troubles.append(Trouble.STUCK)

    accepted = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await loop_passes()
    refused = start(life.host.post(GAME, Add(ADA, HERE, 10_000)))
    await loop_passes()

    assert not accepted.done() and not refused.done()
    assert told.seqs == []
    assert (await life.host.look(GAME)).state.total == 0
    life.store.unstick()
    assert await accepted == Acknowledged(5)
    assert isinstance(await refused, Refused)
    assert told.seqs == [5]


async def test_a_refusal_waits_for_the_commit_of_what_it_was_decided_on(life: Life) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.STUCK)
    first = start(life.host.post(GAME, Add(ADA, HERE, 990)))
    refused = start(life.host.post(GAME, Add(BEN, HERE, 20)))
    await loop_passes()
    assert not refused.done()

    life.store.unstick()

    assert await first == Acknowledged(5)
    assert await refused == Refused("too_much", "That does not fit.", {"left": 10})


async def test_a_disk_without_room_is_not_asked_a_thousand_times_a_second(life: Life, clock: HandClock) -> None:
    """It answers at once, and never with what became of the write before."""
    await open_game(life.host)
    life.store.full = True

    posting = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await clock.advance(8)
    asked = life.store.fences
    life.store.full = False
    await clock.advance(2)

    assert 1 < asked < 20
    assert isinstance(await posting, Acknowledged)
    assert (await life.host.look(GAME)).state.total == 1


async def test_a_busy_store_is_tried_again_and_the_caller_sees_a_slower_answer(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.troubles.extend([Trouble.BUSY] * 3)

    posting = start(life.host.post(GAME, ONE))
    await clock.advance(1)

    assert await posting == Acknowledged(5)


async def test_a_store_that_stays_down_is_busy_to_callers_and_changes_nothing(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.down = True
    posting = [start(life.host.post(GAME, ONE, player_id=ADA, command_id=f"c{n}")) for n in range(3)]

    await clock.advance(ANSWER_WAIT_S + 2)

    for post in posting:
        with pytest.raises(Busy):
            await post
    assert (await life.host.look(GAME)).seq == 4
    life.store.down = False
    again = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c0"))
    await clock.advance(2)
    assert await again == Acknowledged(6), "behind the time in which it was busy, given back"
    assert (await life.host.look(GAME)).state.total == 1


async def test_a_commit_that_hangs_is_busy_to_callers_though_it_lands_in_the_end(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)
    life.store.troubles.append(Trouble.STUCK)
    flying = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await loop_passes()
    waiting = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c2"))

    await clock.advance(ANSWER_WAIT_S + 2)
    for post in (flying, waiting):
        with pytest.raises(Busy):
            await post
    life.store.unstick()
    await clock.advance(LEDGER_TICK_S)

    assert told.seqs == [5, 6], "what was waiting behind it was never decided, but for the time that was lost"
    assert await life.host.post(GAME, ONE, player_id=ADA, command_id="c1") == Acknowledged(5)
    assert await life.host.post(GAME, ONE, player_id=ADA, command_id="c2") == Acknowledged(7)
    assert (await life.host.look(GAME)).state.total == 2


@pytest.mark.parametrize("trouble", [Trouble.LOST, Trouble.LANDED, Trouble.LATE])
async def test_an_unknown_outcome_is_found_out_before_anyone_is_answered(life: Life, trouble: Trouble) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)
    life.store.troubles.append(trouble)

    answers = await asyncio.gather(
        life.host.post(GAME, ONE), life.host.post(GAME, Add(BEN, HERE, 2), player_id=BEN, command_id="c1")
    )

    assert answers == [Acknowledged(5), Acknowledged(6)]
    assert await life.host.post(GAME, Add(BEN, HERE, 2), player_id=BEN, command_id="c1") == Acknowledged(6)
    seen = await life.host.look(GAME)
    assert (seen.seq, seen.state.total) == (6, 3)
    assert [entry.seq for entry in await life.host.journal(GAME, 0, 100)] == [1, 2, 3, 4, 5, 6]
    assert told.seqs == [5, 6]


async def test_a_write_that_arrives_late_leaves_no_trace(life: Life) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.LATE)
    await life.host.post(GAME, ONE)
    before = await life.host.journal(GAME, 0, 100)

    await life.store.arrive()

    assert await life.host.journal(GAME, 0, 100) == before
    assert await life.host.post(GAME, ONE) == Acknowledged(6)


async def test_a_write_that_arrives_late_is_not_taken_for_the_one_that_came_after_it(life: Life) -> None:
    """Same number, same length, another's command: only the epoch tells them apart."""
    await open_game(life.host)
    life.store.troubles.extend([Trouble.LATE, Trouble.STUCK])
    given_up = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await loop_passes(1)
    given_up.cancel()
    await loop_passes()
    second = start(life.host.post(GAME, Add(BEN, HERE, 2), player_id=BEN, command_id="c2"))
    await loop_passes()

    await life.store.arrive()
    life.store.unstick()

    assert await second == Acknowledged(5)
    assert (await life.host.journal(GAME, 4, 10))[0].event == Added(BEN, HERE, 2)
    assert (await life.host.look(GAME)).state.total == 2


async def test_several_unknown_outcomes_in_a_row_end_well(life: Life) -> None:
    await open_game(life.host)
    life.store.troubles.extend([Trouble.LATE, Trouble.LOST, Trouble.LATE, Trouble.LANDED])

    assert await life.host.post(GAME, ONE, player_id=ADA, command_id="c1") == Acknowledged(5)
    await life.store.arrive()

    assert (await life.host.look(GAME)).state.total == 1


async def test_an_unknown_outcome_while_the_store_is_down_waits_for_it(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.LOST)
    life.store.cut_after_commit = True
    posting = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await clock.advance(3)
    assert not posting.done()

    life.store.down = False
    await clock.advance(2)

    assert await posting == Acknowledged(6), "behind the time in which the store was down, given back"


async def test_an_end_of_the_game_with_unknown_outcome_is_told_once(life: Life) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)
    life.store.troubles.append(Trouble.LANDED)

    assert await life.host.post(GAME, Call()) == Acknowledged(5)

    assert (told.seqs, told.commits[0].after.status) == ([5], "concluded")
    assert isinstance(await life.host.post(GAME, ONE), Refused)


@pytest.mark.parametrize("trouble", [Trouble.LANDED, Trouble.LOST])
async def test_a_creation_of_unknown_outcome_is_there_or_can_be_tried_again(life: Life, trouble: Trouble) -> None:
    life.store.troubles.append(trouble)

    if trouble is Trouble.LANDED:
        await life.host.create(TALLY, GAME, "A", (Opened(10),))
    else:
        with pytest.raises(Busy):
            await life.host.create(TALLY, GAME, "A", (Opened(10),))
        await life.host.create(TALLY, GAME, "A", (Opened(10),))

    assert await life.host.post(GAME, Sit(ADA, None)) == Acknowledged(2)
    await life.host.post(GAME, Begin())
    assert (await life.host.look(GAME)).state.status == "active"


@pytest.mark.parametrize("stopped", [False, True])
async def test_a_creation_that_hangs_is_busy_to_its_caller(life: Life, clock: HandClock, *, stopped: bool) -> None:
    life.store.troubles.append(Trouble.STUCK)
    creating = start(life.host.create(TALLY, GAME, "A", (Opened(10),)))
    await loop_passes()
    leaving = [start(life.stop())] if stopped else []

    await clock.advance(ANSWER_WAIT_S)

    with pytest.raises(Busy):
        await creating
    await asyncio.gather(*leaving)


async def test_one_sessions_trouble_is_not_anothers(life: Life) -> None:
    other = GameId("other")
    await open_game(life.host)
    await open_game(life.host, other)
    life.store.troubles.append(Trouble.LOST)

    answers = await asyncio.gather(life.host.post(GAME, ONE), life.host.post(other, ONE))

    assert answers == [Acknowledged(5), Acknowledged(5)]


@pytest.mark.parametrize("trouble", [None, Trouble.BUSY, Trouble.LOST, Trouble.LANDED, Trouble.LATE, Trouble.STUCK])
async def test_what_was_accepted_survives_a_kill_at_any_moment(
    memory: MemoryStore, clock: HandClock, trouble: Trouble | None
) -> None:
    """Kill after every number of loop passes that a commit may take, and ask the next life what it knows."""
    for passes in range(12):
        game = GameId(f"{trouble}-{passes}")
        async with living(memory, clock) as life:
            await open_game(life.host, game)
            if trouble is not None:
                life.store.troubles.append(trouble)
            posting = start(life.host.post(game, ONE, player_id=ADA, command_id="c1"))
            await loop_passes(passes)
            answered = posting.done()
            told = posting.result() if answered else None
            await life.kill()
            posting.cancel()
            await asyncio.wait({posting})
            await life.store.arrive()
        async with living(memory, clock) as life:
            await resume(life.host)
            seen = await life.host.look(game)
            again = await life.host.post(game, ONE, player_id=ADA, command_id="c1")
            assert (await life.host.look(game)).state.total == 1
            if told is not None:
                assert seen.state.total == 1, "an acknowledged command was lost"
                assert again == told
            await life.stop()


async def test_a_deadline_in_a_time_without_a_store_fires_once_its_round_was_served(
    life: Life, clock: HandClock
) -> None:
    await open_game(life.host)
    life.store.down = True

    await clock.advance(45)
    assert (await life.host.look(GAME)).state.round == 1
    life.store.down = False
    await clock.advance(29)

    assert (await life.host.look(GAME)).state.round == 1, "of its round nothing had been served"
    await clock.advance(3)
    seen = await life.host.look(GAME)
    assert (seen.state.round, seen.seq) == (2, 6)


async def test_a_deadline_behind_a_commit_that_hangs_fires_when_it_returned(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    await clock.advance(29)
    life.store.troubles.append(Trouble.STUCK)
    posting = start(life.host.post(GAME, ONE))
    await clock.advance(2)

    life.store.unstick()
    await clock.advance(0)

    assert await posting == Acknowledged(5)
    await clock.advance(3)
    assert (await life.host.look(GAME)).state.round == 2
