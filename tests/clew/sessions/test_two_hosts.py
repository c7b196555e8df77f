"""Two nodes believe that they run one session: one writes, the other leaves no trace and stops."""

import asyncio

import pytest

from clew.sessions.bounds import LEASE_MS
from clew.sessions.faults import Busy, Moved
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, BEN, GAME, HERE, TALLY, Life, Told, living, open_game, resume
from tests.kit.tally import Add, Opened, Sit

ONE = Add(ADA, HERE, 1)


async def _take_over(from_life: Life, to_life: Life, clock: HandClock) -> None:
    """The first one's lease runs out, as when it was paused; the other takes what it held."""
    from_life.store.down = True
    for _ in range(LEASE_MS // 1000 + 1):
        await clock.advance(1)
    assert (await resume(to_life.host)).sessions == 1
    from_life.store.down = False


async def test_a_late_writer_is_fenced_leaves_no_trace_and_stops(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock, "a") as first, living(memory, clock, "b") as second:
        await open_game(first.host)
        told = Told()
        await first.host.watch(GAME, told, told.ended.append)
        await _take_over(first, second, clock)
        before = await second.host.journal(GAME, 0, 100)

        with pytest.raises(Moved):
            await first.host.post(GAME, ONE, player_id=ADA, command_id="c1")

        assert await second.host.journal(GAME, 0, 100) == before
        assert (told.seqs, told.ended) == ([], ["moved"])
        with pytest.raises(Moved):
            await first.host.post(GAME, ONE, player_id=ADA, command_id="c1")
        assert await second.host.post(GAME, ONE, player_id=ADA, command_id="c1") == Acknowledged(6)


async def test_what_the_late_writer_had_committed_is_answered_the_same_by_its_heir(
    memory: MemoryStore, clock: HandClock
) -> None:
    async with living(memory, clock, "a") as first, living(memory, clock, "b") as second:
        await open_game(first.host)
        answer = await first.host.post(GAME, ONE, player_id=ADA, command_id="c1")
        refusal = await first.host.post(GAME, Add(BEN, HERE, -1), player_id=BEN, command_id="c2")
        await _take_over(first, second, clock)

        again = [
            await second.host.post(GAME, ONE, player_id=ADA, command_id="c1"),
            await second.host.post(GAME, ONE, player_id=BEN, command_id="c2"),
        ]

        assert again == [answer, refusal]
        assert (await second.host.look(GAME)).state.total == 1


@pytest.mark.parametrize("trouble", [Trouble.LANDED, Trouble.LATE, Trouble.LOST])
async def test_a_write_of_unknown_outcome_before_the_takeover_is_told_truly_by_the_heir(
    memory: MemoryStore, clock: HandClock, trouble: Trouble
) -> None:
    async with living(memory, clock, "a") as first, living(memory, clock, "b") as second:
        await open_game(first.host)
        told = Told()
        await first.host.watch(GAME, told, told.ended.append)
        first.store.troubles.append(trouble)
        first.store.cut_after_commit = True
        posting = start(first.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
        await loop_passes()
        await _take_over(first, second, clock)
        await first.store.arrive()
        await clock.advance(3)

        heir = await second.host.post(GAME, ONE, player_id=ADA, command_id="c1")

        assert (await second.host.look(GAME)).state.total == 1
        assert (heir == Acknowledged(5)) == (trouble is Trouble.LANDED)
        with pytest.raises(Moved):
            await posting
        assert told.seqs == []
        assert told.ended == ["moved"]


async def test_of_two_writers_at_one_moment_exactly_one_commits(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock, "a") as first, living(memory, clock, "b") as second:
        await open_game(first.host)
        await _take_over(first, second, clock)

        answers = await asyncio.gather(
            *(
                life.host.post(GAME, ONE, player_id=ADA, command_id=f"{life.host is first.host}-{number}")
                for number in range(5)
                for life in (first, second)
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(answer, Acknowledged) for answer in answers) == 5
        assert sum(isinstance(answer, Moved) for answer in answers) == 5
        entries = await second.host.journal(GAME, 0, 100)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        assert (await second.host.look(GAME)).state.total == 5


async def test_a_session_somebody_else_holds_is_neither_taken_nor_run(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock, "a") as first, living(memory, clock, "b") as second:
        await open_game(first.host)

        with pytest.raises(Moved):
            await second.host.post(GAME, ONE)

        assert (await resume(second.host)).sessions == 0
        assert await first.host.post(GAME, ONE) == Acknowledged(5)


async def test_a_session_nobody_holds_is_taken_by_who_is_asked_for_it(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock, "a") as first:
        await open_game(first.host)
        await first.stop()
    async with living(memory, clock, "b") as second:
        answers = await asyncio.gather(*(second.host.post(GAME, ONE) for _ in range(5)))

        assert sorted(answer.seq for answer in answers if isinstance(answer, Acknowledged)) == [6, 7, 8, 9, 10]


async def test_the_next_life_of_a_node_fences_the_one_before(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock, "a") as first, living(memory, clock, "a") as second:
        await first.host.create(TALLY, GAME, "A", (Opened(10),))
        assert (await resume(second.host)).sessions == 1

        with pytest.raises(Moved):
            await first.host.post(GAME, Sit(ADA, None))
        await clock.advance(1.5)

        with pytest.raises(Busy, match="not running"):
            await first.host.look(GAME)
        assert await second.host.post(GAME, Sit(BEN, None)) == Acknowledged(2)
        await first.stop()
