"""The exam of ``sessions.ports.Journal``."""

import asyncio
from collections import Counter

import pytest

from clew.sessions.ids import GameId, Owner, PlayerId, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.ports.listings import Sequel
from clew.sessions.records import Creation, SessionSummary, StoredEntry, Verdict
from tests.kit.store_records import NOW, bodies, loaded, made, new_session, part, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")

AWKWARD = '{"text":"\\u0000 \\ud83d\\ude00 é \\"quoted\\"","number":1.10,"big":9007199254740993,"map":[[[-1,2],3]]}'
"""JSON that a store which reads and rewrites it would change."""


async def test_what_is_read_equals_what_was_written(store: AnyStore) -> None:
    owner = await register(store)
    new = new_session("g1", owner, AWKWARD, '{"b":2}', shot=snapshot(AWKWARD, p1="ada alive", p2="- alive"))

    created = await store.journal.create([new])

    stored = await loaded(store, "g1")
    assert created == [Creation.CREATED]
    assert (stored.game_id, stored.join_code, stored.game_status, stored.latest_round) == (GAME, "code-g1", "lobby", 0)
    assert (stored.seq, stored.snapshot_seq, stored.epoch, stored.owner) == (2, 2, 1, owner)
    assert (stored.wake_at, stored.unowned_since, stored.quarantine_reason) == (None, None, None)
    assert (stored.inserted_at, stored.updated_at) == (NOW, NOW)
    assert (stored.state.decode(), stored.state_version, stored.tail) == (AWKWARD, 1, ())
    assert await store.journal.entries(GAME, 0, 10) == [
        StoredEntry(1, 1, NOW, AWKWARD.encode()),
        StoredEntry(2, 1, NOW, b'{"b":2}'),
    ]


async def test_what_is_not_there_is_not_made_by_asking(store: AnyStore) -> None:
    assert await store.journal.load(GAME) is None
    assert await store.journal.entries(GAME, 0, 10) == []
    assert await store.listings.find("code-g1") is None


async def test_a_probe_changes_nothing(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store))

    await store.journal.probe()

    assert await loaded(store, "g1") == before
    assert await store.journal.commit([part(before, "[2]")]) == [Verdict.COMMITTED]


async def test_a_commit_appends_numbers_without_gaps_and_moves_the_row(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store))

    first = await store.journal.commit([part(before, "{}", "[2]", now=NOW + 7, wake_at=NOW + 30_001)])
    second = await store.journal.commit([part(await loaded(store, "g1"), "[3]", now=NOW + 9, wake_at=None)])

    after = await loaded(store, "g1")
    assert [first, second] == [[Verdict.COMMITTED], [Verdict.COMMITTED]]
    assert [(entry.seq, entry.recorded_at) for entry in after.tail] == [(2, NOW + 7), (3, NOW + 7), (4, NOW + 9)]
    assert [entry.body for entry in after.tail] == [b"{}", b"[2]", b"[3]"]
    assert (after.seq, after.snapshot_seq, after.wake_at) == (4, 1, None)
    assert (after.updated_at, after.inserted_at) == (NOW + 9, NOW)


async def test_a_deadline_is_kept_to_the_millisecond(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store))

    await store.journal.commit([part(before, "[2]", wake_at=1_800_000_012_345)])

    assert (await loaded(store, "g1")).wake_at == 1_800_000_012_345


async def test_a_snapshot_goes_with_its_entries_and_leaves_a_short_tail(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store))

    await store.journal.commit([part(before, "[2]", "[3]", shot=snapshot('{"x":1}', "active", 4, p1="ada alive"))])
    await store.journal.commit([part(await loaded(store, "g1"), "[4]")])

    after = await loaded(store, "g1")
    assert (after.game_status, after.latest_round, after.state) == ("active", 4, b'{"x":1}')
    assert (after.seq, after.snapshot_seq, [entry.seq for entry in after.tail]) == (4, 3, [4])


@pytest.mark.parametrize(("epoch", "after"), [(0, None), (2, None), (None, 0), (None, 2), (2, 2)])
async def test_a_late_writer_is_fenced_and_leaves_no_trace(
    store: AnyStore, epoch: int | None, after: int | None
) -> None:
    before = await made(store, "g1", await register(store), shot=snapshot(p1="ada alive"))
    late = part(
        before,
        "[99]",
        epoch=epoch,
        after=after,
        now=NOW + 5,
        wake_at=1,
        shot=snapshot('"late"', "concluded", 9, p1="x gone"),
    )

    verdicts = await store.journal.commit([late])

    assert verdicts == [Verdict.FENCED]
    assert await loaded(store, "g1") == before
    assert await bodies(store, "g1") == ['{"v":1,"event":"opened"}']
    page = await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 10)
    assert [item.player_status for item in page.items] == ["alive"]


async def test_another_owner_is_fenced_at_the_same_epoch_and_number(store: AnyStore) -> None:
    """An older database that others write on comes to both once more, in another history."""
    before = await made(store, "g1", await register(store))

    verdicts = await store.journal.commit([part(before, "[99]", owner=Owner("another.1"), shot=snapshot('"late"'))])

    assert verdicts == [Verdict.FENCED]
    assert await loaded(store, "g1") == before
    assert await bodies(store, "g1") == ['{"v":1,"event":"opened"}']


async def test_a_fenced_part_does_not_hold_up_the_others_of_its_batch(store: AnyStore) -> None:
    owner = await register(store)
    rows = [await made(store, f"g{number}", owner) for number in range(1, 6)]
    parts = [part(row, f"[{row.game_id[1:]}]", epoch=7 if row.game_id in {"g2", "g5"} else None) for row in rows]

    verdicts = await store.journal.commit(parts)

    assert [verdict is Verdict.FENCED for verdict in verdicts] == [False, True, False, False, True]
    assert [(await loaded(store, f"g{number}")).seq for number in range(1, 6)] == [2, 1, 2, 2, 1]
    assert await bodies(store, "g3") == ['{"v":1,"event":"opened"}', "[3]"]
    assert await bodies(store, "g2") == ['{"v":1,"event":"opened"}']


async def test_a_part_of_a_session_that_is_not_there_is_fenced(store: AnyStore) -> None:
    row = await made(store, "g1", await register(store))
    ghost = part(row, "[2]")

    verdicts = await store.journal.commit(
        [part(row, "[2]"), type(ghost)(GameId("ghost"), ghost.owner, 1, 1, (b"[2]",), NOW, None)]
    )

    assert verdicts == [Verdict.COMMITTED, Verdict.FENCED]
    assert await store.journal.load(GameId("ghost")) is None
    assert await store.journal.entries(GameId("ghost"), 0, 10) == []


async def test_the_same_part_twice_is_applied_once(store: AnyStore) -> None:
    again = part(await made(store, "g1", await register(store)), "[2]")

    verdicts = [await store.journal.commit([again]), await store.journal.commit([again])]

    assert verdicts == [[Verdict.COMMITTED], [Verdict.FENCED]]
    assert await bodies(store, "g1") == ['{"v":1,"event":"opened"}', "[2]"]


@pytest.mark.parametrize("sessions", [1, 2, 3, 64, 65, 700])
async def test_a_batch_of_any_size_is_applied_whole(store: AnyStore, sessions: int) -> None:
    owner = await register(store)
    await store.journal.create([new_session(f"g{number}", owner) for number in range(sessions)])
    rows = [await loaded(store, f"g{number}") for number in range(sessions)]

    verdicts = await store.journal.commit(
        [
            part(row, *[f"[{n}]" for n in range(1 + index % 3)], shot=snapshot(p1=f"u{index} alive"))
            for index, row in enumerate(rows)
        ]
    )

    assert set(verdicts) == {Verdict.COMMITTED}
    assert [(await loaded(store, row.game_id)).seq for row in rows] == [2 + index % 3 for index in range(sessions)]


async def test_a_long_journal_is_kept_in_one_part(store: AnyStore) -> None:
    row = await made(store, "g1", await register(store))

    await store.journal.commit([part(row, *[f"[{number}]" for number in range(2, 2_002)])])

    journal = await store.journal.entries(GAME, 1, 10_000)
    assert [entry.seq for entry in journal] == list(range(2, 2_002))
    assert journal[-1].body == b"[2001]"


async def test_the_journal_is_read_in_pages(store: AnyStore) -> None:
    await made(store, "g1", await register(store), "[1]", "[2]", "[3]", "[4]", "[5]")

    pages = [await store.journal.entries(GAME, after, 2) for after in (0, 2, 4, 5)]

    assert [[entry.seq for entry in page] for page in pages] == [[1, 2], [3, 4], [5], []]


async def test_rows_keep_their_making_when_they_are_upserted(store: AnyStore) -> None:
    before = await made(store, "g1", await register(store), shot=snapshot(p1="ada alive"))
    mine_before = (await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 10)).items

    await store.journal.commit(
        [part(before, "[2]", now=NOW + 60_000, shot=snapshot("{}", "active", 1, p1="ada dead", p2="ben alive"))]
    )

    mine = (await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 10)).items
    assert mine == (
        SessionSummary(GAME, "code-g1", FIRST_KIND, "active", 1, NOW, NOW + 60_000, PlayerId("p1"), "dead"),
    )
    assert [item.inserted_at for item in mine_before] == [NOW]
    assert len((await store.listings.sessions_of([FIRST_KIND], UserId("ben"), [], None, 10)).items) == 1


async def test_two_open_sessions_never_share_a_join_code(store: AnyStore) -> None:
    owner = await register(store)

    first = await store.journal.create([new_session("g1", owner, code="A"), new_session("g2", owner, code="A")])
    second = await store.journal.create([new_session("g3", owner, code="A"), new_session("g4", owner, code="B")])

    assert first == [Creation.CREATED, Creation.JOIN_CODE_TAKEN]
    assert second == [Creation.JOIN_CODE_TAKEN, Creation.CREATED]
    assert [await store.journal.load(GameId(game)) is None for game in ("g1", "g2", "g3", "g4")] == [
        False,
        True,
        True,
        False,
    ]
    assert await store.journal.entries(GameId("g2"), 0, 10) == []


async def test_bots_seats_are_kept_apart_though_no_user_has_them(store: AnyStore) -> None:
    owner = await register(store)
    row = await made(store, "g1", owner, shot=snapshot(p1="ada alive", p2="- alive", p3="- alive"))

    verdicts = await store.journal.commit([part(row, "[2]", shot=snapshot(p1="ada alive", p2="- dead", p3="- alive"))])

    assert verdicts == [Verdict.COMMITTED]
    assert len((await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 10)).items) == 1


async def seated(store: AnyStore, user: str) -> list[str | None]:
    """Where a user sits in each of their sessions."""
    page = await store.listings.sessions_of([FIRST_KIND], UserId(user), [], None, 10)
    return [item.player_id for item in page.items]


async def test_a_seat_that_was_given_up_is_nobodys_and_its_user_may_sit_elsewhere(store: AnyStore) -> None:
    owner = await register(store)
    stored = await made(store, "g1", owner, shot=snapshot(p1="ada waiting", p2="bob waiting", p3="cy waiting"))

    moved = snapshot(p1="ada waiting", p2="cy waiting", p3="bob waiting")
    verdicts = await store.journal.commit([part(stored, '{"e":"swapped"}', shot=moved, given_up=("p2", "p3"))])
    again = await loaded(store, "g1")
    left = await store.journal.commit(
        [part(again, '{"e":"left"}', shot=snapshot(p1="ada waiting"), given_up=("p2", "p3"))]
    )

    assert verdicts == left == [Verdict.COMMITTED]
    assert await seated(store, "ada") == ["p1"]
    assert await seated(store, "bob") == await seated(store, "cy") == []


async def test_two_who_change_places_have_a_row_each(store: AnyStore) -> None:
    owner = await register(store)
    other = await made(store, "g2", owner, shot=snapshot(p1="dan waiting", p2="bob waiting"))
    stored = await made(store, "g1", owner, shot=snapshot(p1="ada waiting", p2="bob waiting", p3="cy waiting"))

    moved = snapshot(p1="ada waiting", p2="cy waiting", p3="bob waiting")
    await store.journal.commit(
        [part(other, '{"e":"said"}'), part(stored, '{"e":"swapped"}', shot=moved, given_up=("p2", "p3"))],
    )

    assert await seated(store, "cy") == ["p2"]
    assert await seated(store, "bob") == ["p3", "p2"]


async def test_a_fenced_writer_takes_nobody_their_seat(store: AnyStore) -> None:
    owner = await register(store)
    stored = await made(store, "g1", owner, shot=snapshot(p1="ada waiting", p2="bob waiting"))

    late = part(stored, '{"e":"left"}', epoch=stored.epoch + 1, shot=snapshot(p1="ada waiting"), given_up=("p2",))
    verdicts = await store.journal.commit([late])

    assert verdicts == [Verdict.FENCED]
    assert await seated(store, "bob") == ["p2"]


async def test_of_those_that_follow_a_session_only_one_is_made(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(status="concluded"))

    created = await store.journal.create(
        [new_session("g2", owner, shot=snapshot(follows="g1")), new_session("g3", owner, shot=snapshot(follows="g1"))]
    )
    later = await store.journal.create([new_session("g4", owner, shot=snapshot(follows="g1"))])

    assert [*created, *later] == [Creation.CREATED, Creation.FOLLOWED, Creation.FOLLOWED]
    assert await store.journal.load(GameId("g3")) is None
    assert await bodies(store, "g4") == []
    assert await store.listings.sequels([GAME]) == [Sequel(GAME, GameId("g2"), "code-g2", FIRST_KIND)]


async def test_of_many_at_once_that_follow_a_session_one_is_made(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(status="concluded"))

    created = await asyncio.gather(
        *(store.journal.create([new_session(f"f{number}", owner, shot=snapshot(follows="g1"))]) for number in range(8))
    )

    assert Counter(one for (one,) in created) == {Creation.CREATED: 1, Creation.FOLLOWED: 7}


async def test_what_was_called_off_follows_nothing_and_another_may(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(status="concluded"))
    row = await made(store, "g2", owner, shot=snapshot(follows="g1"))
    await store.journal.commit([part(row, "[2]", shot=snapshot(status="canceled", follows="g1"))])
    none = await store.listings.sequels([GAME])

    created = await store.journal.create([new_session("g3", owner, shot=snapshot(follows="g1"))])

    assert (none, created) == ([], [Creation.CREATED])
    assert [sequel.game_id for sequel in await store.listings.sequels([GAME])] == ["g3"]


async def test_what_follows_goes_on_doing_so_to_its_end(store: AnyStore) -> None:
    owner = await register(store)
    row = await made(store, "g2", owner, shot=snapshot(follows="g1"))
    await store.journal.commit([part(row, "[2]", shot=snapshot(status="concluded", follows="g1"))])

    created = await store.journal.create([new_session("g3", owner, shot=snapshot(follows="g1"))])

    assert created == [Creation.FOLLOWED]
    assert [sequel.game_id for sequel in await store.listings.sequels([GAME])] == ["g2"]
