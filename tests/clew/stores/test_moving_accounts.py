"""Accounts move with their users and passkeys, or nothing moves."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Newcomer
from clew.sessions.ports.passkey_book import PasskeyAdding, PasskeyRecord
from clew.sessions.records import SignIn, UserRecord
from clew.stores.moving.format import MovedCounts
from clew.stores.moving.moving import export_to, import_from
from clew.stores.moving.rows import Clash
from clew.stores.postgres.store import open_postgres
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import data_in
from tests.kit.postgres import new_database
from tests.kit.store_records import NOW

ADA = AccountRecord(UserId("ada"), "Ada_Ł", "ada_ł", "$argon2id$…", b"\x00code\xff", "ada@example.org", NOW, 3)
KEYS = (
    PasskeyRecord(b"\x00one\xff", ADA.user_id, "Ada’s phone", b"\xa5cose\x00", 2**32 - 1, NOW, NOW + 7),
    PasskeyRecord(b"another", ADA.user_id, "Key", b"cose", 0, NOW + 1),
)


async def test_accounts_move_through_postgresql_and_back(tmp_path: Path) -> None:
    await open_accounts(tmp_path / "one", ADA)

    async with new_database() as url:
        out, back = io.BytesIO(), io.BytesIO()
        await export_to(out, "clew", data_in(tmp_path / "one"), NOW)
        moved = await import_from(io.BytesIO(out.getvalue()), url)
        async with open_postgres(url) as store:
            there = await store.account_book.account_named("ada_ł")
        await export_to(back, "clew", url, NOW)
        await import_from(io.BytesIO(back.getvalue()), data_in(tmp_path / "two"))
        with open_data(data_in(tmp_path / "two"), HandClock(NOW)) as store:
            here = await store.account_book.account_of(UserId("ada"))

    assert moved == MovedCounts(users=1, sign_ins=1, accounts=1)
    assert there == here == ADA


async def test_a_user_name_that_is_taken_there_is_said_and_nothing_moves(tmp_path: Path) -> None:
    await open_accounts(tmp_path / "one", ADA)
    other = AccountRecord(UserId("zoe"), "ADA_Ł", "ada_ł", "$argon2id$…", b"code", None, NOW)
    await open_accounts(tmp_path / "two", other)
    out = io.BytesIO()
    await export_to(out, "clew", data_in(tmp_path / "one"), NOW)

    with pytest.raises(Clash, match="user name ada_ł is in the database already"):
        await import_from(io.BytesIO(out.getvalue()), data_in(tmp_path / "two"))

    with open_data(data_in(tmp_path / "two"), HandClock(NOW)) as store:
        assert await store.users.user(UserId("ada")) is None
        assert await store.account_book.account_named("ada_ł") == other


async def test_passkeys_move_with_their_accounts_through_postgresql_and_back(tmp_path: Path) -> None:
    await open_accounts(tmp_path / "one", ADA, *KEYS)

    async with new_database() as url:
        out, back = io.BytesIO(), io.BytesIO()
        await export_to(out, "clew", data_in(tmp_path / "one"), NOW)
        moved = await import_from(io.BytesIO(out.getvalue()), url)
        async with open_postgres(url) as store:
            there = await store.passkey_book.passkeys_of(ADA.user_id)
        await export_to(back, "clew", url, NOW)
        await import_from(io.BytesIO(back.getvalue()), data_in(tmp_path / "two"))
        with open_data(data_in(tmp_path / "two"), HandClock(NOW)) as store:
            here = await store.passkey_book.passkeys_of(ADA.user_id)
            account = await store.account_book.account_of(ADA.user_id)
            last = await store.passkey_book.passkey(KEYS[1].credential_id)

    assert moved == MovedCounts(users=1, sign_ins=1, accounts=1, passkeys=2)
    assert there == here == KEYS
    assert account == replace(ADA, version=ADA.version + len(KEYS))
    assert last == KEYS[1]


async def test_a_passkey_that_is_somebodys_there_is_said_and_nothing_moves(tmp_path: Path) -> None:
    await open_accounts(tmp_path / "one", ADA, *KEYS)
    zoe = AccountRecord(UserId("zoe"), "zoe", "zoe", "", b"code", None, NOW)
    theirs = replace(KEYS[1], user_id=zoe.user_id)
    await open_accounts(tmp_path / "two", zoe, theirs)
    out = io.BytesIO()
    await export_to(out, "clew", data_in(tmp_path / "one"), NOW)

    with pytest.raises(Clash, match="passkey"):
        await import_from(io.BytesIO(out.getvalue()), data_in(tmp_path / "two"))

    with open_data(data_in(tmp_path / "two"), HandClock(NOW)) as store:
        assert await store.users.user(ADA.user_id) is None
        assert await store.passkey_book.passkeys_of(ADA.user_id) == ()
        assert await store.passkey_book.passkey(KEYS[1].credential_id) == theirs


async def open_accounts(folder: Path, account: AccountRecord, *keys: PasskeyRecord) -> None:
    user_id = account.user_id
    first = Newcomer(UserRecord(user_id, "Ada", NOW), SignIn(user_id.encode(), user_id, NOW + 1_000))
    with open_data(data_in(folder), HandClock(NOW)) as store:
        assert await store.account_book.open_account(account, first) is AccountOpening.OPENED
        for number, key in enumerate(keys):
            now = replace(account, version=account.version + number)
            assert await store.passkey_book.add(now, key, len(keys)) is PasskeyAdding.ADDED
