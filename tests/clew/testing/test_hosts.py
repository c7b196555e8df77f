"""One process of a host in a test's hands."""

from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import memory_store
from tests.kit.hosting import life_of
from tests.kit.store_records import new_session


async def test_what_a_killed_process_has_begun_to_write_does_not_arrive() -> None:
    clock = HandClock()
    store = memory_store(clock)
    life = life_of(store, clock)
    await life.up()
    new = new_session("late", life.host.owner)

    await life.kill()
    late = start(life.store.journal.create([new]))
    await loop_passes()

    assert not late.done()
    assert await store.journal.load(new.game_id) is None
    late.cancel()
