"""The exam of ``sessions.ports.Store``: who holds what, and since when nobody does."""

from minotaur.sessions.ids import GameId, Owner
from minotaur.sessions.records import Verdict
from tests.kit.store_records import LEASE, NOW, loaded, made, new_session, part, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")


async def test_every_life_of_a_node_has_its_own_name(store: AnyStore) -> None:
    lives = [await register(store, "a"), await register(store, "b"), await register(store, "a")]
    await store.retire(lives[2], NOW)
    lives.append(await register(store, "a"))

    assert len(set(lives)) == 4


async def test_what_a_living_node_holds_is_not_claimed(store: AnyStore) -> None:
    mine = await register(store, "a")
    other = await register(store, "b")
    before = await made(store, "g1", mine)

    claimed = await store.claim(other, NOW + LEASE - 1, 10)

    assert claimed == []
    assert await store.count_claimable(other, NOW + LEASE - 1) == 0
    assert await loaded(store, "g1") == before


async def test_nobody_claims_what_it_holds_itself(store: AnyStore) -> None:
    mine = await register(store)
    await made(store, "g1", mine)

    assert await store.claim(mine, NOW + 2 * LEASE, 10) == []


async def test_a_dead_nodes_sessions_are_claimed_with_the_time_it_last_lived(store: AnyStore) -> None:
    dead = await register(store, "a")
    await made(store, "g1", dead, "[1]", "[2]")
    assert await store.renew(dead, NOW + 1_000, NOW + 1_000 + LEASE)
    heir = await register(store, "b")

    assert await store.claim(heir, NOW + LEASE + 999, 10) == []
    claimed = await store.claim(heir, NOW + LEASE + 1_000, 10)

    assert [row.game_id for row in claimed] == ["g1"]
    assert (claimed[0].owner, claimed[0].epoch, claimed[0].unowned_since) == (heir, 2, NOW + 1_000)
    assert (claimed[0].seq, claimed[0].state) == (2, snapshot().state)
    assert await loaded(store, "g1") == claimed[0]


async def test_a_claim_brings_the_tail_of_each_session(store: AnyStore) -> None:
    owner = await register(store, "a")
    for game in ("g1", "g2"):
        row = await made(store, game, owner)
        await store.commit([part(row, f'["{game}"]', "[3]")])
    await store.release(owner, NOW)

    claimed = await store.claim(await register(store, "b"), NOW, 10)

    tails = {row.game_id: [entry.body for entry in row.tail] for row in claimed}
    assert tails == {"g1": [b'["g1"]', b"[3]"], "g2": [b'["g2"]', b"[3]"]}


async def test_a_nodes_next_life_claims_at_once_what_the_last_one_held(store: AnyStore) -> None:
    first = await register(store, "a", NOW)
    await made(store, "g1", first)
    second = await register(store, "a", NOW + 700)

    claimed = await store.claim(second, NOW + 701, 10)

    assert [(row.owner, row.epoch, row.unowned_since) for row in claimed] == [(second, 2, NOW)]
    assert not await store.renew(first, NOW + 800, NOW + 800 + LEASE)
    assert await store.renew(second, NOW + 800, NOW + 800 + LEASE)


async def test_what_was_released_is_claimed_with_the_time_of_the_release(store: AnyStore) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)
    await made(store, "g2", owner)

    released = await store.release(owner, NOW + 300)
    await store.retire(owner, NOW + 301)

    heir = await register(store, "b", NOW + 400)
    assert released == 2
    assert await store.count_claimable(heir, NOW + 400) == 2
    claimed = await store.claim(heir, NOW + 400, 10)
    assert {row.unowned_since for row in claimed} == {NOW + 300}


async def test_a_release_stops_what_is_still_on_its_way(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)
    await store.release(owner, NOW + 300)

    verdicts = await store.commit([part(before, "[2]")])

    assert verdicts == [Verdict.FENCED]
    after = await loaded(store, "g1")
    assert (after.owner, after.seq, after.unowned_since) == (None, before.seq, NOW + 300)


async def test_a_retired_life_is_over_though_it_let_go_of_nothing(store: AnyStore) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)

    await store.retire(owner, NOW + 200)
    await store.retire(owner, NOW + 250)

    assert not await store.renew(owner, NOW + 300, NOW + 300 + LEASE)
    claimed = await store.claim(await register(store, "b"), NOW + 300, 10)
    assert [row.unowned_since for row in claimed] == [NOW + 200]


async def test_time_without_an_owner_adds_up_until_something_is_committed(store: AnyStore) -> None:
    first = await register(store, "a", NOW)
    await made(store, "g1", first)
    await store.release(first, NOW + 100)
    second = await register(store, "b", NOW + 5_000)
    await store.claim(second, NOW + 5_000, 10)
    third = await register(store, "b", NOW + 9_000)

    claimed = await store.claim(third, NOW + 9_000, 10)
    assert [(row.epoch, row.unowned_since) for row in claimed] == [(4, NOW + 100)]
    verdicts = await store.commit([part(claimed[0], "[2]", now=NOW + 9_001)])

    assert verdicts == [Verdict.COMMITTED]
    assert (await loaded(store, "g1")).unowned_since is None


async def test_a_release_before_anything_was_committed_keeps_the_older_time(store: AnyStore) -> None:
    first = await register(store, "a", NOW)
    await made(store, "g1", first)
    await store.release(first, NOW + 100)
    second = await register(store, "b", NOW + 5_000)
    await store.claim(second, NOW + 5_000, 10)

    await store.release(second, NOW + 7_000)

    assert (await loaded(store, "g1")).unowned_since == NOW + 100


async def test_a_claim_fences_whoever_held_the_session(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store, "a"))
    await store.claim(await register(store, "b", NOW + LEASE), NOW + LEASE, 10)

    verdicts = await store.commit([part(before, "[2]")])

    assert verdicts == [Verdict.FENCED]
    assert (await loaded(store, "g1")).seq == 1


async def test_claims_come_in_batches_and_overlap_never(store: AnyStore) -> None:
    dead = await register(store, "dead")
    await store.create([new_session(f"g{number}", dead) for number in range(25)])
    await store.release(dead, NOW)
    first, second = await register(store, "a"), await register(store, "b")

    batches = [await store.claim(owner, NOW, 10) for owner in (first, second, first, second)]

    assert [len(batch) for batch in batches] == [10, 10, 5, 0]
    assert len({row.game_id for batch in batches for row in batch}) == 25


async def test_a_claim_of_one_session_takes_no_other(store: AnyStore) -> None:
    dead = await register(store, "dead")
    await store.create([new_session(f"g{number}", dead) for number in range(3)])
    await store.release(dead, NOW)
    mine = await register(store, "a")

    assert [row.game_id for row in await store.claim(mine, NOW, 10, GameId("g1"))] == ["g1"]
    assert await store.claim(mine, NOW, 10, GameId("none")) == []
    assert await store.count_claimable(mine, NOW) == 2


async def test_closed_and_quarantined_sessions_are_nobodys_to_claim(store: AnyStore) -> None:
    owner = await register(store, "a")
    closed = await made(store, "g1", owner)
    await store.commit([part(closed, "[2]", shot=snapshot("{}", "canceled"))])
    await made(store, "g2", owner)
    await store.quarantine(GameId("g2"), owner, "broken", NOW)

    assert await store.release(owner, NOW) == 0
    heir = await register(store, "b")
    assert await store.count_claimable(heir, NOW + LEASE) == 0
    assert await store.claim(heir, NOW + LEASE, 10) == []


async def test_a_refence_stops_what_is_still_on_its_way(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)

    assert await store.refence(GAME, owner, 1)
    verdicts = await store.commit([part(before, "[2]")])

    assert verdicts == [Verdict.FENCED]
    assert await store.commit([part(before, "[2]", epoch=2)]) == [Verdict.COMMITTED]


async def test_only_the_holder_at_its_epoch_refences(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)

    assert not await store.refence(GAME, owner, 2)
    assert not await store.refence(GAME, Owner("node-b.1"), 1)
    assert not await store.refence(GameId("none"), owner, 1)
    assert await loaded(store, "g1") == before
