"""The exam of ``sessions.ports.Store``: sessions of several games in one store, and nodes that have some of them."""

import pytest

from clew.sessions.ids import GameId, Kind, Owner, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.node_records import NodeInfo
from clew.sessions.records import Holding, Mark, Verdict
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import (
    LEASE,
    NOW,
    loaded,
    made,
    new_session,
    node_info,
    part,
    place,
    register,
    snapshot,
)
from tests.kit.stores import AnyStore

CHESS = Kind("chess")
BIDS = Kind("bids")
ALL = 10


async def test_a_session_is_of_its_kind_for_life_and_its_version_is_its_own(store: AnyStore) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner, shot=snapshot(version=2), kind=CHESS)
    assert (before.kind, before.state_version) == (CHESS, 2)

    assert await store.journal.commit([part(before, "[2]")]) == [Verdict.COMMITTED]
    without = await loaded(store, "g1")
    assert await store.journal.commit([part(without, "[3]", shot=snapshot("{}", "active", 1, version=3))]) == [
        Verdict.COMMITTED
    ]

    after = await loaded(store, "g1")
    assert (without.kind, without.state_version) == (CHESS, 2)
    assert (after.kind, after.state_version, after.game_status) == (CHESS, 3, "active")
    assert await store.ownership.holding(GameId("g1")) == Holding(CHESS, "active", 3, owner, alive=True)


async def test_a_claim_takes_what_the_claimer_reads_of_each_kind_and_nothing_else(store: AnyStore) -> None:
    owner = await register(store, "a")
    there = {"mine-1": (FIRST_KIND, 1), "mine-2": (FIRST_KIND, 2), "chess-1": (CHESS, 1), "chess-2": (CHESS, 2)}
    for game, (kind, version) in there.items():
        await made(store, game, owner, shot=snapshot(version=version), kind=kind)
    await made(store, "bids", owner, kind=BIDS)
    await store.ownership.release(owner)
    before = {game: await loaded(store, game) for game in (*there, "bids")}
    heir = await register(store, "b")
    reads = {FIRST_KIND: 1, CHESS: 2}

    assert await store.ownership.count_claimable(heir, reads) == {FIRST_KIND: 1, CHESS: 2}
    assert await store.ownership.count_claimable(heir, None) == {FIRST_KIND: 2, CHESS: 2, BIDS: 1}
    assert await store.ownership.claim(heir, reads, ALL, GameId("bids")) == []
    claimed = await store.ownership.claim(heir, reads, ALL)

    assert {row.game_id: (row.kind, row.state_version) for row in claimed} == {
        "mine-1": (FIRST_KIND, 1),
        "chess-1": (CHESS, 1),
        "chess-2": (CHESS, 2),
    }
    assert await store.ownership.claim(heir, reads, ALL) == []
    for left in ("mine-2", "bids"):
        assert await loaded(store, left) == before[left], "it was touched"


async def test_a_kind_that_nobody_names_is_not_found_by_a_version_however_late(store: AnyStore) -> None:
    owner = await register(store, "a")
    await made(store, "g1", owner, kind=CHESS)
    await store.ownership.release(owner)

    assert await store.ownership.claim(await register(store, "b"), {FIRST_KIND: 2**31 - 1}, ALL) == []


async def test_what_sleeps_is_given_away_or_let_go_of_keeps_its_kind(store: AnyStore, clock: HandClock) -> None:
    first, second = await register(store, "a"), await register(store, "b")
    here = await made(store, "g1", first, shot=snapshot(version=2), kind=CHESS)
    assert await store.journal.commit([part(here, "[2]", wake_at=NOW + 9)]) == [Verdict.COMMITTED]

    assert await store.ownership.transfer(first, second, [place(await loaded(store, "g1"))]) == [Verdict.COMMITTED]
    assert await store.ownership.put_to_sleep(second, [place(await loaded(store, "g1"))]) == [Verdict.COMMITTED]
    (woken,) = await store.ownership.wake(second, NOW + 10, ALL)
    assert (woken.kind, woken.state_version) == (CHESS, 2)
    await store.ownership.quarantine(GameId("g1"), second, "broken", clock.now())
    assert await store.ownership.put_back(GameId("g1"))
    (claimed,) = await store.ownership.claim(await register(store, "c"), {CHESS: 2}, ALL)

    assert (claimed.kind, claimed.state_version) == (CHESS, 2)


async def test_listings_tell_the_kind_and_keep_to_one_where_one_is_named(store: AnyStore) -> None:
    owner = await register(store)
    for number, kind in enumerate((FIRST_KIND, CHESS, FIRST_KIND, CHESS, CHESS)):
        new = new_session(f"g{number}", owner, now=NOW + number, shot=snapshot(version=3, p1="ada alive"), kind=kind)
        await store.journal.create([new])

    every = (await store.listings.list_sessions([], None, None, ALL)).items
    chess = await store.listings.list_sessions(["lobby"], owner, None, 2, CHESS)
    rest = await store.listings.list_sessions(["lobby"], owner, chess.cursor, 2, CHESS)
    mine = await store.listings.sessions_of([CHESS], UserId("ada"), [], None, 2)
    more = await store.listings.sessions_of([CHESS], UserId("ada"), [], mine.cursor, 2)
    both = await store.listings.sessions_of([FIRST_KIND, CHESS], UserId("ada"), [], None, 4)
    leafed = (await store.listings.leaf("lobby", Mark(0, 0), ALL)).items
    found = await store.listings.find("code-g1")

    assert [(row.game_id, row.kind) for row in every][:2] == [("g4", CHESS), ("g3", CHESS)]
    assert {row.state_version for row in every} == {3}
    assert [row.game_id for row in (*chess.items, *rest.items)] == ["g4", "g3", "g1"]
    assert rest.cursor is None
    assert [(row.game_id, row.kind) for row in (*mine.items, *more.items)] == [(f"g{n}", CHESS) for n in (4, 3, 1)]
    assert more.cursor is None
    assert [row.game_id for row in both.items] == ["g4", "g3", "g2", "g1"]
    assert [(row.kind, row.state_version) for row in leafed] == [(kind, 3) for kind in _kinds("fcfcc")]
    assert found is not None and (found.game_id, found.kind) == ("g1", CHESS)


async def test_a_join_code_is_one_sessions_whatever_it_plays(store: AnyStore) -> None:
    owner = await register(store)
    await store.journal.create([new_session("g1", owner, code="SAME", kind=CHESS)])

    (creation,) = await store.journal.create([new_session("g2", owner, code="SAME")])

    assert creation.value == "join_code_taken"


async def test_what_is_done_for_the_games_of_a_node_is_done_for_no_other(store: AnyStore) -> None:
    owner = await register(store)
    await store.journal.create([new_session("mine", owner), new_session("chess", owner, kind=CHESS)])
    await store.journal.create(
        [new_session(f"{kind}-over", owner, shot=snapshot(status="canceled"), kind=kind) for kind in _kinds("fc")]
    )

    assert await store.listings.unseen_lobbies(FIRST_KIND, NOW + 1, ALL) == ["mine"]
    assert await store.listings.unseen_lobbies(CHESS, NOW + 1, ALL) == ["chess"]
    assert await store.archives.compactable(FIRST_KIND, NOW + 1, ALL) == ["minotaur-over"]
    assert await store.archives.compactable(CHESS, NOW + 1, ALL) == ["chess-over"]


@pytest.mark.parametrize("reads", [{FIRST_KIND: 7}, {FIRST_KIND: 4, CHESS: 2}, {CHESS: 1, BIDS: 9}])
async def test_a_node_says_which_games_it_has_and_how_far_it_knows_them(
    store: AnyStore, reads: dict[Kind, int]
) -> None:
    info = node_info()
    owner: Owner = await store.nodes.register(NodeInfo(info.node_id, info.address, info.release, reads), LEASE)

    (row,) = await store.nodes.rows()

    assert (row.owner, row.reads) == (owner, reads)


def _kinds(letters: str) -> list[Kind]:
    return [{"f": FIRST_KIND, "c": CHESS}[letter] for letter in letters]
