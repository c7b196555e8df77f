"""The exam of ``sessions.ports.Results``."""

import asyncio
from dataclasses import replace
from typing import Final

from clew.sessions.bounds import BOARD_RATED_MIN
from clew.sessions.ids import GameId, Kind, Millis, PlayerId, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.ports.account_book import AccountRecord
from clew.sessions.records import GameStatus, NewSession, SignIn, UserRecord
from clew.sessions.result_records import (
    Ended,
    GameTally,
    HowOften,
    Meetings,
    NewResult,
    Ranked,
    Rating,
    Reckoned,
    ResultOutcome,
    Strength,
)
from tests.kit.store_records import NOW, new_session, part, register, snapshot
from tests.kit.store_records import loaded as stored
from tests.kit.stores import AnyStore

MONTH: Final = "2027-01"
OTHER: Final = Kind("other")


async def people(store: AnyStore, *users: str) -> None:
    for user in users:
        sign_in = SignIn(user.encode(), UserId(user), NOW + 1)
        await store.users.add_user(UserRecord(UserId(user), user.title(), NOW), sign_in)


async def with_accounts(store: AnyStore, *users: str) -> None:
    for user in users:
        account = AccountRecord(UserId(user), user, user, "hash", user.encode(), None, NOW)
        await store.account_book.open_account(account, None)


async def ended(
    store: AnyStore,
    game: str,
    at: Millis = NOW,
    status: GameStatus = "concluded",
    kind: Kind = FIRST_KIND,
    made: Millis = NOW,
) -> None:
    """A session that was made, and came to its end at that time."""
    owner = await register(store)
    new: NewSession = new_session(game, owner, now=made, kind=kind)
    await store.journal.create([new])
    await store.journal.commit([part(await stored(store, game), "[2]", now=at, shot=snapshot(status=status))])


def result(
    user: str, place: int, before: int = 0, rating: int = 1000, outcome: ResultOutcome | None = None, fate: str = ""
) -> NewResult:
    won = outcome or ("won" if place == 1 else "lost")
    return NewResult(
        UserId(user), PlayerId(f"p-{user}"), place, won, fate, before, Rating(25.5, 8.25, rating), rated=True
    )


def reckoned(game: str, *results: NewResult, at: Millis = NOW, kind: Kind = FIRST_KIND, month: str = MONTH) -> Reckoned:
    return Reckoned(GameId(game), kind, at, month, 4, results)


async def ids(store: AnyStore, window: int = 10, limit: int = 10, kind: Kind = FIRST_KIND) -> list[str]:
    return [each.game_id for each in await store.results.unreckoned(kind, window, limit)]


async def test_sessions_are_due_in_the_order_of_their_ends_whatever_became_of_others(store: AnyStore) -> None:
    for game, at in (("late", NOW + 9), ("soon", NOW + 1), ("middle", NOW + 5)):
        await ended(store, game, at)
    await ended(store, "off", status="canceled")
    await ended(store, "on", status="active")
    await ended(store, "theirs", kind=OTHER)

    due = await store.results.unreckoned(FIRST_KIND, 10, 2)

    assert due == [Ended(GameId("soon"), NOW + 1), Ended(GameId("middle"), NOW + 5)]
    assert await ids(store, kind=OTHER) == ["theirs"]
    assert await ids(store, kind=Kind("none")) == []


async def test_of_more_than_the_window_those_made_first_are_due(store: AnyStore) -> None:
    await ended(store, "g1", NOW + 9, made=NOW)
    await ended(store, "g2", NOW + 8, made=NOW + 1)
    await ended(store, "g3", NOW + 3, made=NOW + 2)

    assert await ids(store, window=2) == ["g2", "g1"]


async def test_what_was_reckoned_is_kept_whole_and_due_no_more(store: AnyStore) -> None:
    await people(store, "ada", "bob")
    await ended(store, "g1")
    before = await store.results.of_session(GameId("g1"))

    done = await store.results.reckon(reckoned("g1", result("ada", 1, rating=1100, fate="won"), result("bob", 2)))

    assert (before, done) == (None, True)
    assert await ids(store) == []
    ada, bob = list(await store.results.of_session(GameId("g1")) or ())
    assert (ada.user_id, ada.place, ada.outcome, ada.fate, ada.seats) == ("ada", 1, "won", "won", 4)
    assert (ada.rating_before, ada.rating_after) == (None, 1100)
    assert (bob.player_id, bob.outcome, bob.ended_at) == ("p-bob", "lost", NOW)
    assert await store.results.strengths(FIRST_KIND, [UserId("ada"), UserId("eve"), UserId("\0")]) == {
        "ada": Strength(1, Rating(25.5, 8.25, 1100))
    }
    assert await store.results.tallies(UserId("ada")) == [GameTally(FIRST_KIND, 1, 1, 0, 1, 1100)]


async def test_of_many_who_reckon_one_session_at_once_one_does(store: AnyStore) -> None:
    await people(store, "ada", "bob")
    await ended(store, "g1")
    whole = reckoned("g1", result("ada", 1), result("bob", 2))

    done = await asyncio.gather(*(store.results.reckon(whole) for _ in range(6)))

    assert sum(done) == 1
    assert await store.results.tallies(UserId("ada")) == [GameTally(FIRST_KIND, 1, 1, 0, 1, 1000)]


async def test_of_many_sessions_reckoned_upon_one_rating_at_once_one_is(store: AnyStore) -> None:
    await people(store, "ada", "bob")
    for number in range(6):
        await ended(store, f"g{number}")

    done = await asyncio.gather(
        *(store.results.reckon(reckoned(f"g{n}", result("bob", 2), result("ada", 1))) for n in range(6))
    )

    assert sum(done) == 1
    assert len(await ids(store)) == 5


async def test_what_is_worked_out_upon_an_older_rating_leaves_no_trace(store: AnyStore) -> None:
    await people(store, "ada", "bob")
    await ended(store, "g1")
    await ended(store, "g2")
    await store.results.reckon(reckoned("g1", result("ada", 1)))

    late = await store.results.reckon(reckoned("g2", result("ada", 2), result("bob", 1)))
    anew = await store.results.reckon(reckoned("g2", result("ada", 2, before=1, rating=950), result("bob", 1)))

    assert (late, anew) == (False, True)
    assert await store.results.tallies(UserId("ada")) == [GameTally(FIRST_KIND, 2, 1, 0, 2, 950)]
    latest = await store.results.of_user(UserId("ada"), 1)
    assert [(each.game_id, each.rating_before, each.rating_after) for each in latest] == [("g2", 1000, 950)]


async def test_what_goes_on_or_was_called_off_has_no_results(store: AnyStore) -> None:
    await people(store, "ada")
    await ended(store, "on", status="active")
    await ended(store, "off", status="canceled")

    done = [await store.results.reckon(reckoned(game, result("ada", 1))) for game in ("on", "off", "none")]

    assert done == [False, False, False]
    assert await store.results.tallies(UserId("ada")) == []


async def test_unrated_results_are_counted_and_change_no_rating(store: AnyStore) -> None:
    await people(store, "ada")
    await ended(store, "g1")

    await store.results.reckon(reckoned("g1", replace(result("ada", 1, outcome="drawn"), rated=False)))

    assert await store.results.tallies(UserId("ada")) == [GameTally(FIRST_KIND, 1, 0, 1, 0, 1000)]
    (kept,) = await store.results.of_user(UserId("ada"), 10)
    assert (kept.rating_before, kept.rating_after) == (None, None)


async def test_somebody_who_went_is_in_no_result_and_the_others_stay(store: AnyStore) -> None:
    await people(store, "ada", "bob")
    await ended(store, "g1")
    await ended(store, "g2")
    await store.results.reckon(reckoned("g1", result("ada", 1), result("bob", 2)))
    await store.account_book.delete_user(UserId("ada"), None)

    done = await store.results.reckon(reckoned("g2", result("ada", 2, before=1), result("bob", 1, before=1)))

    assert done
    assert await store.results.of_user(UserId("ada"), 10) == []
    assert await store.results.tallies(UserId("ada")) == []
    assert [each.user_id for each in await store.results.of_session(GameId("g1")) or ()] == ["bob"]
    assert [each.user_id for each in await store.results.of_session(GameId("g2")) or ()] == ["bob"]


async def test_of_who_goes_while_their_session_is_reckoned_nothing_is_left(store: AnyStore) -> None:
    await people(store, "ada", "bob")
    await ended(store, "g1")

    await asyncio.gather(
        store.results.reckon(reckoned("g1", result("ada", 1), result("bob", 2))),
        store.account_book.delete_user(UserId("ada"), None),
    )

    assert await store.results.of_user(UserId("ada"), 10) == []
    assert await store.results.tallies(UserId("ada")) == []


async def test_places_fates_and_meetings_are_counted_by_kind(store: AnyStore) -> None:
    await people(store, "ada", "bob", "eve")
    for number, (ada, bob, fate) in enumerate([(1, 2, "won"), (3, 1, "lair"), (2, 2, "hero"), (3, 1, "hero")]):
        await ended(store, f"g{number}", NOW + number)
        results = (result("ada", ada, number, fate=fate), result("bob", bob, number))
        assert await store.results.reckon(reckoned(f"g{number}", *results, at=NOW + number))
    await ended(store, "o", kind=OTHER)
    await store.results.reckon(reckoned("o", result("ada", 4, outcome="lost"), result("eve", 1), kind=OTHER))

    ada, bob, eve = UserId("ada"), UserId("bob"), UserId("eve")

    assert await store.results.places(ada) == [
        HowOften(FIRST_KIND, "1", 1),
        HowOften(FIRST_KIND, "2", 1),
        HowOften(FIRST_KIND, "3", 2),
        HowOften(OTHER, "4", 1),
    ]
    assert await store.results.fates(ada) == [
        HowOften(FIRST_KIND, "hero", 2),
        HowOften(FIRST_KIND, "lair", 1),
        HowOften(FIRST_KIND, "won", 1),
    ]
    assert await store.results.together(ada, bob) == [Meetings(FIRST_KIND, 4, 1, 2)]
    assert await store.results.together(ada, eve) == [Meetings(OTHER, 1, 0, 1)]
    assert await store.results.together(bob, eve) == []
    assert [each.game_id for each in await store.results.of_user(ada, 2)] == ["g3", "g2"]
    asked = [GameId("g1"), GameId("o"), GameId("none"), GameId("\0")]
    assert [each.game_id for each in await store.results.in_sessions(bob, asked)] == ["g1"]
    assert await store.results.in_sessions(bob, []) == []


async def test_a_months_board_has_those_with_an_account_who_played_enough_highest_first(store: AnyStore) -> None:
    await people(store, "ada", "bob", "eve", "guest", "seldom")
    await with_accounts(store, "ada", "bob", "eve", "seldom")
    ratings = {"ada": 1200, "bob": 1300, "eve": 1200, "guest": 2000}
    for number in range(BOARD_RATED_MIN):
        await ended(store, f"g{number}")
        results = [result(user, 1 + (user != "bob"), number, rating) for user, rating in ratings.items()]
        if number:
            results.append(result("seldom", 2, number - 1, 3000))
        assert await store.results.reckon(reckoned(f"g{number}", *results))

    board = await store.results.board(FIRST_KIND, MONTH, 10)

    wins = BOARD_RATED_MIN
    assert board == [
        Ranked(UserId("bob"), "Bob", wins, wins, 1300),
        Ranked(UserId("eve"), "Eve", wins, 0, 1200),
        Ranked(UserId("ada"), "Ada", wins, 0, 1200),
    ]
    assert await store.results.board(FIRST_KIND, MONTH, 1) == board[:1]
    assert await store.results.board(FIRST_KIND, "2027-02", 10) == []
    assert await store.results.board(FIRST_KIND, "", 10) == []
    assert await store.results.board(OTHER, MONTH, 10) == []
    places = [
        await store.results.place_on_board(FIRST_KIND, MONTH, UserId(user)) for user in ("ada", "guest", "seldom")
    ]
    assert places == [(2, board[2]), None, None]


async def test_compacted_and_reckoned_have_nothing_to_do_with_each_other(store: AnyStore) -> None:
    await people(store, "ada")
    await ended(store, "g1")

    await store.archives.compact(GameId("g1"))

    assert await ids(store) == ["g1"]
    assert await store.results.reckon(reckoned("g1", result("ada", 1)))
    assert await store.archives.expand(GameId("g1"))
    assert await ids(store) == []
