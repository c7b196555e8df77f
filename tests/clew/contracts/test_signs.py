"""The exam of what a node says between its beats: by it a claim dates the end of who was killed."""

from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, beat, made, reads, register
from tests.kit.stores import AnyStore

VERSION = reads(1)


async def test_a_sign_of_life_between_two_beats_dates_an_end_and_prolongs_no_lease(
    store: AnyStore, clock: HandClock
) -> None:
    first = await register(store, "a")
    await made(store, "g1", first)
    renewed = await store.nodes.renew(first, LEASE, beat())
    assert renewed is not None
    clock.leap(LEASE - 1)
    await store.nodes.say_alive(first, renewed.at)
    said_at = clock.now()
    clock.leap(1)
    assert [row.alive for row in await store.nodes.rows()] == [False]

    claimed = await store.ownership.claim(await register(store, "a"), VERSION, 10)

    assert [row.unowned_since for row in claimed] == [said_at]


async def test_a_life_that_is_over_gives_no_sign(store: AnyStore, clock: HandClock) -> None:
    over = await register(store, "a")
    await made(store, "g1", over)
    renewed = await store.nodes.renew(over, LEASE, beat())
    assert renewed is not None
    await store.nodes.retire(over)
    ended_at = clock.now()
    clock.leap(900)
    await store.nodes.say_alive(over, renewed.at)

    claimed = await store.ownership.claim(await register(store, "a"), VERSION, 10)

    assert [row.unowned_since for row in claimed] == [ended_at]
