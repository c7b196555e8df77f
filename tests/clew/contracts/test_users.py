"""The exam of ``sessions.ports.Users``."""

from typing import Any, Final

import pytest

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.users import Forgotten, Idle, SignedIn
from clew.sessions.records import SignIn, UserRecord
from tests.kit.store_records import NOW, made, register, snapshot
from tests.kit.stores import AnyStore


async def who(store: AnyStore, token_hash: bytes, now: int) -> UserRecord | None:
    signed_in = await store.users.signed_in(token_hash, now)
    return None if signed_in is None else signed_in.user


ADA = UserRecord(UserId("u1"), "Ada \u2603 d’Arc", NOW)
TOKEN = b"\x00\xff hash"


async def test_a_user_is_remembered_and_found_by_token(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    assert await store.users.user(ADA.user_id) == ADA
    assert await who(store, TOKEN, NOW) == ADA


async def test_a_token_stops_working_when_it_runs_out(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    assert await who(store, TOKEN, NOW + 999) == ADA
    assert await who(store, TOKEN, NOW + 1_000) is None


async def test_nobody_signs_in_with_what_was_never_given(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    assert await who(store, b"", NOW) is None
    assert await who(store, TOKEN + b"x", NOW) is None
    assert await store.users.user(UserId("u2")) is None


async def test_a_revoked_token_is_gone_and_the_others_work_on(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))
    await store.users.add_sign_in(SignIn(b"second", ADA.user_id, NOW + 1_000))

    await store.users.revoke(TOKEN)
    await store.users.revoke(b"never given")

    assert await who(store, TOKEN, NOW) is None
    assert await who(store, b"second", NOW) == ADA


async def test_a_name_is_kept_without_the_characters_that_no_text_has(store: AnyStore) -> None:
    named = UserRecord(UserId("u1"), "A\0da \ud83d\U0001f600\ud800", NOW)
    await store.users.add_user(named, SignIn(TOKEN, named.user_id, NOW + 1_000))

    kept = await store.users.user(UserId("u1"))

    assert kept is not None and kept.display_name == "A\ufffdda \ufffd\U0001f600\ufffd"
    assert await store.users.user(UserId("u\0")) is None
    assert await store.users.user(UserId("\udc00")) is None


async def test_of_many_ids_those_of_users_are_remembered(store: AnyStore) -> None:
    bob = UserRecord(UserId("u2"), "Bob", NOW)
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))
    await store.users.add_user(bob, SignIn(b"of Bob", bob.user_id, NOW + 1_000))
    strangers = [UserId(f"x{number}") for number in range(2_000)]

    assert await store.users.remembered([]) == frozenset()
    assert await store.users.remembered([UserId("x"), UserId("u\0"), UserId("\udc00")]) == frozenset()
    assert await store.users.remembered([ADA.user_id, ADA.user_id]) == {ADA.user_id}
    assert await store.users.remembered([*strangers, bob.user_id, ADA.user_id]) == {ADA.user_id, bob.user_id}


async def test_who_was_deleted_is_remembered_no_more(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    await store.account_book.delete_user(ADA.user_id, None)

    assert await store.users.remembered([ADA.user_id]) == frozenset()


# --- in use, and out of it -------------------------------------------------------------------------------------------

DAY: Final = 86_400_000
YEAR: Final = 365 * DAY


async def test_a_way_in_is_prolonged_by_a_day_at_least_and_never_shortened(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + YEAR))

    await store.users.prolong(TOKEN, NOW + YEAR + DAY - 1, DAY)
    too_soon = await store.users.signed_in(TOKEN, NOW)
    await store.users.prolong(TOKEN, NOW + YEAR + DAY, DAY)
    in_time = await store.users.signed_in(TOKEN, NOW)
    await store.users.prolong(TOKEN, NOW + DAY, DAY)

    assert too_soon == SignedIn(ADA, NOW + YEAR)
    assert in_time == await store.users.signed_in(TOKEN, NOW) == SignedIn(ADA, NOW + YEAR + DAY)


async def test_what_was_revoked_is_not_prolonged_back_to_life(store: AnyStore) -> None:
    await store.users.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + YEAR))
    await store.users.revoke(TOKEN)

    await store.users.prolong(TOKEN, NOW + 2 * YEAR, DAY)

    assert await store.users.signed_in(TOKEN, NOW) is None


async def guest(store: AnyStore, name: str, made_at: int, *expires: int) -> bytes:
    """A guest with ways in that expire then; gives the first."""
    user = UserRecord(UserId(name), name, Millis(made_at))
    await store.users.add_user(user, SignIn(f"{name} 0".encode(), user.user_id, Millis(expires[0])))
    for number, at in enumerate(expires[1:], 1):
        await store.users.add_sign_in(SignIn(f"{name} {number}".encode(), user.user_id, Millis(at)))
    return f"{name} 0".encode()


def idle(now: int, after_days: int = 30) -> Idle:
    return Idle(now=Millis(now), unused_since=Millis(now - after_days * DAY), lasts_ms=YEAR)


async def test_a_guest_without_a_game_who_never_came_back_is_forgotten(store: AnyStore) -> None:
    token = await guest(store, "gone", NOW, NOW + YEAR)

    early = await store.users.forget_idle(idle(NOW + 30 * DAY - 1), None, 10)
    late = await store.users.forget_idle(idle(NOW + 30 * DAY), None, 10)

    assert early == Forgotten(None, 0, 0)
    assert late == Forgotten(None, 1, 1)
    assert await store.users.user(UserId("gone")) is None
    assert await store.users.signed_in(token, NOW) is None


@pytest.mark.parametrize("status", ["lobby", "active", "concluded", "canceled"])
async def test_whoever_has_a_seat_in_a_game_that_is_kept_is_never_forgotten(store: AnyStore, status: Any) -> None:
    token = await guest(store, "ada", NOW, NOW + YEAR)
    owner = await register(store)
    await made(store, "g1", owner, shot=snapshot(status=status, p1="ada playing"))

    unused = await store.users.forget_idle(idle(NOW + YEAR - 1), None, 10)
    dead = await store.users.forget_idle(idle(NOW + 9 * YEAR), None, 10)

    assert (unused, dead) == (Forgotten(None, 0, 0), Forgotten(None, 0, 1))
    assert await store.users.user(UserId("ada")) is not None
    assert await store.users.signed_in(token, NOW) is None


async def test_whoever_used_a_way_in_lately_is_kept_and_loses_the_dead_ones_only(store: AnyStore) -> None:
    now = NOW + 2 * YEAR
    await guest(store, "ada", NOW, now - 1, now + YEAR - 10 * DAY)

    forgotten = await store.users.forget_idle(idle(now), None, 10)

    assert forgotten == Forgotten(None, 0, 1)
    assert await store.users.signed_in(b"ada 1", Millis(now)) is not None


async def test_a_way_in_that_an_earlier_release_gave_is_kept_until_it_runs_out(store: AnyStore) -> None:
    token = await guest(store, "ada", NOW, NOW + 180 * DAY)

    kept = await store.users.forget_idle(idle(NOW + 180 * DAY - 1), None, 10)
    gone = await store.users.forget_idle(idle(NOW + 180 * DAY), None, 10)

    assert (kept, gone) == (Forgotten(None, 0, 0), Forgotten(None, 1, 1))
    assert await store.users.signed_in(token, NOW) is None


async def test_users_are_leafed_through_in_pages_of_the_asked_size(store: AnyStore) -> None:
    for number in range(5):
        await guest(store, f"u{number}", NOW, NOW + YEAR)
    await guest(store, "u2b", NOW + 40 * DAY, NOW + 40 * DAY + YEAR)
    when = idle(NOW + 60 * DAY)

    first = await store.users.forget_idle(when, None, 3)
    second = await store.users.forget_idle(when, first.last, 3)
    third = await store.users.forget_idle(when, second.last, 3)

    assert [first, second, third] == [
        Forgotten(UserId("u2"), 3, 3),
        Forgotten(UserId("u4"), 2, 2),
        Forgotten(None, 0, 0),
    ]
    assert await store.users.user(UserId("u2b")) is not None


async def test_who_went_out_and_has_no_game_is_forgotten_too(store: AnyStore) -> None:
    await store.users.revoke(await guest(store, "ada", NOW, NOW + YEAR))

    assert await store.users.forget_idle(idle(NOW + 30 * DAY), None, 10) == Forgotten(None, 1, 0)
