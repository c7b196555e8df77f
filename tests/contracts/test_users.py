"""The exam of ``sessions.ports.Users``."""

from minotaur.sessions.ids import UserId
from minotaur.sessions.records import SignIn, User
from tests.kit.store_records import NOW
from tests.kit.stores import AnyStore

ADA = User(UserId("u1"), "Ada \u2603 d’Arc", NOW)
TOKEN = b"\x00\xff hash"


async def test_a_user_is_remembered_and_found_by_token(store: AnyStore) -> None:
    await store.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    assert await store.user(ADA.user_id) == ADA
    assert await store.user_by_token(TOKEN, NOW) == ADA


async def test_a_token_stops_working_when_it_runs_out(store: AnyStore) -> None:
    await store.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    assert await store.user_by_token(TOKEN, NOW + 999) == ADA
    assert await store.user_by_token(TOKEN, NOW + 1_000) is None


async def test_nobody_signs_in_with_what_was_never_given(store: AnyStore) -> None:
    await store.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))

    assert await store.user_by_token(b"", NOW) is None
    assert await store.user_by_token(TOKEN + b"x", NOW) is None
    assert await store.user(UserId("u2")) is None


async def test_a_revoked_token_is_gone_and_the_others_work_on(store: AnyStore) -> None:
    await store.add_user(ADA, SignIn(TOKEN, ADA.user_id, NOW + 1_000))
    await store.add_sign_in(SignIn(b"second", ADA.user_id, NOW + 1_000))

    await store.revoke(TOKEN)
    await store.revoke(b"never given")

    assert await store.user_by_token(TOKEN, NOW) is None
    assert await store.user_by_token(b"second", NOW) == ADA


async def test_a_name_is_kept_without_the_characters_that_no_text_has(store: AnyStore) -> None:
    named = User(UserId("u1"), "A\0da \ud83d\U0001f600\ud800", NOW)
    await store.add_user(named, SignIn(TOKEN, named.user_id, NOW + 1_000))

    kept = await store.user(UserId("u1"))

    assert kept is not None and kept.display_name == "A\ufffdda \ufffd\U0001f600\ufffd"
    assert await store.user(UserId("u\0")) is None
    assert await store.user(UserId("\udc00")) is None
