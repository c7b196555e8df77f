"""The exam of ``sessions.ports.NodeRegister``."""

import asyncio

from clew.sessions.ids import NodeId, Owner
from clew.sessions.node_records import NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, beat, made, place, reads, register
from tests.kit.stores import AnyStore


async def test_every_life_of_a_node_has_its_own_name(store: AnyStore, clock: HandClock) -> None:
    lives = [await register(store, "a"), await register(store, "b"), await register(store, "a")]
    await store.nodes.retire(lives[2])
    clock.leap(10 * ENDED_LISTED_MS)
    lives.append(await register(store, "a"))
    lives.append(await register(store, "a.1"))

    assert len(set(lives)) == 5


async def test_a_name_is_never_given_again_though_all_lives_of_its_node_are_forgotten(
    store: AnyStore, clock: HandClock
) -> None:
    lives = [await register(store, node) for node in ("a", "a", "a", "b")]
    await store.nodes.retire(lives[2])
    clock.leap(2 * ENDED_LISTED_MS)
    assert await store.nodes.forget(100) == 4
    assert await store.nodes.rows() == []

    later = [await register(store, node) for node in ("a", "b", "b")]

    assert set(later).isdisjoint(lives)
    assert await store.nodes.renew(lives[2], LEASE, beat()) is None


async def test_nodes_whose_names_never_come_again_leave_nothing_behind(store: AnyStore, clock: HandClock) -> None:
    pods = [await register(store, f"pod-{number}") for number in range(5)]
    await store.nodes.retire(pods[0])
    clock.leap(ENDED_LISTED_MS)
    serving = await register(store, "pod-5")

    forgotten = [await store.nodes.forget(3), await store.nodes.forget(3), await store.nodes.forget(3)]

    assert forgotten == [3, 2, 0]
    assert await _alive(store) == {serving: True}


async def test_no_life_is_forgotten_that_lives_ended_lately_or_holds_something(
    store: AnyStore, clock: HandClock
) -> None:
    holds, asleep, lives, lately = [await register(store, node) for node in ("a", "b", "c", "d")]
    await made(store, "g1", holds)
    await store.ownership.put_to_sleep(asleep, [place(await made(store, "g2", asleep))])
    await store.nodes.retire(holds)
    clock.leap(ENDED_LISTED_MS - 1)
    await store.nodes.renew(lives, LEASE, beat())
    assert await store.nodes.forget(100) == 0
    clock.leap(1)
    await store.nodes.renew(lives, LEASE, beat())

    forgotten = await store.nodes.forget(100)

    assert forgotten == 1
    assert await _alive(store) == {holds: False, asleep: False, lives: True}
    assert lately not in await _alive(store)


async def test_what_a_node_lacks_is_told_as_it_said_it_last(store: AnyStore) -> None:
    owner = await store.nodes.register(NodeInfo(NodeId("a"), "here", "0.1.0", reads(1), key_print="ab12"), LEASE)
    await store.nodes.renew(owner, LEASE, beat(unfit="NATS is away"))
    lacking = await store.nodes.rows()

    await store.nodes.renew(owner, LEASE, beat())

    assert [(row.unfit, row.key_print) for row in lacking] == [("NATS is away", "ab12")]
    assert [(row.unfit, row.key_print) for row in await store.nodes.rows()] == [("", "ab12")]


async def test_a_life_is_over_when_it_ended_and_only_silent_when_its_lease_ran_out(
    store: AnyStore, clock: HandClock
) -> None:
    retired, silent, declared = [await register(store, node) for node in ("a", "b", "c")]
    await store.nodes.retire(retired)
    await store.nodes.declare_dead(declared)
    clock.leap(LEASE)

    over = {row.owner: row.over for row in await store.nodes.rows()}

    assert over == {retired: True, silent: False, declared: True}


async def test_lives_that_begin_at_the_same_time_have_different_names(store: AnyStore) -> None:
    lives = await asyncio.gather(*(register(store, "a") for _ in range(5)))

    assert len(set(lives)) == 5
    assert sum(row.alive for row in await store.nodes.rows()) == 1


async def test_a_beat_prolongs_the_lease_from_now(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    clock.leap(LEASE - 1)

    renewed = await store.nodes.renew(owner, LEASE, beat())

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

    renewed = await store.nodes.renew(owner, LEASE, beat(ahead_ms=-2_500))

    assert renewed is not None
    assert (renewed.before, renewed.at) == (clock.now() - 1_000, clock.now())
    assert [row.clock_offset_ms for row in await store.nodes.rows()] == [-2_500]
    await store.nodes.renew(owner, LEASE, beat())
    assert [row.clock_offset_ms for row in await store.nodes.rows()] == [None]


async def test_a_lease_that_ran_out_may_be_renewed_while_nobody_ended_that_life(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    clock.leap(10 * LEASE)

    assert await store.nodes.renew(owner, LEASE, beat()) is not None
    assert await _alive(store) == {owner: True}


async def test_a_beat_tells_how_many_open_sessions_are_held_awake(store: AnyStore) -> None:
    owner = await register(store, "a")
    rows = [await made(store, f"g{number}", owner) for number in range(4)]
    await store.ownership.put_to_sleep(owner, [place(rows[0])])
    await store.ownership.quarantine(rows[1].game_id, owner, "broken", rows[1].inserted_at)

    assert await store.nodes.renew(owner, LEASE, beat()) == Renewal(draining=False, held=2)


async def test_a_node_that_drains_is_told_so_for_the_rest_of_its_life(store: AnyStore) -> None:
    owner = await register(store, "a")

    assert await store.nodes.renew(owner, LEASE, beat(draining=True)) == Renewal(draining=True, held=0)
    assert await store.nodes.renew(owner, LEASE, beat(draining=False)) == Renewal(draining=True, held=0)
    assert await store.nodes.renew(await register(store, "a"), LEASE, beat()) == Renewal(draining=False, held=0)


async def test_a_life_that_is_over_is_never_renewed(store: AnyStore, clock: HandClock) -> None:
    retired, declared, followed = [await register(store, node) for node in ("a", "b", "c")]
    await store.nodes.retire(retired)
    await store.nodes.declare_dead(declared)
    second = await register(store, "c")
    clock.leap(10)

    for owner in (retired, declared, followed, Owner("never.1")):
        assert await store.nodes.renew(owner, LEASE, beat()) is None

    assert await store.nodes.renew(second, LEASE, beat()) is not None
    assert await _alive(store) == {retired: False, declared: False, followed: False, second: True}


async def test_a_life_is_declared_dead_once(store: AnyStore) -> None:
    owner, retired = await register(store, "a"), await register(store, "b")
    await store.nodes.retire(retired)

    assert [await store.nodes.declare_dead(each) for each in (owner, owner, retired, Owner("never.1"))] == [
        True,
        False,
        False,
        False,
    ]


async def test_one_whose_lease_ran_out_may_still_be_declared_dead_for_good(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    clock.leap(LEASE)

    assert await store.nodes.declare_dead(owner)
    assert await store.nodes.renew(owner, LEASE, beat()) is None


async def test_nodes_are_listed_as_they_said_they_are(store: AnyStore, clock: HandClock) -> None:
    info = NodeInfo(NodeId("b"), "10.0.0.1:9000", "1.2.3", reads(7), ("host",))
    owner = await store.nodes.register(info, LEASE)
    new = await register(store, "a")
    await store.nodes.renew(owner, LEASE, beat(ready=True, draining=True, sessions=12))
    clock.leap(300)

    rows = await store.nodes.rows()

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
    await store.nodes.register(NodeInfo(NodeId("a"), "here", "0.1.0", reads(1), ()), LEASE)

    assert [row.roles for row in await store.nodes.rows()] == [()]


async def test_lives_are_listed_in_order_and_the_dead_among_them(store: AnyStore, clock: HandClock) -> None:
    lives = [await register(store, node) for node in ("b", *(["a"] * 10))]
    clock.leap(200)
    await store.nodes.retire(lives[-1])
    clock.leap(300)

    rows = await store.nodes.rows()

    assert [row.owner for row in rows] == [*lives[1:], lives[0]]
    assert [row.alive for row in rows] == [*([False] * 10), True]
    assert (rows[-2].silent_ms, rows[-1].silent_ms) == (300, 500)


async def test_a_life_that_ended_long_ago_is_listed_only_while_it_holds_something(
    store: AnyStore, clock: HandClock
) -> None:
    holds, asleep, nothing, followed = [await register(store, node) for node in ("a", "b", "c", "d")]
    await made(store, "g1", holds)
    await store.ownership.put_to_sleep(asleep, [place(await made(store, "g2", asleep))])
    await register(store, "d")
    clock.leap(ENDED_LISTED_MS - 1)
    assert [row.owner for row in await store.nodes.rows()] == [holds, asleep, nothing, followed, "d.2"]
    clock.leap(1)

    newest = await register(store, "d")
    await store.nodes.forget(100)

    assert [row.owner for row in await store.nodes.rows()] == [holds, asleep, newest]


async def _alive(store: AnyStore) -> dict[Owner, bool]:
    return {row.owner: row.alive for row in await store.nodes.rows()}


async def test_a_node_hears_with_its_next_beat_that_it_is_to_drain(store: AnyStore) -> None:
    owner = await register(store, "a")
    await register(store, "b")

    assert await store.nodes.ask_drain(NodeId("a"))

    assert {row.node_id: row.draining for row in await store.nodes.rows()} == {"a": True, "b": False}
    for _ in range(2):
        renewal = await store.nodes.renew(owner, LEASE, beat())
        assert renewal is not None and renewal.draining


async def test_only_the_living_are_asked_to_drain(store: AnyStore, clock: HandClock) -> None:
    await store.nodes.retire(await register(store, "retired"))
    await register(store, "silent")
    clock.leap(LEASE)

    assert [await store.nodes.ask_drain(NodeId(node)) for node in ("retired", "silent", "never")] == [
        False,
        False,
        False,
    ]


async def test_a_nodes_next_life_does_not_inherit_the_drain(store: AnyStore) -> None:
    await register(store, "a")
    await store.nodes.ask_drain(NodeId("a"))

    renewal = await store.nodes.renew(await register(store, "a"), LEASE, beat())

    assert renewal is not None and not renewal.draining
