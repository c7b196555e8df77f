"""Whoever watches hears every commit once, in order, from where they began; and hurts nobody."""

import asyncio

from clew.sessions.ids import GameId
from clew.sessions.records import Committed
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, GAME, HERE, Life, Told, living, open_game
from tests.kit.stores import AnyStore
from tests.kit.tally import Add, Call, Event, Tally

ONE = Add(ADA, HERE, 1)


async def test_a_watch_begins_where_it_says_and_misses_nothing(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        posting = [start(life.host.post(GAME, ONE)) for _ in range(50)]
        told = list[Told]()
        began = list[int]()
        for _ in range(30):
            told.append(Told())
            watch = await life.host.watch(GAME, told[-1])
            began.append(watch.seq)
            assert watch.state.total == watch.seq - 4
            await loop_passes(1)
        await asyncio.wait(posting)

        assert [one.seqs for one in told] == [list(range(seq + 1, 55)) for seq in began]


async def test_a_commit_tells_the_states_around_it(life: Life) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)

    await life.host.post(GAME, ONE)
    await life.host.post(GAME, Call())

    assert [(c.game_id, c.before.total, c.after.total) for c in told.commits] == [(GAME, 0, 1), (GAME, 1, 1)]
    assert told.commits[1].after.status == "concluded"
    assert told.commits[0].after is told.commits[1].before


async def test_a_watcher_that_raises_hurts_only_its_own_watch(life: Life) -> None:
    await open_game(life.host)
    before, after, ended = Told(), Told(), list[str]()

    def broken(committed: Committed[Tally, Event]) -> None:
        raise ArithmeticError(f"can't hear {len(committed.entries)} entries")

    await life.host.watch(GAME, before)
    await life.host.watch(GAME, broken, ended.append)
    await life.host.watch(GAME, after)
    for _ in range(3):
        await life.host.post(GAME, ONE)

    assert before.seqs == after.seqs == [5, 6, 7]
    assert ended == ["failed"]


async def test_one_who_raises_at_the_end_hurts_nobody_either(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        other = Told()

        def broken(why: str) -> None:
            raise ArithmeticError(why)

        await life.host.watch(GAME, Told(), broken)
        await life.host.watch(GAME, other, other.ended.append)
        await life.stop()

        assert other.ended == ["stopping"]


async def test_a_closed_watch_hears_no_more(life: Life) -> None:
    await open_game(life.host)
    told = Told()
    watch = await life.host.watch(GAME, told, told.ended.append)
    await life.host.post(GAME, ONE)

    watch.close()
    watch.close()
    await life.host.post(GAME, ONE)
    await life.stop()

    assert (told.seqs, told.ended) == ([5], [])


async def test_watchers_may_come_and_go_while_they_are_told(life: Life) -> None:
    await open_game(life.host)
    steady, late = Told(), Told()

    def leaving(committed: Committed[Tally, Event]) -> None:
        del committed
        watches[0].close()

    watches = [await life.host.watch(GAME, leaving), await life.host.watch(GAME, steady)]
    await life.host.post(GAME, ONE)
    await life.host.watch(GAME, late)
    await life.host.post(GAME, ONE)

    assert (steady.seqs, late.seqs) == ([5, 6], [6])


async def test_a_watch_of_a_closed_session_is_silent(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        await life.host.post(GAME, Call())
        await life.stop()
    async with living(store, clock) as life:
        told = Told()

        watch = await life.host.watch(GAME, told, told.ended.append)
        await life.host.post(GAME, ONE)

        assert (watch.seq, watch.state.status, told.seqs, told.ended) == (5, "concluded", [], [])


async def test_the_feed_is_told_before_the_caller_goes_on(life: Life) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)
    life.store.troubles.append(Trouble.LANDED)

    await life.host.post(GAME, ONE)

    assert told.seqs == [5]


async def test_sessions_feeds_are_their_own(life: Life) -> None:
    other = GameId("other")
    await open_game(life.host)
    await open_game(life.host, other)
    told = Told()
    await life.host.watch(other, told)

    await life.host.post(GAME, ONE)

    assert told.commits == []
