"""The exam of ``sessions.ports.Listings``: what is found, and leafed through (lobbies: ``test_lobbies``)."""

import asyncio

import pytest

from clew.sessions.ids import GameId, Owner, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Creation, GameStatus, Mark, SessionRow, Stored, StoredStatus
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import NOW, loaded, made, new_session, part, place, reads, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")
FIRST = Mark(0, 0)


async def test_a_closed_session_gives_its_join_code_back_and_is_found_by_it_still(store: AnyStore) -> None:
    owner = await register(store)
    first = await made(store, "g1", owner)
    await store.journal.commit([part(first, "[2]", shot=snapshot("{}", "concluded", 9))])
    closed = await store.listings.find("code-g1")

    created = await store.journal.create([new_session("g2", owner, code="code-g1", now=NOW + 1)])

    opened = await store.listings.find("code-g1")
    assert closed is not None and closed.game_id == "g1" and closed.game_status == "concluded"
    assert created == [Creation.CREATED]
    assert opened is not None and opened.game_id == "g2"


async def test_of_closed_sessions_with_one_code_the_latest_is_found(store: AnyStore) -> None:
    owner = await register(store)
    for number, game in enumerate(("g1", "g2", "g3")):
        await store.journal.create([new_session(game, owner, code="A", now=NOW + number)])
        await store.journal.commit([part(await loaded(store, game), "[2]", shot=snapshot("{}", "canceled"))])

    found = await store.listings.find("A")

    assert found is not None and found.game_id == "g3"


async def test_a_users_sessions_come_newest_first_in_pages(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(1, 8):
        shot = snapshot(p1="ada alive" if number != 4 else "ben alive")
        await store.journal.create([new_session(f"g{number}", owner, now=NOW + number // 2, shot=shot)])

    pages = [await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 4)]
    while pages[-1].cursor is not None:
        pages.append(await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], pages[-1].cursor, 4))

    assert [[item.game_id for item in page.items] for page in pages] == [["g7", "g6", "g5", "g3"], ["g2", "g1"]]


async def test_a_page_that_ends_the_list_has_no_cursor(store: AnyStore) -> None:
    owner = await register(store)
    await store.journal.create([new_session(f"g{number}", owner, shot=snapshot(p1="ada alive")) for number in range(4)])

    assert (await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 4)).cursor is None
    assert (await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 3)).cursor is not None


async def test_a_users_sessions_are_chosen_by_status(store: AnyStore) -> None:
    owner = await register(store)
    statuses: dict[str, GameStatus] = {"g1": "lobby", "g2": "active", "g3": "concluded"}
    for game, status in statuses.items():
        row = await made(store, game, owner, shot=snapshot(p1="ada alive"))
        await store.journal.commit([part(row, "[2]", shot=snapshot("{}", status, 1, p1="ada alive"))])

    listed = await store.listings.sessions_of([FIRST_KIND], UserId("ada"), ["lobby", "concluded"], None, 10)

    assert {item.game_id for item in listed.items} == {"g1", "g3"}


@pytest.mark.parametrize("cursor", ["", "nonsense", "1.2.3", "-1.5", "9" * 40 + ".1", "1.x", "\u0664.\u0664"])
async def test_a_cursor_of_a_users_sessions_that_nobody_gave_begins_at_the_start(store: AnyStore, cursor: str) -> None:
    owner = await register(store)
    await store.journal.create([new_session("g1", owner, shot=snapshot(p1="ada alive"))])

    page = await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], cursor, 10)

    assert [item.game_id for item in page.items] == ["g1"]


@pytest.mark.parametrize("name", ["\0", "g1\0", "\ud800", "g1\udfff"])
async def test_a_name_that_no_session_can_have_is_not_found(store: AnyStore, name: str) -> None:
    owner = await register(store)
    await made(store, "g1", owner)

    assert await store.journal.load(GameId(name)) is None
    assert await store.ownership.holding(GameId(name)) is None
    assert await store.listings.find(name) is None
    assert await store.journal.entries(GameId(name), 0, 10) == []
    assert await store.ownership.claim(owner, reads(1), 10, GameId(name)) == []
    assert not await store.ownership.put_back(GameId(name))
    assert (await store.listings.sessions_of([FIRST_KIND], UserId(name), [], None, 10)).items == ()
    assert (await store.listings.list_sessions([], Owner(name), None, 10)).items == ()


async def test_a_session_is_listed_with_its_row(store: AnyStore, clock: HandClock) -> None:
    first = await register(store, "a")
    row = await made(store, "g1", first, shot=snapshot(version=3))
    await store.journal.commit([part(row, "[2]", shot=snapshot("{}", "active", 4, version=5), now=NOW + 1)])
    await store.journal.commit([part(await loaded(store, "g1"), "[3]", now=NOW + 2, wake_at=NOW + 9)])
    clock.leap(40)
    await store.ownership.release(first)
    second = await register(store, "b")
    await store.ownership.claim(second, reads(5), 10)
    await store.ownership.put_to_sleep(second, [place(await loaded(store, "g1"))])

    listed = await store.listings.list_sessions([], None, None, 10)

    assert listed.cursor is None
    assert listed.items == (
        SessionRow(
            game_id=GAME,
            join_code="code-g1",
            kind=FIRST_KIND,
            game_status="active",
            latest_round=4,
            state_version=5,
            seq=3,
            snapshot_seq=2,
            owner=second,
            epoch=3,
            wake_at=NOW + 9,
            asleep=True,
            unowned_since=NOW + 40,
            quarantine_reason=None,
            inserted_at=NOW,
            updated_at=NOW + 2,
        ),
    )


async def test_sessions_are_listed_by_status_and_owner(store: AnyStore) -> None:
    one, two = await register(store, "a"), await register(store, "b")
    statuses: dict[str, tuple[str, GameStatus]] = {
        "g1": ("a", "lobby"),
        "g2": ("a", "active"),
        "g3": ("b", "active"),
        "g4": ("b", "concluded"),
    }
    for game, (node, status) in statuses.items():
        await made(store, game, one if node == "a" else two, shot=snapshot("{}", status))
    await made(store, "g5", one)
    await store.ownership.quarantine(GameId("g5"), one, "broken", NOW)

    async def games(wanted: list[StoredStatus], node: str | None) -> list[str]:
        owner = None if node is None else one if node == "a" else two
        return sorted(row.game_id for row in (await store.listings.list_sessions(wanted, owner, None, 10)).items)

    assert await games([], None) == ["g1", "g2", "g3", "g4", "g5"]
    assert await games(["active"], None) == ["g2", "g3"]
    assert await games(["active", "quarantined"], "a") == ["g2", "g5"]
    assert await games([], "b") == ["g3", "g4"]


async def test_sessions_are_listed_newest_first_in_pages(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(7):
        await store.journal.create([new_session(f"g{number}", owner, now=NOW + number // 2)])

    pages, cursor = list[list[str]](), None
    for _ in range(3):
        page = await store.listings.list_sessions(["lobby"], owner, cursor, 3)
        pages.append([row.game_id for row in page.items])
        cursor = page.cursor

    assert pages == [["g6", "g5", "g4"], ["g3", "g2", "g1"], ["g0"]]
    assert cursor is None


@pytest.mark.parametrize("cursor", ["", "nonsense", "1.2.3", "-1.5", "9" * 40 + ".1"])
async def test_a_cursor_of_all_sessions_that_nobody_gave_begins_at_the_start(store: AnyStore, cursor: str) -> None:
    await made(store, "g1", await register(store))

    assert [row.game_id for row in (await store.listings.list_sessions([], None, cursor, 10)).items] == ["g1"]


async def test_sessions_are_counted_by_status(store: AnyStore) -> None:
    owner = await register(store)
    assert await store.listings.count_sessions() == {}
    statuses: dict[str, GameStatus] = {"g1": "lobby", "g2": "active", "g3": "active", "g4": "canceled"}
    for game, status in statuses.items():
        await made(store, game, owner, shot=snapshot("{}", status))
    await store.ownership.quarantine(GameId("g3"), owner, "broken", NOW)

    assert await store.listings.count_sessions() == {"lobby": 1, "active": 1, "quarantined": 1, "canceled": 1}


async def test_who_leafs_sees_every_session_once_oldest_first(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(7):
        await store.journal.create([new_session(f"g{number}", owner, now=NOW - number // 2)])
        await store.journal.create(
            [new_session(f"h{number}", owner, now=NOW - number // 2, shot=snapshot("{}", "active"))]
        )

    pages, last = list[list[str]](), FIRST
    while last is not None:
        page = await store.listings.leaf("lobby", last, 3)
        pages.append([stored.game_id for stored in page.items])
        last = page.last

    assert pages == [["g6", "g4", "g5"], ["g2", "g3", "g0"], ["g1"]]


async def test_who_leafs_may_begin_at_any_time(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(5):
        await store.journal.create([new_session(f"g{number}", owner, now=NOW + number)])

    page = await store.listings.leaf("lobby", Mark(NOW + 2, 0), 2)

    assert [stored.game_id for stored in page.items] == ["g2", "g3"]
    assert page.last is not None and page.last.inserted_at == NOW + 3
    assert (await store.listings.leaf("lobby", Mark(NOW + 9, 0), 2)).items == ()
    assert (await store.listings.leaf("lobby", Mark(NOW + 3, 0), 2)).last is None


async def test_a_session_that_is_leafed_through_is_the_one_that_is_loaded(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store)
    await made(store, "g1", owner)
    row = await made(store, "g2", owner, '{"a":  1}', shot=snapshot('{"b":  "ü"}', "lobby", 3, version=7))
    await store.journal.commit([part(row, "[2]", "[3]", wake_at=NOW + 9)])
    clock.leap(40)
    await store.ownership.release(owner)

    page = await store.listings.leaf("lobby", FIRST, 10)

    assert list(page.items) == [await loaded(store, "g1"), await loaded(store, "g2")]
    assert [entry.body for entry in page.items[1].tail] == [b"[2]", b"[3]"]


async def test_a_session_that_is_written_meanwhile_is_seen_at_one_moment(store: AnyStore) -> None:
    row = await made(store, "g1", await register(store))

    seen = list[Stored]()
    for seq in range(1, 100):
        shot = snapshot(f"[{seq + 1}]") if seq % 5 == 0 else None
        commit = store.journal.commit([part(row, f"[{seq + 1}]", after=seq, shot=shot)])
        looks = asyncio.gather(*(store.listings.leaf("lobby", FIRST, 10) for _ in range(3)))
        _, pages = await asyncio.gather(commit, looks)
        seen += [stored for page in pages for stored in page.items]

    for stored in seen:
        assert [entry.seq for entry in stored.tail] == list(range(stored.snapshot_seq + 1, stored.seq + 1))
        assert stored.snapshot_seq == 1 or stored.state == b"[%d]" % stored.snapshot_seq
    assert len(seen) == 297


async def test_the_latest_that_follow_others_are_found_by_when_they_were_made(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(1, 5):
        shot = snapshot(follows=f"old{number}")
        await store.journal.create([new_session(f"g{number}", owner, now=NOW + number, shot=shot)])
    await store.journal.create([new_session("alone", owner, now=NOW + 9)])

    found = await store.listings.latest_sequels(NOW + 2, 2)

    assert [(sequel.of, sequel.join_code) for sequel in found] == [("old4", "code-g4"), ("old3", "code-g3")]


async def test_followers_are_found_for_many_at_once_and_for_none(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(follows="old1"))
    await made(store, "g2", owner, shot=snapshot(follows="old2"))

    found = await store.listings.sequels([GameId("old1"), GameId("old2"), GameId("\0"), GameId("new")])

    assert {(sequel.of, sequel.game_id) for sequel in found} == {("old1", "g1"), ("old2", "g2")}
    assert await store.listings.sequels([]) == []
