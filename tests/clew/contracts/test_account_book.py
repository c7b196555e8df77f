"""The exam of ``sessions.ports.AccountBook``."""

import asyncio
from dataclasses import replace
from typing import Final

import pytest

from clew.sessions.ids import Millis, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Change, Newcomer, Revoking
from clew.sessions.ports.users import Forgotten, Idle
from clew.sessions.records import SignIn, UserRecord
from tests.kit.store_records import NOW, made, register, snapshot
from tests.kit.stores import AnyStore

YEAR: Final = 365 * 86_400_000
AT_ONCE: Final = 8


def account(user_id: str, name: str, password: str = "hash 1", email: str | None = None) -> AccountRecord:
    return AccountRecord(UserId(user_id), name, name.casefold(), password, b"\x00code\xff", email, NOW)


def sign_in(user_id: str, token: str, lasts: int = YEAR) -> SignIn:
    return SignIn(token.encode(), UserId(user_id), NOW + lasts)


async def guest(store: AnyStore, user_id: str) -> None:
    """A guest, who has one way in that is called as they are."""
    await store.users.add_user(UserRecord(UserId(user_id), f"Guest {user_id}", NOW), sign_in(user_id, user_id))


def newcomer(user_id: str) -> Newcomer:
    return Newcomer(UserRecord(UserId(user_id), "Nova", NOW), sign_in(user_id, user_id))


async def who(store: AnyStore, token: str) -> str | None:
    found = await store.users.signed_in(token.encode(), NOW)
    return None if found is None else found.user.user_id


async def opened(store: AnyStore, user_id: str, name: str, email: str | None = None) -> AccountRecord:
    """A guest who has just opened this account."""
    await guest(store, user_id)
    assert await store.account_book.open_account(account(user_id, name, email=email), None) is AccountOpening.OPENED
    return account(user_id, name, email=email)


async def test_a_guest_opens_an_account_and_keeps_name_and_ways_in(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada", "ada@example.org")

    assert await store.account_book.account_of(UserId("ada")) == ada
    assert await store.account_book.account_named("ada") == ada
    assert await who(store, "ada") == "ada"
    kept = await store.users.user(UserId("ada"))
    assert kept is not None and kept.display_name == "Guest ada"


async def test_a_newcomer_is_a_user_with_an_account_and_a_way_in_at_once(store: AnyStore) -> None:
    nova = account("nova", "Nova")

    assert await store.account_book.open_account(nova, newcomer("nova")) is AccountOpening.OPENED

    assert await store.account_book.account_named("nova") == nova
    assert await who(store, "nova") == "nova"


async def test_a_newcomer_whose_name_is_taken_leaves_no_trace(store: AnyStore) -> None:
    await opened(store, "ada", "Ada")

    assert await store.account_book.open_account(account("nova", "ADA"), newcomer("nova")) is AccountOpening.NAME_TAKEN

    assert await store.users.user(UserId("nova")) is None
    assert await who(store, "nova") is None


async def test_nobody_has_two_accounts_and_nobody_who_is_not_there_has_one(store: AnyStore) -> None:
    await opened(store, "ada", "Ada")

    assert await store.account_book.open_account(account("ada", "Other"), None) is AccountOpening.HAS_ONE
    assert await store.account_book.open_account(account("gone", "Gone"), None) is AccountOpening.NOBODY
    assert await store.account_book.account_named("other") is None
    assert await store.account_book.account_named("gone") is None


@pytest.mark.parametrize("name", ["", "ad", "ada'; DROP TABLE accounts; --", "%", "ada\0", "\udc00"])
async def test_names_that_nobody_has_find_nobody(store: AnyStore, name: str) -> None:
    ada = await opened(store, "ada", "Ada")

    assert await store.account_book.account_named(name) is None
    assert await store.account_book.account_of(UserId(name)) is None
    assert await store.account_book.account_named("ada") == ada


async def test_of_many_who_want_one_name_at_once_exactly_one_gets_it(store: AnyStore) -> None:
    guests = [f"u{number}" for number in range(AT_ONCE)]
    for user_id in guests:
        await guest(store, user_id)
    wanted = [store.account_book.open_account(account(user_id, "Ada"), None) for user_id in guests]
    anew = [
        store.account_book.open_account(account(f"n{number}", "Ada"), newcomer(f"n{number}"))
        for number in range(AT_ONCE)
    ]

    became = await asyncio.gather(*wanted, *anew)

    assert sorted(each.value for each in became) == ["name_taken"] * (2 * AT_ONCE - 1) + ["opened"]
    assert await store.account_book.account_named("ada") is not None


async def test_of_many_accounts_of_one_guest_at_once_exactly_one_is_opened(store: AnyStore) -> None:
    await guest(store, "ada")

    became = await asyncio.gather(
        *(store.account_book.open_account(account("ada", f"Ada{number}"), None) for number in range(AT_ONCE))
    )

    assert sorted(each.value for each in became) == ["has_one"] * (AT_ONCE - 1) + ["opened"]


async def test_who_logs_in_has_one_more_way_in(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")

    assert await store.account_book.log_in(ada, sign_in("ada", "phone"), 9)

    assert [await who(store, token) for token in ("ada", "phone")] == ["ada", "ada"]


async def test_of_too_many_ways_in_those_that_end_soonest_end_at_once(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    bob = await opened(store, "bob", "Bob")
    for number in range(1, 5):
        assert await store.account_book.log_in(ada, sign_in("ada", f"t{number}", YEAR + number), 3)

    assert await store.account_book.log_in(bob, sign_in("bob", "t5"), 3)

    assert [await who(store, token) for token in ("ada", "t1", "t2", "t3", "t4", "bob", "t5")] == [
        *(None, None, "ada", "ada", "ada"),
        *("bob", "bob"),
    ]


async def test_a_change_is_seen_and_ends_all_other_ways_in(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    bob = await opened(store, "bob", "Bob")
    await store.account_book.log_in(ada, sign_in("ada", "phone"), 9)
    wanted = replace(ada, username="Ada2", name_key="ada2", password_hash="hash 2", recovery_hash=b"new", email="a@b")

    became = await store.account_book.change(ada, wanted, Revoking(but=b"phone"))

    assert became is Change.CHANGED
    assert await store.account_book.account_of(UserId("ada")) == replace(wanted, version=2)
    assert await store.account_book.account_named("ada") is None
    assert [await who(store, token) for token in ("ada", "phone", "bob")] == [None, "ada", "bob"]
    assert await store.account_book.account_of(UserId("bob")) == bob


async def test_a_change_without_a_word_of_ways_in_ends_none(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")

    assert await store.account_book.change(ada, replace(ada, password_hash="hash 2")) is Change.CHANGED

    assert await who(store, "ada") == "ada"


async def test_a_recovery_ends_every_way_in_but_the_one_it_gives(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    wanted = replace(ada, password_hash="hash 2", recovery_hash=b"new")

    became = await store.account_book.change(ada, wanted, Revoking(), sign_in("ada", "recovered"))

    assert became is Change.CHANGED
    assert [await who(store, token) for token in ("ada", "recovered")] == [None, "ada"]


async def test_what_was_decided_on_an_older_version_is_not_done(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    await store.account_book.change(ada, replace(ada, password_hash="hash 2"))

    change = await store.account_book.change(ada, replace(ada, password_hash="hash 3"), Revoking(), sign_in("ada", "x"))
    logged_in = await store.account_book.log_in(ada, sign_in("ada", "y"), 9)
    deleted = await store.account_book.delete_user(UserId("ada"), ada)

    assert (change, logged_in, deleted) == (Change.OUTDATED, False, False)
    assert [await who(store, token) for token in ("ada", "x", "y")] == ["ada", None, None]
    kept = await store.account_book.account_of(UserId("ada"))
    assert kept is not None and kept.password_hash == "hash 2"


async def test_a_name_that_another_has_is_not_taken_by_a_change(store: AnyStore) -> None:
    ada, bob = await opened(store, "ada", "Ada"), await opened(store, "bob", "Bob")

    became = await store.account_book.change(ada, replace(ada, username="BOB", name_key="bob"), Revoking())

    assert became is Change.NAME_TAKEN
    assert await store.account_book.account_named("bob") == bob
    assert await who(store, "ada") == "ada"


async def test_of_many_who_change_to_one_name_at_once_exactly_one_gets_it(store: AnyStore) -> None:
    accounts = [await opened(store, f"u{number}", f"Name{number}") for number in range(AT_ONCE)]

    became = await asyncio.gather(
        *(store.account_book.change(each, replace(each, username="Ada", name_key="ada")) for each in accounts)
    )

    assert sorted(each.value for each in became) == ["changed"] + ["name_taken"] * (AT_ONCE - 1)


async def test_of_many_recoveries_with_one_code_at_once_exactly_one_works(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")

    became = await asyncio.gather(
        *(
            store.account_book.change(
                ada, replace(ada, password_hash=f"hash {number}"), Revoking(), sign_in("ada", f"t{number}")
            )
            for number in range(AT_ONCE)
        )
    )

    assert sorted(each.value for each in became) == ["changed"] + ["outdated"] * (AT_ONCE - 1)
    won = became.index(Change.CHANGED)
    assert [await who(store, f"t{number}") for number in range(AT_ONCE)] == [
        "ada" if number == won else None for number in range(AT_ONCE)
    ]


async def test_after_a_change_of_password_no_log_in_with_the_old_one_is_left(store: AnyStore) -> None:
    """However the two meet: a log-in that was first is ended by the change, one that comes after is refused."""
    before = await opened(store, "ada", "Ada")

    for round_ in range(12):
        log_ins = [
            store.account_book.log_in(before, sign_in("ada", f"{round_} {number}"), 99) for number in range(AT_ONCE)
        ]
        change = store.account_book.change(before, replace(before, password_hash=f"hash {round_}"), Revoking())
        together = [*log_ins[: AT_ONCE // 2], change, *log_ins[AT_ONCE // 2 :]]
        became = await asyncio.gather(*together)

        assert Change.CHANGED in became
        left = [await who(store, f"{round_} {number}") for number in range(AT_ONCE)]
        assert left == [None] * AT_ONCE
        before = replace(before, password_hash=f"hash {round_}", version=before.version + 1)


async def test_all_ways_in_of_one_user_end_and_nobody_elses(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    await guest(store, "bob")
    await store.account_book.log_in(ada, sign_in("ada", "phone"), 9)

    await store.account_book.revoke_all(UserId("ada"))

    assert [await who(store, token) for token in ("ada", "phone", "bob")] == [None, None, "bob"]


async def test_a_user_is_renamed(store: AnyStore) -> None:
    await guest(store, "ada")

    assert await store.account_book.rename(UserId("ada"), "Ad\0a")
    assert not await store.account_book.rename(UserId("gone"), "Ada")

    kept = await store.users.user(UserId("ada"))
    assert kept is not None and kept.display_name == "Ad\ufffda"


async def test_who_is_deleted_leaves_nothing_but_their_seats_and_the_name_is_free(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(status="active", p1="ada playing"))

    assert await store.account_book.delete_user(UserId("ada"), ada)

    assert await store.users.user(UserId("ada")) is None
    assert await who(store, "ada") is None
    assert await store.account_book.account_of(UserId("ada")) is None
    assert len((await store.listings.sessions_of([FIRST_KIND], UserId("ada"), (), None, 5)).items) == 1
    assert await store.account_book.open_account(account("nova", "Ada"), newcomer("nova")) is AccountOpening.OPENED
    assert not await store.account_book.delete_user(UserId("ada"), ada)


async def test_a_guest_is_deleted_as_a_guest_only_and_an_account_as_an_account_only(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")
    await guest(store, "bob")

    assert not await store.account_book.delete_user(UserId("ada"), None)
    assert not await store.account_book.delete_user(UserId("bob"), replace(ada, user_id=UserId("bob")))
    assert await store.account_book.delete_user(UserId("bob"), None)

    assert await who(store, "ada") == "ada"
    assert await store.users.user(UserId("bob")) is None


async def test_a_guest_who_opens_an_account_and_is_deleted_at_once_is_one_or_the_other(store: AnyStore) -> None:
    guests = [f"u{number}" for number in range(60)]
    for user_id in guests:
        await guest(store, user_id)

    async def both(user_id: str) -> tuple[AccountOpening, bool]:
        opening = store.account_book.open_account(account(user_id, f"Name {user_id}"), None)
        deletion = store.account_book.delete_user(UserId(user_id), None)
        if guests.index(user_id) % 2:
            return await asyncio.gather(opening, deletion)
        deleted, became = await asyncio.gather(deletion, opening)
        return became, deleted

    for user_id, (became, deleted) in zip(guests, await asyncio.gather(*map(both, guests)), strict=True):
        assert (became, deleted) in ((AccountOpening.OPENED, False), (AccountOpening.NOBODY, True))
        found = await store.account_book.account_of(UserId(user_id))
        assert (found is None) == deleted == (await store.users.user(UserId(user_id)) is None)


async def test_whoever_has_an_account_is_never_forgotten_and_keeps_what_works(store: AnyStore) -> None:
    await opened(store, "ada", "Ada")
    idle = Idle(now=Millis(NOW + YEAR - 1), unused_since=Millis(NOW + YEAR - 1), lasts_ms=YEAR)
    later = Idle(now=Millis(NOW + 9 * YEAR), unused_since=Millis(NOW + 9 * YEAR), lasts_ms=YEAR)

    assert await store.users.forget_idle(idle, None, 10) == Forgotten(None, 0, 0)
    assert await who(store, "ada") == "ada"
    assert await store.users.forget_idle(later, None, 10) == Forgotten(None, 0, 1)
    assert await store.account_book.account_of(UserId("ada")) is not None
    assert await store.users.user(UserId("ada")) is not None
