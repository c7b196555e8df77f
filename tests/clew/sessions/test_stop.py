"""Stopping: what is in hand is finished, everything is let go of, and it ends whatever the store does."""

import pytest

from clew.sessions.bounds import STOP_GRACE_S
from clew.sessions.faults import Busy
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, GAME, HERE, Life, Told, living, open_game
from tests.kit.stores import AnyStore
from tests.kit.tally import Add, Break

ONE = Add(ADA, HERE, 1)


async def test_a_stopped_host_lets_go_of_every_session(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        await open_game(life.host, GameId("other"))
        await life.stop()

    for game in (GAME, GameId("other")):
        stored = await store.journal.load(game)
        assert stored is not None
        assert (stored.owner, stored.unowned_since) == (None, clock.now())


async def test_commands_in_hand_are_finished_and_new_ones_turned_away(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told, told.ended.append)
    life.store.troubles.append(Trouble.STUCK)
    posted = [start(life.host.post(GAME, ONE)) for _ in range(3)]
    await loop_passes()

    stopping = start(life.stop())
    await clock.advance(0.5)
    with pytest.raises(Busy):
        await life.host.post(GAME, ONE)
    life.store.unstick()
    await clock.advance(0)

    await stopping
    assert [await post for post in posted] == [Acknowledged(5), Acknowledged(6), Acknowledged(7)]
    assert (told.seqs, told.ended) == ([5, 6, 7], ["stopping"])


async def test_a_store_that_is_stuck_does_not_stop_the_stop(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.STUCK)
    posting = start(life.host.post(GAME, ONE))
    await loop_passes()

    stopping = start(life.stop())
    await clock.advance(STOP_GRACE_S)

    await stopping
    with pytest.raises(Busy):
        await posting


async def test_a_store_that_is_down_does_not_stop_the_stop(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.down = True
    posting = start(life.host.post(GAME, ONE))

    stopping = start(life.stop())
    await clock.advance(2 * STOP_GRACE_S)

    await stopping
    with pytest.raises(Busy):
        await posting


async def test_a_store_that_hangs_does_not_stop_the_stop(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.unplug()

    stopping = start(life.stop())
    await clock.advance(2 * STOP_GRACE_S)

    await stopping


async def test_a_session_that_is_being_restarted_does_not_stop_the_stop(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    crashing = start(life.host.post(GAME, Break("decide")))
    waiting = start(life.host.post(GAME, ONE))
    await loop_passes()

    stopping = start(life.stop())
    await clock.advance(1)

    await stopping
    assert crashing.exception() is not None
    assert await waiting == Acknowledged(5)


async def test_stopping_twice_is_stopping_once(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        first, second = start(life.host.stop()), start(life.host.stop())
        await first
        await second
        await life.host.stop()
        await life.stop()

    stored = await store.journal.load(GAME)
    assert stored is not None and stored.owner is None


async def test_after_the_stop_everything_is_busy(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        await life.host.stop()

        with pytest.raises(Busy):
            await life.host.look(GAME)
        await clock.advance(100)

    stored = await memory.journal.load(GAME)
    assert stored is not None and stored.seq == 4, "no deadline fires after the stop"


async def test_an_error_inside_the_host_is_a_crash_not_a_stop(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        told = Told()
        await life.host.watch(GAME, told, told.ended.append)

        await life.kill()

        assert told.ended == ["stopping"]
    stored = await memory.journal.load(GAME)
    assert stored is not None and stored.owner is not None
