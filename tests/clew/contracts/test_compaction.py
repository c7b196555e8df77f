"""The exam of ``sessions.ports.Archives``: journals of closed sessions become one record, and are read as before."""

import asyncio

import pytest

from clew.sessions.ids import GameId, Owner, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Compacted, GameStatus, LeftAsEntries, Stored, StoredEntry, Verdict
from clew.stores.bounds import ARCHIVE_ENTRIES_MAX
from tests.kit.store_records import NOW, loaded, made, new_session, part, place, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")
LATER = NOW + 1_000_000
ALL = 10_000
AWKWARD = '{"text":"\\u0000 \\ud83d\\ude00 é \\"quoted\\"","number":1.10,"big":9007199254740993,"map":[[[-1,2],3]]}'


async def closed(
    store: AnyStore, owner: Owner, game: str = "g1", status: GameStatus = "concluded", entries: int = 0, at: int = NOW
) -> Stored:
    """A session that is over, its journal written at several times and epochs, with so many entries more."""
    await made(store, game, owner, AWKWARD, '{"b":2}', shot=snapshot(p1="ada alive"))
    await store.ownership.refence(GameId(game), owner, 1)
    more = [f'{{"n":{number}}}' for number in range(entries)]
    await store.journal.commit(
        [part(await loaded(store, game), "[3]", *more, now=at - 5, shot=snapshot("{}", "active", 1))]
    )
    await store.journal.commit([part(await loaded(store, game), "[4]", now=at - 9)])
    await store.journal.commit([part(await loaded(store, game), "[5]", now=at, shot=snapshot('"end"', status, 7))])
    return await loaded(store, game)


async def test_a_compacted_journal_is_read_as_it_was_written(store: AnyStore) -> None:
    before = await closed(store, await register(store))
    journal = await store.journal.entries(GAME, 0, ALL)

    compacted = await store.archives.compact(GAME)

    assert isinstance(compacted, Compacted)
    assert (compacted.entries, compacted.bytes_before) == (5, sum(len(entry.body) for entry in journal))
    assert await store.journal.entries(GAME, 0, ALL) == journal
    assert [(entry.seq, entry.epoch, entry.recorded_at) for entry in journal] == [
        (1, 1, NOW),
        (2, 1, NOW),
        (3, 2, NOW - 5),
        (4, 2, NOW - 9),
        (5, 2, NOW),
    ]
    assert journal[0].body == AWKWARD.encode()
    assert await loaded(store, "g1") == before
    page = await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 10)
    assert [(item.game_status, item.updated_at) for item in page.items] == [("concluded", NOW)]


@pytest.mark.parametrize(("after", "limit"), [(0, 2), (2, 2), (4, 2), (5, 2), (9, 2), (0, 0), (0, 5), (3, 50), (-1, 3)])
async def test_a_compacted_journal_is_read_in_the_same_pages(store: AnyStore, after: int, limit: int) -> None:
    await closed(store, await register(store))
    page = await store.journal.entries(GAME, after, limit)

    await store.archives.compact(GAME)

    assert await store.journal.entries(GAME, after, limit) == page


async def test_a_compacted_journal_takes_a_fraction_of_the_bytes(store: AnyStore) -> None:
    await closed(store, await register(store), entries=1_000)

    compacted = await store.archives.compact(GAME)

    assert isinstance(compacted, Compacted)
    assert compacted.entries == 1_005
    assert compacted.bytes_after < compacted.bytes_before / 2
    assert [entry.seq for entry in await store.journal.entries(GAME, 700, 512)] == list(range(701, 1_006))


@pytest.mark.parametrize("status", ["concluded", "canceled"])
async def test_closed_sessions_come_once_they_are_old_enough(store: AnyStore, status: GameStatus) -> None:
    await closed(store, await register(store), status=status)

    assert await store.archives.compactable(FIRST_KIND, NOW, ALL) == []
    assert await store.archives.compactable(FIRST_KIND, NOW + 1, ALL) == [GAME]


async def test_those_made_first_come_first_and_no_more_than_asked_for(store: AnyStore) -> None:
    owner = await register(store)
    for game, inserted in (("g3", NOW + 3), ("g1", NOW + 1), ("g2", NOW + 2)):
        await store.journal.create([new_session(game, owner, now=inserted)])
        await store.journal.commit(
            [part(await loaded(store, game), "[2]", now=NOW + 9, shot=snapshot("{}", "concluded"))]
        )

    assert await store.archives.compactable(FIRST_KIND, LATER, 2) == ["g1", "g2"]
    await store.archives.compact(GameId("g1"))
    assert await store.archives.compactable(FIRST_KIND, LATER, 2) == ["g2", "g3"]


async def test_a_lobby_that_was_canceled_at_once_is_compacted_too(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, "[1]", shot=snapshot("{}", "canceled"))
    journal = await store.journal.entries(GAME, 0, ALL)

    compacted = await store.archives.compact(GAME)

    assert isinstance(compacted, Compacted)
    assert compacted.entries == 1
    assert await store.journal.entries(GAME, 0, ALL) == journal


@pytest.mark.parametrize("status", ["lobby", "active"])
async def test_an_open_session_is_never_compacted(store: AnyStore, status: GameStatus) -> None:
    await made(store, "g1", await register(store), shot=snapshot("{}", status))

    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == []
    assert await store.archives.compact(GAME) is None
    await goes_on(store)


async def test_a_session_in_quarantine_is_never_compacted(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner)
    await store.ownership.quarantine(GAME, owner, "the reason", NOW)

    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == []
    assert await store.archives.compact(GAME) is None
    assert await store.ownership.put_back(GAME)
    assert len(await store.journal.entries(GAME, 0, ALL)) == 1


async def test_what_is_not_there_is_not_compacted(store: AnyStore) -> None:
    assert await store.archives.compact(GAME) is None
    assert await store.archives.compact(GameId("\0\ud800")) is None
    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == []


async def test_a_compacted_session_never_comes_again(store: AnyStore) -> None:
    await closed(store, await register(store))
    await store.archives.compact(GAME)

    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == []
    assert await store.archives.compact(GAME) is None
    assert len(await store.journal.entries(GAME, 0, ALL)) == 5


async def test_of_two_that_compact_one_session_at_once_one_does_it(store: AnyStore) -> None:
    await closed(store, await register(store), entries=100)
    journal = await store.journal.entries(GAME, 0, ALL)

    done = await asyncio.gather(*(store.archives.compact(GAME) for _ in range(4)))

    assert sorted(type(each).__name__ for each in done) == ["Compacted", "NoneType", "NoneType", "NoneType"]
    assert await store.journal.entries(GAME, 0, ALL) == journal


async def test_who_reads_while_it_is_compacted_misses_nothing(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(8):
        await closed(store, owner, f"g{number}", entries=200)
    whole = len(await store.journal.entries(GAME, 0, ALL))

    async def read(game: GameId) -> set[int]:
        return {len(await store.journal.entries(game, 0, ALL)) for _ in range(10)}

    async def compact_all() -> None:
        for number in range(8):
            await store.archives.compact(GameId(f"g{number}"))

    *found, _ = await asyncio.gather(*(read(GameId(f"g{number}")) for number in range(8)), compact_all())

    assert [sizes for sizes in found if sizes != {whole}] == []


async def test_a_journal_that_is_too_long_stays_as_it_is_and_does_not_come_again(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await closed(store, await register(store))
    for module in ("archive", "sqlite.archives", "postgres.archives"):
        monkeypatch.setattr(f"clew.stores.{module}.ARCHIVE_ENTRIES_MAX", 4)
    journal = await store.journal.entries(GAME, 0, ALL)

    left = await store.archives.compact(GAME)

    assert left == LeftAsEntries("5 entries are more than 4")
    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == []
    assert await store.archives.compact(GAME) is None
    assert await store.journal.entries(GAME, 0, ALL) == journal
    assert ARCHIVE_ENTRIES_MAX > 4


async def test_a_journal_of_too_many_bytes_stays_as_it_is(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    await closed(store, await register(store))
    monkeypatch.setattr("clew.stores.archive.ARCHIVE_BYTES_MAX", 100)

    assert isinstance(await store.archives.compact(GAME), LeftAsEntries)
    assert len(await store.journal.entries(GAME, 0, ALL)) == 5


async def test_a_closed_session_whose_snapshot_is_not_its_end_is_left_alone(store: AnyStore) -> None:
    await closed(store, await register(store))
    await store.journal.commit([part(await loaded(store, "g1"), "[6]")])

    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == []
    assert await store.archives.compact(GAME) is None
    assert [entry.seq for entry in (await loaded(store, "g1")).tail] == [6]


async def test_what_is_written_after_all_follows_what_was_compacted(store: AnyStore) -> None:
    """No host writes to a closed session; a store that is told to keeps the numbers whole nevertheless."""
    await closed(store, await register(store))
    await store.archives.compact(GAME)

    verdicts = await store.journal.commit([part(await loaded(store, "g1"), "[6]", "[7]")])

    assert verdicts == [Verdict.COMMITTED]
    assert [entry.seq for entry in await store.journal.entries(GAME, 0, ALL)] == list(range(1, 8))
    assert [entry.seq for entry in await store.journal.entries(GAME, 3, 3)] == [4, 5, 6]
    assert [entry.seq for entry in await store.journal.entries(GAME, 6, 3)] == [7]
    assert [entry.seq for entry in (await loaded(store, "g1")).tail] == [6, 7]


async def test_others_go_on_as_before(store: AnyStore) -> None:
    owner = await register(store)
    await closed(store, owner, "over")
    before = await made(store, "g1", owner)

    await store.archives.compact(GameId("over"))

    assert await loaded(store, "g1") == before
    assert await store.ownership.put_to_sleep(owner, [place(before)]) == [Verdict.COMMITTED]
    await goes_on(store)


async def goes_on(store: AnyStore) -> None:
    before = await loaded(store, "g1")
    assert await store.journal.commit([part(before, "[2]")]) == [Verdict.COMMITTED]
    assert [entry.seq for entry in await store.journal.entries(GAME, 0, ALL)] == [1, 2]
    assert await store.journal.entries(GAME, 1, ALL) == [StoredEntry(2, before.epoch, NOW, b"[2]")]


# --- and back --------------------------------------------------------------------------------------------------------


async def test_what_was_compacted_is_given_back_as_it_was(store: AnyStore) -> None:
    before = await closed(store, await register(store), entries=300)
    journal = await store.journal.entries(GAME, 0, ALL)
    await store.archives.compact(GAME)

    assert await store.archives.expand(GAME)

    assert await store.journal.entries(GAME, 0, ALL) == journal
    assert await loaded(store, "g1") == before
    assert await store.archives.compacted(None, ALL) == []
    assert await store.archives.compactable(FIRST_KIND, LATER, ALL) == [GAME]
    assert isinstance(await store.archives.compact(GAME), Compacted)
    assert await store.journal.entries(GAME, 0, ALL) == journal


async def test_what_is_not_compacted_is_not_given_back(store: AnyStore) -> None:
    await closed(store, await register(store))

    assert not await store.archives.expand(GAME)
    assert not await store.archives.expand(GameId("\0\ud800"))
    assert len(await store.journal.entries(GAME, 0, ALL)) == 5


async def test_what_is_compacted_is_listed_by_id(store: AnyStore) -> None:
    owner = await register(store)
    for number in (3, 1, 2, 4):
        await closed(store, owner, f"g{number}")
        await store.archives.compact(GameId(f"g{number}"))

    assert await store.archives.compacted(None, 2) == ["g1", "g2"]
    assert await store.archives.compacted(GameId("g2"), 9) == ["g3", "g4"]
    assert await store.archives.compacted(GameId("g4"), 9) == []


async def test_of_two_that_give_a_journal_back_one_does_it(store: AnyStore) -> None:
    await closed(store, await register(store))
    await store.archives.compact(GAME)

    done = await asyncio.gather(*(store.archives.expand(GAME) for _ in range(3)))

    assert sorted(done) == [False, False, True]
    assert [entry.seq for entry in await store.journal.entries(GAME, 0, ALL)] == [1, 2, 3, 4, 5]


async def test_who_reads_while_it_goes_back_and_forth_misses_nothing(store: AnyStore) -> None:
    await closed(store, await register(store), entries=100)
    found = set[int]()

    async def read() -> None:
        for _ in range(60):
            found.add(len(await store.journal.entries(GAME, 0, ALL)))

    async def go_back_and_forth() -> None:
        for _ in range(10):
            await store.archives.compact(GAME)
            await store.archives.expand(GAME)

    await asyncio.gather(read(), read(), go_back_and_forth())

    assert found == {105}
