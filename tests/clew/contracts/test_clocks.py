"""The exam of ``sessions.ports.Store``: by which life's clock a session's times are told."""

from clew.sessions.ids import GameId, Owner
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, NOW, beat, loaded, made, part, place, reads, register
from tests.kit.stores import AnyStore

VERSION = reads(1)


async def _with_clock(store: AnyStore, name: str, ahead_ms: int | None) -> Owner:
    owner = await register(store, name)
    await store.nodes.renew(owner, LEASE, beat(ahead_ms=ahead_ms))
    return owner


async def test_what_the_writers_clock_is_ahead_goes_with_a_session_until_its_next_owner_writes(store: AnyStore) -> None:
    first = await _with_clock(store, "a", 30_000)
    row = await made(store, "g1", first)
    assert row.clock_offset_ms is None
    await store.ownership.release(first)
    await store.nodes.retire(first)
    second = await _with_clock(store, "b", -7)

    claimed = await store.ownership.claim(second, VERSION, 10)

    assert [row.clock_offset_ms for row in claimed] == [30_000]
    await store.journal.commit([part(claimed[0], "[2]")])
    assert (await loaded(store, "g1")).clock_offset_ms is None


async def test_a_dead_nodes_clock_is_told_to_its_heirs_heir_while_nobody_wrote(store: AnyStore) -> None:
    first = await _with_clock(store, "a", -3_600_000)
    await made(store, "g1", first)
    await store.nodes.declare_dead(first)
    second = await _with_clock(store, "b", 5)
    await store.ownership.claim(second, VERSION, 10)
    await store.nodes.declare_dead(second)

    claimed = await store.ownership.claim(await _with_clock(store, "c", None), VERSION, 10)

    assert [row.clock_offset_ms for row in claimed] == [-3_600_000]


async def test_what_is_handed_over_or_put_back_is_told_by_the_clock_of_who_had_it(store: AnyStore) -> None:
    first, second = await _with_clock(store, "a", 30_000), await _with_clock(store, "b", 0)
    await store.ownership.transfer(first, second, [place(await made(store, "g1", first))])
    await made(store, "g2", first)
    await store.ownership.quarantine(GameId("g2"), first, "broken", NOW)

    await store.ownership.put_back(GameId("g2"))

    assert [(await loaded(store, game)).clock_offset_ms for game in ("g1", "g2")] == [30_000, 30_000]


async def test_a_sleeper_is_told_by_the_clock_as_it_was_when_it_fell_asleep(store: AnyStore) -> None:
    first, second = await _with_clock(store, "a", 30_000), await _with_clock(store, "b", 0)
    await store.ownership.put_to_sleep(first, [place(await made(store, "g1", first))])
    await store.nodes.renew(first, LEASE, beat(ahead_ms=-600_000))
    await store.nodes.declare_dead(first)

    claimed = await store.ownership.claim(second, VERSION, 10)

    assert [row.clock_offset_ms for row in claimed] == [30_000]


async def test_a_sleeper_that_was_written_again_is_told_by_the_clock_as_it_is(store: AnyStore) -> None:
    first, second = await _with_clock(store, "a", 30_000), await _with_clock(store, "b", 0)
    row = await made(store, "g1", first)
    await store.ownership.put_to_sleep(first, [place(row)])
    await store.journal.commit([part(row, "[2]")])
    await store.nodes.renew(first, LEASE, beat(ahead_ms=-600_000))
    await store.nodes.declare_dead(first)

    claimed = await store.ownership.claim(second, VERSION, 10)

    assert [row.clock_offset_ms for row in claimed] == [-600_000]


async def test_of_a_life_that_says_nothing_of_its_clock_nothing_is_known(store: AnyStore) -> None:
    silent = await register(store, "a")
    await made(store, "g1", silent)
    await store.ownership.release(silent)

    claimed = await store.ownership.claim(await _with_clock(store, "b", 30_000), VERSION, 10)

    assert [row.clock_offset_ms for row in claimed] == [None]


async def test_a_clock_before_1970_ends_no_life_and_keeps_none_that_is_over(store: AnyStore, clock: HandClock) -> None:
    dead, owner = await register(store, "a"), await register(store, "b")
    await made(store, "g1", dead)
    await store.nodes.retire(dead)
    clock.leap(-2 * clock.now())

    renewed = [await store.nodes.renew(owner, LEASE, beat()) for _ in range(3)]

    assert None not in renewed
    assert {row.owner: row.alive for row in await store.nodes.rows()} == {dead: False, owner: True}
    assert [row.game_id for row in await store.ownership.claim(owner, VERSION, 10)] == ["g1"]
    begun = await register(store, "c")
    assert await store.nodes.renew(begun, LEASE, beat()) is not None
