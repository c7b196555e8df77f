"""The exam of ``sessions.ports.Ownership``: who holds what, and since when nobody does."""

import asyncio

import pytest

from clew.sessions.ids import GameId, Owner
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Holding, Verdict
from clew.stores.bounds import FOUND_DEAD_WITHIN_MS
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, NOW, beat, loaded, made, new_session, part, reads, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")
VERSION = reads(1)
"""The newest state version that these claimers read; the one their sessions have."""


async def test_what_a_living_node_holds_is_not_claimed(store: AnyStore, clock: HandClock) -> None:
    mine = await register(store, "a")
    before = await made(store, "g1", mine)
    clock.leap(LEASE - 1)
    other = await register(store, "b")

    claimed = await store.ownership.claim(other, VERSION, 10)

    assert claimed == []
    assert await store.ownership.count_claimable(other, VERSION) == {}
    after = await loaded(store, "g1")
    assert (after.owner, after.epoch, after.unowned_since) == (mine, before.epoch, None)


async def test_nobody_claims_what_it_holds_itself(store: AnyStore) -> None:
    mine = await register(store)
    await made(store, "g1", mine)

    assert await store.ownership.count_claimable(mine, VERSION) == {}
    assert await store.ownership.claim(mine, VERSION, 10) == []


async def test_a_dead_nodes_sessions_are_claimed_with_the_time_it_last_lived(store: AnyStore, clock: HandClock) -> None:
    dead = await register(store, "a")
    await made(store, "g1", dead, "[1]", "[2]")
    clock.leap(1_000)
    assert await store.nodes.renew(dead, LEASE, beat()) is not None
    clock.leap(LEASE - 1)
    heir = await register(store, "b")

    assert await store.ownership.claim(heir, VERSION, 10) == []
    clock.leap(1)
    claimed = await store.ownership.claim(heir, VERSION, 10)

    assert [row.game_id for row in claimed] == ["g1"]
    assert (claimed[0].owner, claimed[0].epoch, claimed[0].unowned_since) == (heir, 2, NOW + 1_000)
    assert (claimed[0].seq, claimed[0].state) == (2, snapshot().state)
    assert (claimed[0].read_at, claimed[0].unowned_ms) == (NOW + 1_000 + LEASE, LEASE)
    assert await loaded(store, "g1") == claimed[0]


async def test_a_claim_says_whose_each_session_was(store: AnyStore, clock: HandClock) -> None:
    dead, gone = await register(store, "a"), await register(store, "b")
    await made(store, "g1", dead)
    await made(store, "g2", gone)
    await store.ownership.release(gone)
    clock.leap(LEASE)
    heir = await register(store, "c")

    claimed = await store.ownership.claim(heir, VERSION, 10)

    assert {row.game_id: row.claimed_from for row in claimed} == {"g1": dead, "g2": None}
    assert (await loaded(store, "g1")).claimed_from is None


async def test_a_claim_brings_the_tail_of_each_session(store: AnyStore) -> None:
    owner = await register(store, "a")
    for game in ("g1", "g2"):
        row = await made(store, game, owner)
        await store.journal.commit([part(row, f'["{game}"]', "[3]")])
    await store.ownership.release(owner)

    claimed = await store.ownership.claim(await register(store, "b"), VERSION, 10)

    tails = {row.game_id: [entry.body for entry in row.tail] for row in claimed}
    assert tails == {"g1": [b'["g1"]', b"[3]"], "g2": [b'["g2"]', b"[3]"]}


async def test_a_nodes_next_life_claims_at_once_what_the_last_one_held(store: AnyStore, clock: HandClock) -> None:
    first = await register(store, "a")
    await made(store, "g1", first)
    clock.leap(700)
    second = await register(store, "a")

    claimed = await store.ownership.claim(second, VERSION, 10)

    assert [(row.owner, row.epoch, row.unowned_since) for row in claimed] == [(second, 2, NOW)]


async def test_what_was_released_is_claimed_with_the_time_of_the_release(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)
    await made(store, "g2", owner)
    clock.leap(300)

    released = await store.ownership.release(owner)
    clock.leap(1)
    await store.nodes.retire(owner)

    heir = await register(store, "b")
    assert released == 2
    assert await store.ownership.count_claimable(heir, VERSION) == {FIRST_KIND: 2}
    claimed = await store.ownership.claim(heir, VERSION, 10)
    assert {row.unowned_since for row in claimed} == {NOW + 300}


async def test_a_release_stops_what_is_still_on_its_way(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)
    clock.leap(300)
    await store.ownership.release(owner)

    verdicts = await store.journal.commit([part(before, "[2]")])

    assert verdicts == [Verdict.FENCED]
    after = await loaded(store, "g1")
    assert (after.owner, after.seq, after.unowned_since) == (None, before.seq, NOW + 300)


async def test_a_retired_lifes_sessions_are_claimed_though_it_let_go_of_nothing(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)
    clock.leap(200)
    await store.nodes.retire(owner)
    clock.leap(50)
    await store.nodes.retire(owner)

    claimed = await store.ownership.claim(await register(store, "b"), VERSION, 10)

    assert [row.unowned_since for row in claimed] == [NOW + 200]


@pytest.mark.parametrize(
    ("silent_ms", "lived_ms"),
    [(400, 400), (FOUND_DEAD_WITHIN_MS - 1, FOUND_DEAD_WITHIN_MS - 1), (FOUND_DEAD_WITHIN_MS, 0)],
)
async def test_one_declared_dead_is_claimed_from_at_once_and_lived_till_then_unless_it_stood_still_before(
    store: AnyStore, clock: HandClock, silent_ms: int, lived_ms: int
) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)
    heir = await register(store, "b")
    clock.leap(silent_ms)
    await store.nodes.declare_dead(owner)

    claimed = await store.ownership.claim(heir, VERSION, 10)

    assert [(row.owner, row.unowned_since) for row in claimed] == [(heir, NOW + lived_ms)]


async def test_time_without_an_owner_adds_up_until_something_is_committed(store: AnyStore, clock: HandClock) -> None:
    first = await register(store, "a")
    await made(store, "g1", first)
    clock.leap(100)
    await store.ownership.release(first)
    clock.leap(5_000)
    await store.ownership.claim(await register(store, "b"), VERSION, 10)
    clock.leap(4_000)
    third = await register(store, "b")

    claimed = await store.ownership.claim(third, VERSION, 10)
    assert [(row.epoch, row.unowned_since, row.unowned_ms) for row in claimed] == [(4, NOW + 100, 9_000)]
    verdicts = await store.journal.commit([part(claimed[0], "[2]")])

    assert verdicts == [Verdict.COMMITTED]
    after = await loaded(store, "g1")
    assert (after.unowned_since, after.unowned_ms) == (None, None)


async def test_a_release_before_anything_was_committed_keeps_the_older_time(store: AnyStore, clock: HandClock) -> None:
    first = await register(store, "a")
    await made(store, "g1", first)
    await store.ownership.release(first)
    clock.leap(5_000)
    second = await register(store, "b")
    await store.ownership.claim(second, VERSION, 10)
    clock.leap(2_000)

    await store.ownership.release(second)

    assert (await loaded(store, "g1")).unowned_since == NOW


async def test_a_claim_fences_whoever_held_the_session(store: AnyStore, clock: HandClock) -> None:
    before = await made(store, "g1", await register(store, "a"))
    clock.leap(LEASE)
    await store.ownership.claim(await register(store, "b"), VERSION, 10)

    verdicts = await store.journal.commit([part(before, "[2]")])

    assert verdicts == [Verdict.FENCED]
    assert (await loaded(store, "g1")).seq == 1


async def test_who_was_silent_past_its_lease_is_over_once_others_claim(store: AnyStore, clock: HandClock) -> None:
    silent, idle = await register(store, "a"), await register(store, "b")
    await made(store, "g1", silent)
    clock.leap(LEASE)
    survivor = await register(store, "c")

    assert len(await store.ownership.claim(survivor, VERSION, 10)) == 1

    assert await store.nodes.renew(silent, LEASE, beat()) is None
    assert await store.nodes.renew(idle, LEASE, beat()) is not None, "it held nothing that anybody could have taken"
    assert await store.nodes.renew(survivor, LEASE, beat()) is not None


async def test_who_renewed_late_but_before_any_claim_keeps_all(store: AnyStore, clock: HandClock) -> None:
    silent, other = await register(store, "a"), await register(store, "b")
    await made(store, "g1", silent)
    clock.leap(LEASE)
    assert await store.nodes.renew(silent, LEASE, beat()) is not None
    assert await store.nodes.renew(other, LEASE, beat()) is not None

    assert await store.ownership.claim(other, VERSION, 10) == []

    assert await store.nodes.renew(silent, LEASE, beat()) is not None


async def test_a_late_beat_and_a_claim_at_the_same_time_never_both_win(store: AnyStore, clock: HandClock) -> None:
    for number in range(20):
        silent = await register(store, "a")
        await made(store, f"g{number}", silent)
        clock.leap(LEASE)
        survivor = await register(store, "b")

        renewal, claimed = await asyncio.gather(
            store.nodes.renew(silent, LEASE, beat()), store.ownership.claim(survivor, VERSION, 100)
        )

        assert (renewal is None) == any(row.game_id == f"g{number}" for row in claimed)
        await store.nodes.retire(silent)
        await store.nodes.retire(survivor)


async def test_claims_come_in_batches_and_overlap_never(store: AnyStore) -> None:
    await _leave_to_nobody(store, 25)
    first, second = await register(store, "a"), await register(store, "b")

    batches = [await store.ownership.claim(owner, VERSION, 10) for owner in (first, second, first, second)]

    assert [len(batch) for batch in batches] == [10, 10, 5, 0]
    assert len({row.game_id for batch in batches for row in batch}) == 25


async def test_two_that_claim_at_the_same_time_get_different_sessions(store: AnyStore) -> None:
    await _leave_to_nobody(store, 60)
    owners = [await register(store, f"n{number}") for number in range(4)]

    batches = await asyncio.gather(*(store.ownership.claim(owner, VERSION, 10) for owner in owners))

    assert [len(batch) for batch in batches] == [10, 10, 10, 10]
    assert len({row.game_id for batch in batches for row in batch}) == 40
    for owner, batch in zip(owners, batches, strict=True):
        assert {(row.owner, row.epoch) for row in batch} == {(owner, 3)}
        assert sorted(await store.ownership.held_by(owner)) == sorted(row.game_id for row in batch)


async def test_a_claim_of_one_session_takes_no_other(store: AnyStore) -> None:
    await _leave_to_nobody(store, 3)
    mine = await register(store, "a")

    assert [row.game_id for row in await store.ownership.claim(mine, VERSION, 10, GameId("g1"))] == ["g1"]
    assert await store.ownership.claim(mine, VERSION, 10, GameId("none")) == []
    assert await store.ownership.count_claimable(mine, VERSION) == {FIRST_KIND: 2}


async def test_closed_and_quarantined_sessions_are_nobodys_to_claim(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    closed = await made(store, "g1", owner)
    await store.journal.commit([part(closed, "[2]", shot=snapshot("{}", "canceled"))])
    await made(store, "g2", owner)
    await store.ownership.quarantine(GameId("g2"), owner, "broken", NOW)

    assert await store.ownership.release(owner) == 0
    clock.leap(LEASE)
    heir = await register(store, "b")
    assert await store.ownership.count_claimable(heir, VERSION) == {}
    assert await store.ownership.claim(heir, VERSION, 10) == []


async def test_a_state_newer_than_the_claimer_knows_stays_for_those_that_do(store: AnyStore) -> None:
    owner = await register(store, "a")
    await made(store, "old", owner, shot=snapshot(version=1))
    await made(store, "new", owner, shot=snapshot(version=2))
    await store.ownership.release(owner)
    older, newer = await register(store, "older"), await register(store, "newer")

    assert await store.ownership.count_claimable(older, reads(1)) == {FIRST_KIND: 1}
    assert await store.ownership.claim(older, reads(1), 10, GameId("new")) == []
    by_older = await store.ownership.claim(older, reads(1), 10)
    by_newer = await store.ownership.claim(newer, reads(2), 10)

    assert [[row.game_id for row in batch] for batch in (by_older, by_newer)] == [["old"], ["new"]]


async def test_the_dead_claim_nothing(store: AnyStore, clock: HandClock) -> None:
    await _leave_to_nobody(store, 1)
    followed = await register(store, "a")
    await register(store, "a")
    retired = await register(store, "b")
    await store.nodes.retire(retired)
    declared = await register(store, "c")
    await store.nodes.declare_dead(declared)
    silent = await register(store, "d")
    clock.leap(LEASE)

    for owner in (followed, retired, declared, silent, Owner("never.1")):
        assert await store.ownership.claim(owner, VERSION, 10) == []

    assert [row.game_id for row in await store.ownership.claim(await register(store, "e"), VERSION, 10)] == ["g0"]


async def test_a_session_whose_owner_nobody_ever_heard_of_is_claimed(store: AnyStore) -> None:
    await made(store, "g1", Owner("stranger.7"))
    mine = await register(store, "a")

    claimed = await store.ownership.claim(mine, VERSION, 10)

    assert [(row.game_id, row.owner, row.unowned_since) for row in claimed] == [("g1", mine, NOW)]


async def test_a_refence_stops_what_is_still_on_its_way(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)

    assert await store.ownership.refence(GAME, owner, 1)
    verdicts = await store.journal.commit([part(before, "[2]")])

    assert verdicts == [Verdict.FENCED]
    assert await store.journal.commit([part(before, "[2]", epoch=2)]) == [Verdict.COMMITTED]


async def test_only_the_holder_at_its_epoch_refences(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)

    assert not await store.ownership.refence(GAME, owner, 2)
    assert not await store.ownership.refence(GAME, Owner("node-b.1"), 1)
    assert not await store.ownership.refence(GameId("none"), owner, 1)
    assert await loaded(store, "g1") == before


async def test_who_holds_a_session_and_whether_they_live_is_told(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner, shot=snapshot(version=3))

    held = await store.ownership.holding(GAME)
    clock.leap(LEASE)
    lost = await store.ownership.holding(GAME)
    await store.ownership.release(owner)
    let_go = await store.ownership.holding(GAME)

    assert held == Holding(FIRST_KIND, "lobby", 3, owner, alive=True)
    assert lost == Holding(FIRST_KIND, "lobby", 3, owner, alive=False)
    assert let_go == Holding(FIRST_KIND, "lobby", 3, None, alive=False)
    assert await store.ownership.holding(GameId("none")) is None


async def test_a_followed_life_does_not_live_though_its_lease_had_not_run_out(store: AnyStore) -> None:
    first = await register(store, "a")
    await made(store, "g1", first)
    await register(store, "a")

    held = await store.ownership.holding(GAME)

    assert held is not None and (held.owner, held.alive) == (first, False)


async def test_what_an_owner_holds_are_its_open_sessions(store: AnyStore) -> None:
    owner, other = await register(store, "a"), await register(store, "b")
    for game in ("g1", "g2", "g3"):
        await made(store, game, owner)
    await made(store, "g4", other)
    await store.journal.commit([part(await loaded(store, "g2"), "[2]", shot=snapshot("{}", "concluded"))])
    await store.ownership.quarantine(GameId("g3"), owner, "broken", NOW)

    assert await store.ownership.held_by(owner) == ["g1"]
    assert await store.ownership.held_by(other) == ["g4"]
    assert await store.ownership.held_by(Owner("never.1")) == []


async def _leave_to_nobody(store: AnyStore, sessions: int) -> None:
    """Open sessions ``g0``, ``g1``, … at epoch 2, let go of by a node that retired."""
    gone = await register(store, "gone")
    await store.journal.create([new_session(f"g{number}", gone) for number in range(sessions)])
    await store.ownership.release(gone)
    await store.nodes.retire(gone)
