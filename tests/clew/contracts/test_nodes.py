"""The exam of ``sessions.ports.Store``: the lives of nodes."""

import asyncio

from clew.sessions.ids import NodeId, Owner
from clew.sessions.node_records import NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, beat, made, place, reads, register
from tests.kit.stores import AnyStore


async def test_every_life_of_a_node_has_its_own_name(store: AnyStore, clock: HandClock) -> None:
    lives = [await register(store, "a"), await register(store, "b"), await register(store, "a")]
    await store.retire(lives[2])
    clock.leap(10 * ENDED_LISTED_MS)
    lives.append(await register(store, "a"))
    lives.append(await register(store, "a.1"))

    assert len(set(lives)) == 5


async def test_a_name_is_never_given_again_though_all_lives_of_its_node_are_forgotten(
    store: AnyStore, clock: HandClock
) -> None:
    lives = [await register(store, node) for node in ("a", "a", "a", "b")]
    await store.retire(lives[2])
    clock.leap(2 * ENDED_LISTED_MS)
    assert await store.forget_nodes(100) == 4
    assert await store.nodes() == []

    later = [await register(store, node) for node in ("a", "b", "b")]

    assert set(later).isdisjoint(lives)
    assert await store.renew(lives[2], LEASE, beat()) is None


async def test_nodes_whose_names_never_come_again_leave_nothing_behind(store: AnyStore, clock: HandClock) -> None:
    pods = [await register(store, f"pod-{number}") for number in range(5)]
    await store.retire(pods[0])
    clock.leap(ENDED_LISTED_MS)
    serving = await register(store, "pod-5")

    forgotten = [await store.forget_nodes(3), await store.forget_nodes(3), await store.forget_nodes(3)]

    assert forgotten == [3, 2, 0]
    assert await _alive(store) == {serving: True}


async def test_no_life_is_forgotten_that_lives_ended_lately_or_holds_something(
    store: AnyStore, clock: HandClock
) -> None:
    holds, asleep, lives, lately = [await register(store, node) for node in ("a", "b", "c", "d")]
    await made(store, "g1", holds)
    await store.put_to_sleep(asleep, [place(await made(store, "g2", asleep))])
    await store.retire(holds)
    clock.leap(ENDED_LISTED_MS - 1)
    await store.renew(lives, LEASE, beat())
    assert await store.forget_nodes(100) == 0
    clock.leap(1)
    await store.renew(lives, LEASE, beat())

    forgotten = await store.forget_nodes(100)

    assert forgotten == 1
    assert await _alive(store) == {holds: False, asleep: False, lives: True}
    assert lately not in await _alive(store)


async def test_what_a_node_lacks_is_told_as_it_said_it_last(store: AnyStore) -> None:
    owner = await store.register(NodeInfo(NodeId("a"), "here", "0.1.0", reads(1), key_print="ab12"), LEASE)
    await store.renew(owner, LEASE, beat(unfit="NATS is away"))
    lacking = await store.nodes()

    await store.renew(owner, LEASE, beat())

    assert [(row.unfit, row.key_print) for row in lacking] == [("NATS is away", "ab12")]
    assert [(row.unfit, row.key_print) for row in await store.nodes()] == [("", "ab12")]


async def test_a_life_is_over_when_it_ended_and_only_silent_when_its_lease_ran_out(
    store: AnyStore, clock: HandClock
) -> None:
    retired, silent, declared = [await register(store, node) for node in ("a", "b", "c")]
    await store.retire(retired)
    await store.declare_dead(declared)
    clock.leap(LEASE)

    over = {row.owner: row.over for row in await store.nodes()}

    assert over == {retired: True, silent: False, declared: True}


async def test_lives_that_begin_at_the_same_time_have_different_names(store: AnyStore) -> None:
    lives = await asyncio.gather(*(register(store, "a") for _ in range(5)))

    assert len(set(lives)) == 5
    assert sum(row.alive for row in await store.nodes()) == 1


async def test_a_beat_prolongs_the_lease_from_now(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    clock.leap(LEASE - 1)

    renewed = await store.renew(owner, LEASE, beat())

    assert renewed == Renewal(draining=False, held=0)
    clock.leap(LEASE - 1)
    assert await _alive(store) == {owner: True}
    clock.leap(1)
    assert await _alive(store) == {owner: False}


async def test_a_beat_tells_the_stores_time_by_which_a_node_compares_its_clock(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    clock.leap(1_000)

    renewed = await store.renew(owner, LEASE, beat(ahead_ms=-2_500))

    assert renewed is not None
    assert (renewed.before, renewed.at) == (clock.now() - 1_000, clock.now())
    assert [row.clock_offset_ms for row in await store.nodes()] == [-2_500]
    await store.renew(owner, LEASE, beat())
    assert [row.clock_offset_ms for row in await store.nodes()] == [None]


async def test_a_lease_that_ran_out_may_be_renewed_while_nobody_ended_that_life(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    clock.leap(10 * LEASE)

    assert await store.renew(owner, LEASE, beat()) is not None
    assert await _alive(store) == {owner: True}


async def test_a_beat_tells_how_many_open_sessions_are_held_awake(store: AnyStore) -> None:
    owner = await register(store, "a")
    rows = [await made(store, f"g{number}", owner) for number in range(4)]
    await store.put_to_sleep(owner, [place(rows[0])])
    await store.quarantine(rows[1].game_id, owner, "broken", rows[1].inserted_at)

    assert await store.renew(owner, LEASE, beat()) == Renewal(draining=False, held=2)


async def test_a_node_that_drains_is_told_so_for_the_rest_of_its_life(store: AnyStore) -> None:
    owner = await register(store, "a")

    assert await store.renew(owner, LEASE, beat(draining=True)) == Renewal(draining=True, held=0)
    assert await store.renew(owner, LEASE, beat(draining=False)) == Renewal(draining=True, held=0)
    assert await store.renew(await register(store, "a"), LEASE, beat()) == Renewal(draining=False, held=0)


async def test_a_life_that_is_over_is_never_renewed(store: AnyStore, clock: HandClock) -> None:
    retired, declared, followed = [await register(store, node) for node in ("a", "b", "c")]
    await store.retire(retired)
    await store.declare_dead(declared)
    second = await register(store, "c")
    clock.leap(10)

    for owner in (retired, declared, followed, Owner("never.1")):
        assert await store.renew(owner, LEASE, beat()) is None

    assert await store.renew(second, LEASE, beat()) is not None
    assert await _alive(store) == {retired: False, declared: False, followed: False, second: True}


async def test_a_life_is_declared_dead_once(store: AnyStore) -> None:
    owner, retired = await register(store, "a"), await register(store, "b")
    await store.retire(retired)

    assert [await store.declare_dead(each) for each in (owner, owner, retired, Owner("never.1"))] == [
        True,
        False,
        False,
        False,
    ]


async def test_one_whose_lease_ran_out_may_still_be_declared_dead_for_good(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    clock.leap(LEASE)

    assert await store.declare_dead(owner)
    assert await store.renew(owner, LEASE, beat()) is None


async def test_nodes_are_listed_as_they_said_they_are(store: AnyStore, clock: HandClock) -> None:
    info = NodeInfo(NodeId("b"), "10.0.0.1:9000", "1.2.3", reads(7), ("host",))
    owner = await store.register(info, LEASE)
    new = await register(store, "a")
    await store.renew(owner, LEASE, beat(ready=True, draining=True, sessions=12))
    clock.leap(300)

    rows = await store.nodes()

    assert rows == [
        NodeRow(
            new,
            NodeId("a"),
            "127.0.0.1:8000",
            "0.1.0",
            reads(1),
            ("host", "gateway"),
            True,
            False,
            False,
            0,
            silent_ms=300,
        ),
        NodeRow(owner, NodeId("b"), "10.0.0.1:9000", "1.2.3", reads(7), ("host",), True, True, True, 12, silent_ms=300),
    ]


async def test_a_node_may_have_no_role(store: AnyStore) -> None:
    await store.register(NodeInfo(NodeId("a"), "here", "0.1.0", reads(1), ()), LEASE)

    assert [row.roles for row in await store.nodes()] == [()]


async def test_lives_are_listed_in_order_and_the_dead_among_them(store: AnyStore, clock: HandClock) -> None:
    lives = [await register(store, node) for node in ("b", *(["a"] * 10))]
    clock.leap(200)
    await store.retire(lives[-1])
    clock.leap(300)

    rows = await store.nodes()

    assert [row.owner for row in rows] == [*lives[1:], lives[0]]
    assert [row.alive for row in rows] == [*([False] * 10), True]
    assert (rows[-2].silent_ms, rows[-1].silent_ms) == (300, 500)


async def test_a_life_that_ended_long_ago_is_listed_only_while_it_holds_something(
    store: AnyStore, clock: HandClock
) -> None:
    holds, asleep, nothing, followed = [await register(store, node) for node in ("a", "b", "c", "d")]
    await made(store, "g1", holds)
    await store.put_to_sleep(asleep, [place(await made(store, "g2", asleep))])
    await register(store, "d")
    clock.leap(ENDED_LISTED_MS - 1)
    assert [row.owner for row in await store.nodes()] == [holds, asleep, nothing, followed, "d.2"]
    clock.leap(1)

    newest = await register(store, "d")
    await store.forget_nodes(100)

    assert [row.owner for row in await store.nodes()] == [holds, asleep, newest]


async def _alive(store: AnyStore) -> dict[Owner, bool]:
    return {row.owner: row.alive for row in await store.nodes()}
