"""Accounts move with their users, or nothing moves."""

import io
from pathlib import Path

import pytest

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Newcomer
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


async def open_accounts(folder: Path, account: AccountRecord) -> None:
    user_id = account.user_id
    first = Newcomer(UserRecord(user_id, "Ada", NOW), SignIn(user_id.encode(), user_id, NOW + 1_000))
    with open_data(data_in(folder), HandClock(NOW)) as store:
        assert await store.account_book.open_account(account, first) is AccountOpening.OPENED
