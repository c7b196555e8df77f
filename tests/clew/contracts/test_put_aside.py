"""The exam of ``sessions.ports.Ownership``: putting a session out of service, and back."""

import pytest

from clew.sessions.ids import GameId, Owner
from clew.sessions.records import Creation, GameStatus, Verdict
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import NOW, loaded, made, new_session, part, place, reads, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")
VERSION = reads(1)


async def test_a_quarantined_session_keeps_everything_and_its_code(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)

    await store.ownership.quarantine(GAME, owner, "the reason", NOW + 5)

    after = await loaded(store, "g1")
    assert (after.game_status, after.quarantine_reason, after.updated_at) == ("quarantined", "the reason", NOW + 5)
    assert (after.state, after.seq, after.inserted_at) == (before.state, before.seq, before.inserted_at)
    assert await store.journal.create([new_session("g2", owner, code="code-g1")]) == [Creation.JOIN_CODE_TAKEN]
    found = await store.listings.find("code-g1")
    assert found is not None and found.game_status == "quarantined"


async def test_only_its_owner_quarantines_a_session(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store))

    await store.ownership.quarantine(GAME, Owner("node-b.1"), "not mine", NOW)

    assert await loaded(store, "g1") == before


async def test_a_reason_is_kept_without_the_characters_that_no_text_has(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner)

    await store.ownership.quarantine(GAME, owner, "at \0 and \udcff: é", NOW)

    assert (await loaded(store, "g1")).quarantine_reason == "at \ufffd and \ufffd: é"


async def test_what_is_put_back_is_for_any_node_to_claim(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    await store.journal.commit([part(await made(store, "g1", owner), "[2]", wake_at=NOW + 9)])
    before = await loaded(store, "g1")
    await store.ownership.put_to_sleep(owner, [place(before)])
    clock.leap(30)

    assert await store.ownership.put_back(GAME)

    after = await loaded(store, "g1")
    assert (after.owner, after.epoch, after.unowned_since, after.asleep) == (None, 2, NOW + 30, False)
    assert (after.game_status, after.seq, after.wake_at, after.tail) == ("lobby", 2, NOW + 9, before.tail)
    assert await store.journal.commit([part(before, "[3]")]) == [Verdict.FENCED]
    assert [row.game_id for row in await store.ownership.claim(owner, VERSION, 10)] == ["g1"]


@pytest.mark.parametrize("status", ["lobby", "active"])
async def test_what_is_put_back_from_quarantine_is_again_what_it_was(
    store: AnyStore, clock: HandClock, status: GameStatus
) -> None:
    owner = await register(store, "a")
    before = await made(store, "g1", owner, shot=snapshot("{}", status, 3))
    await store.ownership.quarantine(GAME, owner, "broken", NOW + 5)
    clock.leap(50)

    assert await store.ownership.put_back(GAME)

    after = await loaded(store, "g1")
    assert (after.game_status, after.quarantine_reason, after.latest_round) == (status, None, 3)
    assert (after.owner, after.epoch, after.unowned_since) == (None, before.epoch + 1, NOW + 50)
    claimed = await store.ownership.claim(owner, VERSION, 10)
    assert [row.game_id for row in claimed] == ["g1"]
    await store.ownership.quarantine(GAME, owner, "again", NOW + 60)
    assert await store.ownership.put_back(GAME)
    assert (await loaded(store, "g1")).game_status == status


async def test_the_time_without_an_owner_does_not_begin_anew_when_it_is_put_back(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)
    await store.ownership.release(owner)
    clock.leap(50)

    assert await store.ownership.put_back(GAME)

    assert (await loaded(store, "g1")).unowned_since == NOW


async def test_a_closed_session_is_not_put_back(store: AnyStore) -> None:
    owner = await register(store)
    await store.journal.commit([part(await made(store, "g1", owner), "[2]", shot=snapshot("{}", "concluded"))])
    before = await loaded(store, "g1")

    assert not await store.ownership.put_back(GAME)
    assert not await store.ownership.put_back(GameId("none"))

    assert await loaded(store, "g1") == before


async def test_a_session_that_goes_on_is_not_put_back_where_only_one_in_quarantine_is_meant(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, GAME, owner)

    assert not await store.ownership.put_back(GAME, only_quarantined=True)

    assert await loaded(store, GAME) == before
    await store.ownership.quarantine(GAME, owner, "broken", NOW)
    assert await store.ownership.put_back(GAME, only_quarantined=True)
    assert (await loaded(store, GAME)).owner is None
    assert not await store.ownership.put_back(GAME, only_quarantined=True)
