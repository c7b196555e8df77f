"""What no node writes is stored all the same: a store gives its beginning, and nobody has to hold the rest."""

import pytest

from clew.sessions.bounds import ENTRY_BYTES_MAX, HEAD_BYTES, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.ids import GameId
from clew.sessions.records import LeftAsEntries
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, NOW, beat, loaded, made, part, place, reads, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")


def text_of(size: int, letter: str = "x") -> str:
    """A JSON string of so many bytes."""
    width = len(letter.encode())
    return '"' + letter * ((size - 2) // width) + "y" * ((size - 2) % width) + '"'


async def test_the_largest_state_and_entry_come_whole(store: AnyStore) -> None:
    state, entry = text_of(STATE_BYTES_MAX), text_of(ENTRY_BYTES_MAX)
    row = await made(store, "g1", await register(store), shot=snapshot(state))

    await store.journal.commit([part(row, entry)])

    after = await loaded(store, "g1")
    assert (after.state, after.state_bytes) == (state.encode(), STATE_BYTES_MAX)
    assert [kept.body for kept in after.tail] == [entry.encode()]


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
@pytest.mark.parametrize("over", [1, 3, STATE_BYTES_MAX])
async def test_of_a_state_that_is_too_large_only_its_beginning_comes(store: AnyStore, letter: str, over: int) -> None:
    state = text_of(STATE_BYTES_MAX + over, letter)
    owner = await register(store)

    row = await made(store, "g1", owner, shot=snapshot(state))

    assert row.state == state.encode()[:HEAD_BYTES]
    assert row.state_bytes > STATE_BYTES_MAX


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
async def test_of_an_entry_that_is_too_large_only_its_beginning_comes(store: AnyStore, letter: str) -> None:
    entry = text_of(ENTRY_BYTES_MAX + 3, letter)
    row = await made(store, "g1", await register(store))

    await store.journal.commit([part(row, entry)])

    cut = entry.encode()[: ENTRY_BYTES_MAX + 1]
    assert [kept.body for kept in (await loaded(store, "g1")).tail] == [cut]
    assert [kept.body for kept in await store.journal.entries(GAME, 1, 9)] == [cut]


async def test_of_a_tail_that_is_too_long_one_entry_too_many_comes(store: AnyStore) -> None:
    row = await made(store, "g1", await register(store))

    await store.journal.commit([part(row, *[f"[{number}]" for number in range(2, TAIL_ENTRIES_MAX + 9)])])

    assert [entry.seq for entry in (await loaded(store, "g1")).tail] == list(range(2, TAIL_ENTRIES_MAX + 3))


async def test_what_is_too_large_comes_cut_whoever_asks_and_keeps_nothing_else_back(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    for game in ("g1", "g2", "g3"):
        shot = snapshot(text_of(STATE_BYTES_MAX + 1) if game == "g2" else '"small"')
        await store.journal.commit([part(await made(store, game, owner, shot=shot), text_of(99), wake_at=NOW + 1)])
    await store.ownership.put_to_sleep(owner, [place(await loaded(store, game)) for game in ("g1", "g2", "g3")])
    woken = await store.ownership.wake(owner, NOW + 9, 9)
    clock.leap(LEASE)
    heir = await register(store, "b")

    claimed = list(await store.ownership.claim(heir, reads(1), 9))
    first = {row.game_id for row in claimed}
    claimed += await store.ownership.claim(heir, reads(1), 9)

    assert {row.game_id: len(row.state) for row in woken} == {"g1": 7, "g2": HEAD_BYTES, "g3": 7}
    assert {row.game_id: len(row.state) for row in claimed} == {"g1": 7, "g2": HEAD_BYTES, "g3": 7}
    assert {len(row.tail) for row in claimed} == {1}
    assert first >= {"g1", "g3"}


async def test_what_is_too_large_is_kept_as_it_is(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(text_of(STATE_BYTES_MAX * 3)))
    before = await loaded(store, "g1")

    await store.ownership.quarantine(GAME, owner, "too large", NOW)
    await store.ownership.put_back(GAME)
    (after,) = await store.ownership.claim(owner, reads(1), 9)

    assert (after.state, after.state_bytes) == (before.state, before.state_bytes)
    assert await store.nodes.renew(owner, LEASE, beat()) is not None


async def test_a_session_in_quarantine_says_what_it_was_before(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner, shot=snapshot("{}", "active", 3))

    await store.ownership.quarantine(GAME, owner, "broken", NOW)

    during = await loaded(store, "g1")
    await store.ownership.put_back(GAME)
    after = await loaded(store, "g1")
    assert (before.quarantined_from, during.quarantined_from, after.quarantined_from) == (None, "active", None)


async def test_a_journal_with_an_entry_that_is_too_large_is_never_compacted(store: AnyStore) -> None:
    """A store gives its beginning only: a record made of that would have lost the rest."""
    row = await made(store, "g1", await register(store))
    await store.journal.commit([part(row, text_of(ENTRY_BYTES_MAX + 3), "[3]", shot=snapshot("{}", "concluded"))])
    before = await store.journal.entries(GAME, 0, 9)

    assert isinstance(await store.archives.compact(GAME), LeftAsEntries)

    assert await store.journal.entries(GAME, 0, 9) == before
    assert await store.archives.compacted(None, 9) == []
