"""The exam of ``sessions.ports.Operators``."""

import asyncio

import pytest

from clew.sessions.ids import GameId, NodeId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import GameStatus, Mark, SessionRow, Stored, StoredStatus, Verdict
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, NOW, beat, loaded, made, new_session, part, place, reads, register, snapshot
from tests.kit.stores import AnyStore

GAME = GameId("g1")
VERSION = reads(1)
FIRST = Mark(0, 0)


async def test_a_node_hears_with_its_next_beat_that_it_is_to_drain(store: AnyStore) -> None:
    owner = await register(store, "a")
    await register(store, "b")

    assert await store.ask_drain(NodeId("a"))

    assert {row.node_id: row.draining for row in await store.nodes()} == {"a": True, "b": False}
    for _ in range(2):
        renewal = await store.renew(owner, LEASE, beat())
        assert renewal is not None and renewal.draining


async def test_only_the_living_are_asked_to_drain(store: AnyStore, clock: HandClock) -> None:
    await store.retire(await register(store, "retired"))
    await register(store, "silent")
    clock.leap(LEASE)

    assert [await store.ask_drain(NodeId(node)) for node in ("retired", "silent", "never")] == [False, False, False]


async def test_a_nodes_next_life_does_not_inherit_the_drain(store: AnyStore) -> None:
    await register(store, "a")
    await store.ask_drain(NodeId("a"))

    renewal = await store.renew(await register(store, "a"), LEASE, beat())

    assert renewal is not None and not renewal.draining


async def test_a_session_is_listed_with_its_row(store: AnyStore, clock: HandClock) -> None:
    first = await register(store, "a")
    row = await made(store, "g1", first, shot=snapshot(version=3))
    await store.commit([part(row, "[2]", shot=snapshot("{}", "active", 4, version=5), now=NOW + 1)])
    await store.commit([part(await loaded(store, "g1"), "[3]", now=NOW + 2, wake_at=NOW + 9)])
    clock.leap(40)
    await store.release(first)
    second = await register(store, "b")
    await store.claim(second, reads(5), 10)
    await store.put_to_sleep(second, [place(await loaded(store, "g1"))])

    listed = await store.list_sessions([], None, None, 10)

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
    await store.quarantine(GameId("g5"), one, "broken", NOW)

    async def games(wanted: list[StoredStatus], node: str | None) -> list[str]:
        owner = None if node is None else one if node == "a" else two
        return sorted(row.game_id for row in (await store.list_sessions(wanted, owner, None, 10)).items)

    assert await games([], None) == ["g1", "g2", "g3", "g4", "g5"]
    assert await games(["active"], None) == ["g2", "g3"]
    assert await games(["active", "quarantined"], "a") == ["g2", "g5"]
    assert await games([], "b") == ["g3", "g4"]


async def test_sessions_are_listed_newest_first_in_pages(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(7):
        await store.create([new_session(f"g{number}", owner, now=NOW + number // 2)])

    pages, cursor = list[list[str]](), None
    for _ in range(3):
        page = await store.list_sessions(["lobby"], owner, cursor, 3)
        pages.append([row.game_id for row in page.items])
        cursor = page.cursor

    assert pages == [["g6", "g5", "g4"], ["g3", "g2", "g1"], ["g0"]]
    assert cursor is None


@pytest.mark.parametrize("cursor", ["", "nonsense", "1.2.3", "-1.5", "9" * 40 + ".1"])
async def test_a_cursor_that_nobody_gave_begins_at_the_start(store: AnyStore, cursor: str) -> None:
    await made(store, "g1", await register(store))

    assert [row.game_id for row in (await store.list_sessions([], None, cursor, 10)).items] == ["g1"]


async def test_sessions_are_counted_by_status(store: AnyStore) -> None:
    owner = await register(store)
    assert await store.count_sessions() == {}
    statuses: dict[str, GameStatus] = {"g1": "lobby", "g2": "active", "g3": "active", "g4": "canceled"}
    for game, status in statuses.items():
        await made(store, game, owner, shot=snapshot("{}", status))
    await store.quarantine(GameId("g3"), owner, "broken", NOW)

    assert await store.count_sessions() == {"lobby": 1, "active": 1, "quarantined": 1, "canceled": 1}


async def test_who_leafs_sees_every_session_once_oldest_first(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(7):
        await store.create([new_session(f"g{number}", owner, now=NOW - number // 2)])
        await store.create([new_session(f"h{number}", owner, now=NOW - number // 2, shot=snapshot("{}", "active"))])

    pages, last = list[list[str]](), FIRST
    while last is not None:
        page = await store.leaf("lobby", last, 3)
        pages.append([stored.game_id for stored in page.items])
        last = page.last

    assert pages == [["g6", "g4", "g5"], ["g2", "g3", "g0"], ["g1"]]


async def test_who_leafs_may_begin_at_any_time(store: AnyStore) -> None:
    owner = await register(store)
    for number in range(5):
        await store.create([new_session(f"g{number}", owner, now=NOW + number)])

    page = await store.leaf("lobby", Mark(NOW + 2, 0), 2)

    assert [stored.game_id for stored in page.items] == ["g2", "g3"]
    assert page.last is not None and page.last.inserted_at == NOW + 3
    assert (await store.leaf("lobby", Mark(NOW + 9, 0), 2)).items == ()
    assert (await store.leaf("lobby", Mark(NOW + 3, 0), 2)).last is None


async def test_a_session_that_is_leafed_through_is_the_one_that_is_loaded(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store)
    await made(store, "g1", owner)
    row = await made(store, "g2", owner, '{"a":  1}', shot=snapshot('{"b":  "ü"}', "lobby", 3, version=7))
    await store.commit([part(row, "[2]", "[3]", wake_at=NOW + 9)])
    clock.leap(40)
    await store.release(owner)

    page = await store.leaf("lobby", FIRST, 10)

    assert list(page.items) == [await loaded(store, "g1"), await loaded(store, "g2")]
    assert [entry.body for entry in page.items[1].tail] == [b"[2]", b"[3]"]


async def test_a_session_that_is_written_meanwhile_is_seen_at_one_moment(store: AnyStore) -> None:
    row = await made(store, "g1", await register(store))

    seen = list[Stored]()
    for seq in range(1, 100):
        shot = snapshot(f"[{seq + 1}]") if seq % 5 == 0 else None
        commit = store.commit([part(row, f"[{seq + 1}]", after=seq, shot=shot)])
        looks = asyncio.gather(*(store.leaf("lobby", FIRST, 10) for _ in range(3)))
        _, pages = await asyncio.gather(commit, looks)
        seen += [stored for page in pages for stored in page.items]

    for stored in seen:
        assert [entry.seq for entry in stored.tail] == list(range(stored.snapshot_seq + 1, stored.seq + 1))
        assert stored.snapshot_seq == 1 or stored.state == b"[%d]" % stored.snapshot_seq
    assert len(seen) == 297


async def test_what_is_put_back_is_for_any_node_to_claim(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store, "a")
    await store.commit([part(await made(store, "g1", owner), "[2]", wake_at=NOW + 9)])
    before = await loaded(store, "g1")
    await store.put_to_sleep(owner, [place(before)])
    clock.leap(30)

    assert await store.put_back(GAME)

    after = await loaded(store, "g1")
    assert (after.owner, after.epoch, after.unowned_since, after.asleep) == (None, 2, NOW + 30, False)
    assert (after.game_status, after.seq, after.wake_at, after.tail) == ("lobby", 2, NOW + 9, before.tail)
    assert await store.commit([part(before, "[3]")]) == [Verdict.FENCED]
    assert [row.game_id for row in await store.claim(owner, VERSION, 10)] == ["g1"]


@pytest.mark.parametrize("status", ["lobby", "active"])
async def test_what_is_put_back_from_quarantine_is_again_what_it_was(
    store: AnyStore, clock: HandClock, status: GameStatus
) -> None:
    owner = await register(store, "a")
    before = await made(store, "g1", owner, shot=snapshot("{}", status, 3))
    await store.quarantine(GAME, owner, "broken", NOW + 5)
    clock.leap(50)

    assert await store.put_back(GAME)

    after = await loaded(store, "g1")
    assert (after.game_status, after.quarantine_reason, after.latest_round) == (status, None, 3)
    assert (after.owner, after.epoch, after.unowned_since) == (None, before.epoch + 1, NOW + 50)
    claimed = await store.claim(owner, VERSION, 10)
    assert [row.game_id for row in claimed] == ["g1"]
    await store.quarantine(GAME, owner, "again", NOW + 60)
    assert await store.put_back(GAME)
    assert (await loaded(store, "g1")).game_status == status


async def test_the_time_without_an_owner_does_not_begin_anew_when_it_is_put_back(
    store: AnyStore, clock: HandClock
) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner)
    await store.release(owner)
    clock.leap(50)

    assert await store.put_back(GAME)

    assert (await loaded(store, "g1")).unowned_since == NOW


async def test_a_closed_session_is_not_put_back(store: AnyStore) -> None:
    owner = await register(store)
    await store.commit([part(await made(store, "g1", owner), "[2]", shot=snapshot("{}", "concluded"))])
    before = await loaded(store, "g1")

    assert not await store.put_back(GAME)
    assert not await store.put_back(GameId("none"))

    assert await loaded(store, "g1") == before


async def test_a_session_that_goes_on_is_not_put_back_where_only_one_in_quarantine_is_meant(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, GAME, owner)

    assert not await store.put_back(GAME, only_quarantined=True)

    assert await loaded(store, GAME) == before
    await store.quarantine(GAME, owner, "broken", NOW)
    assert await store.put_back(GAME, only_quarantined=True)
    assert (await loaded(store, GAME)).owner is None
    assert not await store.put_back(GAME, only_quarantined=True)
