"""The exam of ``sessions.census.Counts``."""

from dataclasses import replace
from typing import Any

from clew.sessions.census import NOBODY, Census, Made, Maker, OpenSessions
from clew.sessions.ids import Kind, Millis, Owner, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import GameStatus, SignIn, UserRecord
from tests.kit.store_records import NOW, loaded, new_session, part, register, snapshot
from tests.kit.stores import AnyStore

ADA = UserId("ada")
BEN = UserId("ben")
SCHOOL = "school"
PLAYING = "playing"
CHESS = Kind("chess")


async def make(
    store: AnyStore,
    owner: Owner,
    game: str,
    maker: Maker,
    status: GameStatus,
    now: int = NOW,
    kind: Kind = FIRST_KIND,
    **players: Any,
) -> None:
    new = new_session(game, owner, now=Millis(now), shot=snapshot(status=status, **players), kind=kind)
    await store.journal.create([replace(new, maker=maker)])


async def test_what_somebody_made_is_counted_by_user_and_by_origin(store: AnyStore) -> None:
    owner = await register(store)
    await make(store, owner, "g1", Maker(ADA, SCHOOL), "lobby", p1="ada waiting")
    await make(store, owner, "g2", Maker(ADA, SCHOOL), "active", p1="ada playing", p2="- playing")
    await make(store, owner, "g3", Maker(ADA, "home"), "active", p1="ada eliminated", p2="- playing")
    await make(store, owner, "g4", Maker(BEN, SCHOOL), "active", p1="ben resigned", p2="- playing", p3="- playing")
    await make(store, owner, "g5", Maker(BEN, SCHOOL), "concluded", p1="ben won")
    await make(store, owner, "g6", Maker(ADA, SCHOOL), "canceled", NOW - 1_000)
    await make(store, owner, "g7", NOBODY, "lobby")

    ada, school = await store.counts.count_made(Maker(ADA, SCHOOL), Millis(NOW - 1_000), PLAYING)
    ben, home = await store.counts.count_made(Maker(BEN, "home"), Millis(NOW - 1_000), PLAYING)

    assert ada == Made(open=3, lobbies=1, alone=1, lately=3)
    assert school == Made(open=3, lobbies=1, alone=1, lately=4)
    assert ben == Made(open=1, lobbies=0, alone=1, lately=2)
    assert home == Made(open=1, lobbies=0, alone=1, lately=1)


async def test_nobody_is_counted_for_what_nobody_made(store: AnyStore) -> None:
    await make(store, await register(store), "g1", NOBODY, "lobby")

    assert await store.counts.count_made(NOBODY, Millis(0), PLAYING) == (Made(), Made())
    assert await store.counts.count_made(Maker(ADA, SCHOOL), Millis(0), PLAYING) == (Made(), Made())


async def test_a_game_stops_being_counted_when_it_ends_and_runs_alone_once_nobody_plays(store: AnyStore) -> None:
    owner = await register(store)
    maker = Maker(ADA, SCHOOL)
    await make(store, owner, "g1", maker, "active", p1="ada playing", p2="- playing")
    with_ada, _ = await store.counts.count_made(maker, Millis(NOW), PLAYING)

    shot = snapshot(status="active", p1="ada resigned", p2="- playing")
    await store.journal.commit([part(await loaded(store, "g1"), "[2]", shot=shot)])
    without_ada, _ = await store.counts.count_made(maker, Millis(NOW), PLAYING)
    await store.journal.commit(
        [part(await loaded(store, "g1"), "[3]", shot=snapshot(status="concluded", p1="ada resigned"))]
    )
    over, _ = await store.counts.count_made(maker, Millis(NOW), PLAYING)

    assert with_ada == Made(open=1)
    assert without_ada == Made(open=1, alone=1)
    assert over == Made()


async def test_the_census_has_everything_in_it(store: AnyStore) -> None:
    owner = await register(store)
    await store.users.add_user(UserRecord(ADA, "Ada", NOW), SignIn(b"1", ADA, NOW + 1))
    await store.users.add_sign_in(SignIn(b"2", ADA, NOW + 1))
    await make(store, owner, "g1", NOBODY, "lobby")
    await make(store, owner, "g2", NOBODY, "active", p1="ada playing", p2="- playing")
    await make(store, owner, "g3", Maker(ADA, SCHOOL), "active", p1="ada resigned", p2="- playing")
    await make(store, owner, "g4", NOBODY, "concluded")

    await make(store, owner, "g5", NOBODY, "active", kind=CHESS, p1="ben playing")
    await make(store, owner, "g6", NOBODY, "active", kind=CHESS, p1="- playing")
    await make(store, owner, "g7", NOBODY, "canceled", kind=Kind("bids"))

    census = await store.counts.census(PLAYING)

    assert census == Census(
        {FIRST_KIND: OpenSessions(lobbies=1, active=1, alone=1), CHESS: OpenSessions(active=1, alone=1)},
        users=1,
        sign_ins=2,
    )
    assert (census.lobbies, census.active, census.alone) == (1, 2, 2)


async def test_the_census_of_nothing_is_nothing(store: AnyStore) -> None:
    assert await store.counts.census(PLAYING) == Census({}, users=0, sign_ins=0)
