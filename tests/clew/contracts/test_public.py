"""The exam of ``sessions.ports.Listings``: what is public, which who looks for a session may find."""

from clew.sessions.ids import Kind
from clew.sessions.kinds import FIRST_KIND
from tests.kit.store_records import NOW, loaded, made, new_session, part, register, snapshot
from tests.kit.stores import AnyStore

OTHER = Kind("other")


async def test_open_public_sessions_come_newest_first_in_pages(store: AnyStore) -> None:
    owner = await register(store)
    shots = {
        "g1": snapshot(public=True),
        "private": snapshot(),
        "g2": snapshot(status="active", public=True),
        "over": snapshot(status="concluded", public=True),
        "off": snapshot(status="canceled", public=True),
        "g3": snapshot(public=True),
        "g4": snapshot(public=True),
    }
    for number, (game, shot) in enumerate(shots.items()):
        await store.journal.create([new_session(game, owner, now=NOW + number // 2, shot=shot)])

    assert await found(store, 2) == [["g4", "g3"], ["g2", "g1"]]
    assert await found(store, 3) == [["g4", "g3", "g2"], ["g1"]]
    assert await found(store, 10) == [["g4", "g3", "g2", "g1"]]


async def test_what_is_public_is_what_the_latest_snapshot_says(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot())
    assert await found(store) == [[]]

    await store.journal.commit([part(await loaded(store, "g1"), "[2]", shot=snapshot(public=True))])
    await store.journal.commit([part(await loaded(store, "g1"), "[3]")])
    assert await found(store) == [["g1"]], "a part without a snapshot leaves it as it is"

    await store.journal.commit([part(await loaded(store, "g1"), "[4]", shot=snapshot("{}", "active", 1, public=True))])
    assert await found(store) == [["g1"]]

    await store.journal.commit([part(await loaded(store, "g1"), "[5]", shot=snapshot("{}", "concluded", public=True))])
    assert await found(store) == [[]]


async def test_a_session_that_is_made_private_is_found_no_more(store: AnyStore) -> None:
    owner = await register(store)
    row = await made(store, "g1", owner, shot=snapshot(public=True))
    await store.journal.commit([part(row, "[2]", shot=snapshot())])

    assert await found(store) == [[]]


async def test_of_several_in_one_commit_each_is_what_it_says(store: AnyStore) -> None:
    owner = await register(store)
    rows = [await made(store, game, owner, shot=snapshot()) for game in ("g1", "g2", "g3")]
    shots = [snapshot(public=True, p1="ada alive"), None, snapshot(public=False, p1="ben alive")]
    await store.journal.commit([part(row, "[2]", shot=shot) for row, shot in zip(rows, shots, strict=True)])

    assert await found(store) == [["g1"]]


async def test_those_of_other_kinds_are_not_told(store: AnyStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(public=True))
    await made(store, "g2", owner, shot=snapshot(public=True), kind=OTHER)

    assert [item.game_id for item in (await store.listings.public_sessions([FIRST_KIND], None, 10)).items] == ["g1"]
    both = await store.listings.public_sessions([FIRST_KIND, OTHER], None, 10)
    assert [(item.game_id, item.kind) for item in both.items] == [("g2", OTHER), ("g1", FIRST_KIND)]


async def test_no_listing_of_what_is_public_says_whose_seat_is_whose(store: AnyStore) -> None:
    await made(store, "g1", await register(store), shot=snapshot(public=True, p1="ada alive"))

    (item,) = (await store.listings.public_sessions([FIRST_KIND], None, 10)).items

    assert (item.player_id, item.player_status) == (None, None)


async def found(store: AnyStore, limit: int = 10) -> list[list[str]]:
    """The pages."""
    pages = [await store.listings.public_sessions([FIRST_KIND], None, limit)]
    while pages[-1].cursor is not None:
        pages.append(await store.listings.public_sessions([FIRST_KIND], pages[-1].cursor, limit))
    return [[item.game_id for item in page.items] for page in pages]
