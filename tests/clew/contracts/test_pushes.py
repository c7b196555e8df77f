"""The exam of ``sessions.ports.Pushes``."""

import asyncio
from typing import Final

from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.ports.account_book import AccountRecord
from clew.sessions.ports.pushes import PushRecord
from clew.sessions.ports.users import Idle
from clew.sessions.records import SignIn, UserRecord
from tests.kit.store_records import NOW
from tests.kit.stores import AnyStore

ADA: Final = UserId("ada")
GAME: Final = GameId("game")


async def comes(store: AnyStore, user: UserId = ADA, *, expires_at: Millis = NOW + 1000) -> None:
    sign_in = SignIn(user.encode(), user, expires_at)
    await store.users.add_user(UserRecord(user, user.title(), NOW), sign_in)


def push(key: str, user: UserId = ADA, *, at: Millis = NOW, secret: str = "secret") -> PushRecord:
    return PushRecord(
        key.encode(), user, user.encode(), "browser", f"https://push.example/{key}", b"key", secret.encode(), at
    )


async def kept(store: AnyStore, *users: UserId, now: Millis = NOW) -> list[str]:
    return [each.push_key.decode() for each in await store.pushes.pushes_of(users or (ADA,), now)]


async def test_a_place_is_given_back_as_it_was_put(store: AnyStore) -> None:
    await comes(store)

    await store.pushes.put_push(push("one"), 3)

    assert await store.pushes.pushes_of([ADA], NOW) == [push("one")]
    assert await store.pushes.pushes_of([UserId("bob")], NOW) == []
    assert await store.pushes.pushes_of([], NOW) == []


async def test_the_oldest_go_where_there_are_too_many_and_other_people_s_stay(store: AnyStore) -> None:
    await comes(store)
    await comes(store, UserId("bob"))
    await store.pushes.put_push(push("bobs", UserId("bob"), at=NOW - 9), 2)

    for age, key in enumerate(("one", "two", "three")):
        await store.pushes.put_push(push(key, at=NOW + age), 2)

    assert await kept(store) == ["two", "three"]
    assert await kept(store, ADA, UserId("bob")) == ["bobs", "two", "three"]


async def test_a_browser_is_one_person_s_who_asked_last(store: AnyStore) -> None:
    await comes(store)
    await comes(store, UserId("bob"))
    await store.pushes.put_push(push("shared"), 3)

    await store.pushes.put_push(push("shared", UserId("bob"), secret="new"), 3)

    assert await kept(store, ADA) == []
    assert await store.pushes.pushes_of([UserId("bob")], NOW) == [push("shared", UserId("bob"), secret="new")]


async def test_a_place_is_good_no_longer_than_the_way_in_it_was_asked_for_by(store: AnyStore) -> None:
    await comes(store)
    await store.pushes.put_push(push("one"), 3)

    assert await kept(store, now=Millis(NOW + 999)) == ["one"]
    assert await kept(store, now=Millis(NOW + 1000)) == []
    await store.users.revoke(ADA.encode())
    assert await kept(store) == []


async def test_signing_out_everywhere_ends_all_of_them(store: AnyStore) -> None:
    await comes(store)
    await store.pushes.put_push(push("one"), 3)

    await store.account_book.revoke_all(ADA)

    assert await kept(store) == []


async def test_a_way_in_of_the_same_name_that_is_another_s_makes_nothing_good(store: AnyStore) -> None:
    await comes(store)
    await store.pushes.put_push(push("one", UserId("bob")), 3)

    assert await kept(store, UserId("bob")) == []


async def test_only_its_owner_drops_a_place_and_only_the_one_meant(store: AnyStore) -> None:
    await comes(store)
    await store.pushes.put_push(push("one", secret="new"), 3)

    assert not await store.pushes.drop_push(UserId("bob"), b"one")
    assert not await store.pushes.drop_push(ADA, b"two")
    assert not await store.pushes.drop_push(ADA, b"one", b"old")
    assert await kept(store) == ["one"]
    assert await store.pushes.drop_push(ADA, b"one", b"new")
    assert not await store.pushes.drop_push(ADA, b"one")
    assert await kept(store) == []


async def test_nobody_is_told_twice_nor_of_what_came_before(store: AnyStore) -> None:
    noted = [await store.pushes.note_nudge(ADA, GAME, number, NOW) for number in (3, 3, 2, 4)]

    assert noted == [True, False, False, True]
    assert await store.pushes.note_nudge(UserId("bob"), GAME, 3, NOW)
    assert await store.pushes.note_nudge(ADA, GameId("other"), 3, NOW)


async def test_of_many_who_note_one_nudge_one_does(store: AnyStore) -> None:
    noted = await asyncio.gather(*(store.pushes.note_nudge(ADA, GAME, 1, NOW) for _ in range(8)))

    assert sorted(noted) == [False] * 7 + [True]


async def test_who_goes_for_good_leaves_no_place_and_nothing_they_were_told(store: AnyStore) -> None:
    await comes(store)
    account = AccountRecord(ADA, "ada", "ada", "hash", b"code", None, NOW)
    await store.account_book.open_account(account, None)
    await store.pushes.put_push(push("one"), 3)
    await store.pushes.note_nudge(ADA, GAME, 3, NOW)

    assert await store.account_book.delete_user(ADA, account)

    await comes(store)
    assert await kept(store) == []
    assert await store.pushes.note_nudge(ADA, GAME, 3, NOW)


async def test_dead_places_go_with_the_ways_in_that_are_forgotten(store: AnyStore) -> None:
    await comes(store, expires_at=Millis(NOW + 10))
    await store.pushes.put_push(push("one"), 3)
    idle = Idle(Millis(NOW + 20), Millis(NOW - 1), 5)

    await store.users.forget_idle(idle, None, 10)

    await store.users.add_sign_in(SignIn(ADA.encode(), ADA, Millis(NOW + 1000)))
    assert await kept(store) == []
