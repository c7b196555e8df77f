"""The exam of ``sessions.ports.Ownership``: sessions given to another node, put to sleep and woken."""

import pytest

from clew.sessions.ids import GameId, NodeId, Owner
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import RowVersion, Verdict
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, NOW, beat, loaded, made, new_session, part, place, reads, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")
VERSION = reads(1)
COMMITTED, FENCED = Verdict.COMMITTED, Verdict.FENCED


async def test_a_session_is_given_as_it_is_with_its_epoch_raised(store: AnyStore) -> None:
    owner, target = await register(store, "a"), await register(store, "b")
    await store.journal.commit([part(await made(store, "g1", owner), "[2]", wake_at=NOW + 9)])
    before = await loaded(store, "g1")

    verdicts = await store.ownership.transfer(owner, target, [place(before)])

    after = await loaded(store, "g1")
    assert verdicts == [COMMITTED]
    assert (after.owner, after.epoch) == (target, before.epoch + 1)
    assert (after.seq, after.wake_at, after.tail, after.state) == (2, NOW + 9, before.tail, before.state)
    assert (after.unowned_since, after.updated_at) == (None, before.updated_at)
    assert await store.ownership.held_by(owner) == []
    assert await store.ownership.held_by(target) == ["g1"]


async def test_what_the_last_owner_had_on_its_way_is_fenced_by_a_transfer(store: AnyStore) -> None:
    owner, target = await register(store, "a"), await register(store, "b")
    before = await made(store, "g1", owner)
    await store.ownership.transfer(owner, target, [place(before)])

    late = await store.journal.commit([part(before, "[2]")])
    again = await store.ownership.transfer(owner, target, [place(before)])
    theirs = await store.journal.commit([part(await loaded(store, "g1"), "[2]")])

    assert (late, again, theirs) == ([FENCED], [FENCED], [COMMITTED])


async def test_each_session_is_given_only_where_its_place_still_holds(store: AnyStore) -> None:
    owner, other, target = [await register(store, node) for node in ("a", "b", "c")]
    rows = {game: await made(store, game, owner) for game in ("fits", "epoch", "seq", "closed", "broken", "last")}
    theirs = await made(store, "theirs", other)
    await store.ownership.refence(GameId("epoch"), owner, 1)
    await store.journal.commit([part(rows["seq"], "[2]")])
    await store.journal.commit([part(rows["closed"], "[2]", shot=snapshot("{}", "concluded"))])
    await store.ownership.quarantine(GameId("broken"), owner, "broken", NOW)
    closed = place(await loaded(store, "closed"))
    places = [place(rows[game]) for game in ("fits", "epoch", "seq", "broken")]
    places += [closed, place(theirs), RowVersion(GameId("none"), 1, 1), place(rows["last"])]

    verdicts = await store.ownership.transfer(owner, target, places)

    assert verdicts == [COMMITTED, FENCED, FENCED, FENCED, FENCED, FENCED, FENCED, COMMITTED]
    owners = {game: (await loaded(store, game)).owner for game in (*rows, "theirs")}
    assert {game for game, found in owners.items() if found == target} == {"fits", "last"}
    assert owners["theirs"] == other
    assert (await loaded(store, "seq")).epoch == 1


async def test_many_are_given_at_once(store: AnyStore) -> None:
    owner, target = await register(store, "a"), await register(store, "b")
    await store.journal.create([new_session(f"g{number}", owner) for number in range(300)])

    verdicts = await store.ownership.transfer(
        owner, target, [RowVersion(GameId(f"g{number}"), 1, 1) for number in range(300)]
    )

    assert verdicts == [COMMITTED] * 300
    assert len(await store.ownership.held_by(target)) == 300
    assert await store.ownership.transfer(owner, target, []) == []


@pytest.mark.parametrize("end", ["retired", "declared", "followed", "silent", "draining", "asked", "never"])
async def test_nothing_is_given_to_a_node_that_has_gone_or_drains(store: AnyStore, clock: HandClock, end: str) -> None:
    target = await register(store, "b")
    match end:
        case "retired":
            await store.nodes.retire(target)
        case "declared":
            await store.nodes.declare_dead(target)
        case "followed":
            await register(store, "b")
        case "silent":
            clock.leap(LEASE)
        case "draining":
            await store.nodes.renew(target, LEASE, beat(draining=True))
        case "asked":
            await store.nodes.ask_drain(NodeId("b"))
        case _:
            target = Owner("never.1")
    owner = await register(store, "a")
    before = await made(store, "g1", owner)

    verdicts = await store.ownership.transfer(owner, target, [place(before)])

    assert verdicts == [FENCED]
    assert await loaded(store, "g1") == before


async def test_the_time_without_an_owner_goes_on_through_a_transfer(store: AnyStore, clock: HandClock) -> None:
    first = await register(store, "a")
    await made(store, "g1", first)
    clock.leap(100)
    await store.ownership.release(first)
    clock.leap(1_000)
    second, third = await register(store, "b"), await register(store, "c")
    (claimed,) = await store.ownership.claim(second, VERSION, 10)

    await store.ownership.transfer(second, third, [place(claimed)])

    after = await loaded(store, "g1")
    assert (after.owner, after.unowned_since, after.unowned_ms) == (third, NOW + 100, 1_000)


async def test_one_put_to_sleep_is_held_but_no_longer_counted(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)
    await made(store, "g2", owner)

    verdicts = await store.ownership.put_to_sleep(owner, [place(before)])

    after = await loaded(store, "g1")
    assert verdicts == [COMMITTED]
    assert (after.asleep, after.owner, after.epoch, after.seq) == (True, owner, before.epoch, before.seq)
    assert await store.ownership.held_by(owner) == ["g2"]
    renewal = await store.nodes.renew(owner, LEASE, beat())
    assert renewal is not None and renewal.held == 1


async def test_only_what_its_owner_last_wrote_is_put_to_sleep(store: AnyStore) -> None:
    owner, other = await register(store, "a"), await register(store, "b")
    row = await made(store, "g1", owner)
    theirs = await made(store, "g2", other)
    places = [place(row, epoch=2), place(row, seq=2), place(theirs), RowVersion(GameId("none"), 1, 1)]

    assert [await store.ownership.put_to_sleep(owner, [each]) for each in places] == [[FENCED]] * 4

    assert [(await loaded(store, game)).asleep for game in ("g1", "g2")] == [False, False]


async def test_the_sleeping_wake_before_their_deadline_soonest_first(store: AnyStore) -> None:
    owner = await register(store)
    deadlines = {
        "late": NOW + 500,
        "third": NOW + 30,
        "second": NOW + 20,
        "first": NOW + 10,
        "just": NOW + 100,
        "never": None,
    }
    for game, wake_at in deadlines.items():
        await store.journal.commit([part(await made(store, game, owner), "[2]", wake_at=wake_at)])
        await store.ownership.put_to_sleep(owner, [place(await loaded(store, game))])
    await store.journal.commit([part(await made(store, "awake", owner), "[2]", wake_at=NOW)])

    one = await store.ownership.wake(owner, NOW + 100, 1)
    others = await store.ownership.wake(owner, NOW + 100, 10)

    assert [row.game_id for row in one] == ["first"]
    assert [row.game_id for row in others] == ["second", "third"]
    assert (others[0].asleep, [entry.body for entry in others[0].tail]) == (False, [b"[2]"])
    assert await loaded(store, "second") == others[0]
    assert await store.ownership.wake(owner, NOW + 100, 10) == []
    assert [row.game_id for row in await store.ownership.wake(owner, NOW + 101, 10)] == ["just"]


async def test_nobody_wakes_what_another_holds(store: AnyStore) -> None:
    owner, other = await register(store, "a"), await register(store, "b")
    await _sleeping(store, owner)

    assert await store.ownership.wake(other, NOW + 1_000, 10) == []
    assert (await loaded(store, "g1")).asleep


async def test_the_sleeping_wake_when_they_are_committed_to(store: AnyStore) -> None:
    owner = await register(store)
    await _sleeping(store, owner)

    await store.journal.commit([part(await loaded(store, "g1"), "[3]")])

    assert not (await loaded(store, "g1")).asleep
    assert await store.ownership.held_by(owner) == ["g1"]


async def test_the_sleeping_wake_when_they_are_transferred(store: AnyStore) -> None:
    owner, target = await register(store, "a"), await register(store, "b")
    await _sleeping(store, owner)

    verdicts = await store.ownership.transfer(owner, target, [place(await loaded(store, "g1"))])

    assert verdicts == [COMMITTED]
    assert not (await loaded(store, "g1")).asleep


@pytest.mark.parametrize("end", ["released", "lost"])
async def test_the_sleeping_wake_when_they_are_claimed(store: AnyStore, end: str) -> None:
    owner = await register(store, "a")
    await _sleeping(store, owner)
    if end == "released":
        assert await store.ownership.release(owner) == 1
        assert not (await loaded(store, "g1")).asleep
    else:
        await store.nodes.declare_dead(owner)
    heir = await register(store, "b")

    assert await store.ownership.count_claimable(heir, VERSION) == {FIRST_KIND: 1}
    claimed = await store.ownership.claim(heir, VERSION, 10)

    assert [(row.game_id, row.owner, row.asleep) for row in claimed] == [("g1", heir, False)]


async def _sleeping(store: AnyStore, owner: Owner) -> None:
    await store.journal.commit([part(await made(store, "g1", owner), "[2]", wake_at=NOW + 10)])
    assert await store.ownership.put_to_sleep(owner, [place(await loaded(store, "g1"))]) == [COMMITTED]
