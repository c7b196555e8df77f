"""The exam of ``sessions.ports.PasskeyBook``."""

import asyncio
from dataclasses import replace

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Change, Revoking
from clew.sessions.ports.passkey_book import AnsweredChallenge, PasskeyAdding, PasskeyRecord, PasskeyRemoval
from tests.clew.contracts.test_account_book import AT_ONCE, account, guest, newcomer, opened, sign_in, who
from tests.kit.store_records import NOW
from tests.kit.stores import AnyStore

MINUTE = 60_000


def passkey(user_id: str, credential: str, at: int = 0, sign_count: int = 0) -> PasskeyRecord:
    return PasskeyRecord(
        credential.encode(), UserId(user_id), f"Key {credential}", b"\x00cose\xff", sign_count, Millis(NOW + at)
    )


def answered(challenge: str, at: int = 0) -> AnsweredChallenge:
    return AnsweredChallenge(challenge.encode(), Millis(NOW + at), Millis(NOW + at + MINUTE))


async def now(store: AnyStore, user_id: str) -> AccountRecord:
    found = await store.account_book.account_of(UserId(user_id))
    assert found is not None
    return found


async def with_passkey(store: AnyStore, user_id: str = "ada", sign_count: int = 0) -> PasskeyRecord:
    """Somebody with an account and this passkey."""
    await opened(store, user_id, user_id)
    one = passkey(user_id, f"{user_id}-1", sign_count=sign_count)
    assert await store.passkey_book.add(await now(store, user_id), one, 9) is PasskeyAdding.ADDED
    return one


async def test_passkeys_are_found_by_themselves_and_by_whose_they_are(store: AnyStore) -> None:
    first = await with_passkey(store)
    later = passkey("ada", "0", at=5)

    await store.passkey_book.add(await now(store, "ada"), later, 9)

    assert await store.passkey_book.passkey(first.credential_id) == first
    assert await store.passkey_book.passkey(b"nobody's") is None
    assert await store.passkey_book.passkeys_of(UserId("ada")) == (first, later)
    assert await store.passkey_book.passkeys_of(UserId("zoe")) == ()


async def test_a_passkey_that_comes_makes_a_new_version_of_its_account(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")

    added = await store.passkey_book.add(ada, passkey("ada", "1"), 9)
    again = await store.passkey_book.add(ada, passkey("ada", "2"), 9)

    assert (added, again) == (PasskeyAdding.ADDED, PasskeyAdding.OUTDATED)
    assert await now(store, "ada") == replace(ada, version=2)
    assert not await store.account_book.log_in(ada, sign_in("ada", "late"), 9)


async def test_of_passkeys_added_at_once_one_is(store: AnyStore) -> None:
    ada = await opened(store, "ada", "Ada")

    added = await asyncio.gather(
        *(store.passkey_book.add(ada, passkey("ada", str(number)), 9) for number in range(AT_ONCE))
    )

    assert added.count(PasskeyAdding.ADDED) == 1
    assert len(await store.passkey_book.passkeys_of(UserId("ada"))) == 1


async def test_there_are_no_more_than_may_be_and_none_is_two_peoples(store: AnyStore) -> None:
    one = await with_passkey(store)
    await opened(store, "zoe", "Zoe")

    too_many = await store.passkey_book.add(await now(store, "ada"), passkey("ada", "2"), 1)
    taken = await store.passkey_book.add(await now(store, "zoe"), replace(one, user_id=UserId("zoe")), 9)

    assert (too_many, taken) == (PasskeyAdding.TOO_MANY, PasskeyAdding.TAKEN)
    assert await store.passkey_book.passkey(one.credential_id) == one


async def test_an_account_is_opened_with_a_passkey_or_not_at_all(store: AnyStore) -> None:
    await guest(store, "ada")
    one, theirs = passkey("ada", "1"), passkey("zoe", "1")

    assert await store.passkey_book.open_account(account("ada", "Ada", ""), None, one) is AccountOpening.OPENED
    assert await store.passkey_book.open_account(account("zoe", "Zoe", ""), newcomer("zoe"), theirs) is None
    taken = await store.passkey_book.open_account(account("zoe", "Ada", ""), newcomer("zoe"), passkey("zoe", "2"))
    nobody = await store.passkey_book.open_account(account("eve", "Eve", ""), None, passkey("eve", "3"))
    anew = await store.passkey_book.open_account(account("zoe", "Zoe", ""), newcomer("zoe"), passkey("zoe", "2"))

    assert (taken, nobody, anew) == (AccountOpening.NAME_TAKEN, AccountOpening.NOBODY, AccountOpening.OPENED)
    assert await store.passkey_book.passkeys_of(UserId("ada")) == (one,)
    assert [await who(store, each) for each in ("ada", "zoe")] == ["ada", "zoe"]
    assert await store.passkey_book.passkey(b"3") is None


async def test_a_passkey_gets_another_name_from_whose_it_is_and_stays_as_good(store: AnyStore) -> None:
    one = await with_passkey(store)
    await opened(store, "zoe", "Zoe")
    before = await now(store, "ada")

    renamed = await store.passkey_book.rename(UserId("ada"), one.credential_id, "Old\x00 phone")
    not_theirs = await store.passkey_book.rename(UserId("zoe"), one.credential_id, "Mine")
    nobodys = await store.passkey_book.rename(UserId("ada"), b"nobody's", "Mine")

    assert renamed is not None
    assert (renamed, not_theirs, nobodys) == (replace(one, name=renamed.name), None, None)
    assert renamed.name.startswith("Old") and "\x00" not in renamed.name
    assert await store.passkey_book.passkeys_of(UserId("ada")) == (renamed,)
    assert await now(store, "ada") == before
    assert await store.passkey_book.use(one, 7, answered("c"))


async def test_a_passkey_that_goes_takes_ways_in_with_it(store: AnyStore) -> None:
    one = await with_passkey(store)
    before = await now(store, "ada")
    await store.account_book.log_in(before, sign_in("ada", "elsewhere"), 9)

    nobodys = await store.passkey_book.remove(before, b"nobody's", Revoking())
    removed = await store.passkey_book.remove(before, one.credential_id, Revoking(b"ada"))
    again = await store.passkey_book.remove(before, one.credential_id, Revoking())

    assert (nobodys, removed, again) == (PasskeyRemoval.NONE_SUCH, PasskeyRemoval.REMOVED, PasskeyRemoval.OUTDATED)
    assert await store.passkey_book.passkey(one.credential_id) is None
    assert [await who(store, each) for each in ("ada", "elsewhere")] == ["ada", None]
    assert not await store.account_book.log_in(before, sign_in("ada", "late"), 9)


async def test_of_two_last_ones_that_are_removed_at_once_one_stays_where_there_is_no_password(store: AnyStore) -> None:
    await guest(store, "ada")
    await store.passkey_book.open_account(account("ada", "Ada", ""), None, passkey("ada", "1"))
    await store.passkey_book.add(await now(store, "ada"), passkey("ada", "2"), 9)
    ada = await now(store, "ada")

    await asyncio.gather(*(store.passkey_book.remove(ada, each, Revoking()) for each in (b"1", b"2")))

    (last,) = await store.passkey_book.passkeys_of(UserId("ada"))
    assert (
        await store.passkey_book.remove(await now(store, "ada"), last.credential_id, Revoking()) is PasskeyRemoval.LAST
    )


async def test_of_those_who_answer_a_challenge_at_once_one_is_heard(store: AnyStore) -> None:
    one = await with_passkey(store)

    heard = await asyncio.gather(
        *(store.passkey_book.answer(answered("registering")) for _ in range(AT_ONCE)),
        *(store.passkey_book.use(one, 0, answered("coming in")) for _ in range(AT_ONCE)),
    )

    assert (heard[:AT_ONCE].count(True), heard[AT_ONCE:].count(True)) == (1, 1)
    assert not await store.passkey_book.use(one, 0, answered("registering"))


async def test_a_challenge_is_remembered_until_it_expires(store: AnyStore) -> None:
    assert await store.passkey_book.answer(answered("one"))

    in_time = await store.passkey_book.answer(answered("one", at=MINUTE))
    long_after = await store.passkey_book.answer(answered("another", at=2 * MINUTE))

    assert (in_time, long_after) == (False, True)


async def test_a_use_is_noted_with_its_count_once(store: AnyStore) -> None:
    one = await with_passkey(store, sign_count=3)

    used = await store.passkey_book.use(one, 4, answered("a", at=7))
    by_the_old_count = await store.passkey_book.use(one, 5, answered("b"))
    challenge_is_left = await store.passkey_book.answer(answered("b"))

    assert (used, by_the_old_count, challenge_is_left) == (True, False, True)
    assert await store.passkey_book.passkey(one.credential_id) == replace(one, sign_count=4, used_at=NOW + 7)


async def test_passkeys_go_with_their_user_and_with_a_recovery(store: AnyStore) -> None:
    ada, zoe, bob = [await with_passkey(store, name) for name in ("ada", "zoe", "bob")]
    account_of_zoe = await now(store, "zoe")

    gone = await store.account_book.delete_user(UserId("ada"), await now(store, "ada"))
    changed = await store.account_book.change(account_of_zoe, account_of_zoe, Revoking(passkeys=True))
    account_of_bob = await now(store, "bob")
    await store.account_book.change(account_of_bob, account_of_bob, Revoking())

    assert (gone, changed) == (True, Change.CHANGED)
    found = [await store.passkey_book.passkey(each.credential_id) for each in (ada, zoe, bob)]
    assert found == [None, None, bob]
