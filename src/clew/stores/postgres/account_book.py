"""Accounts in PostgreSQL."""

from __future__ import annotations

from typing import Final

import asyncpg

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Change, Newcomer, Revoking
from clew.sessions.records import SignIn
from clew.stores.postgres.connections import PgConnection
from clew.stores.postgres.pools import PostgresPools
from clew.stores.pushes_sql import FORGET_PUSHES
from clew.stores.results_sql import FORGET_RESULTS, numbered
from clew.stores.text import storable

_COLUMNS: Final = "user_id, username, name_key, password_hash, recovery_hash, email, inserted_at, version"
# Who deletes the user holds its row: either it is gone for this, or that waits and finds the account.
_OPEN: Final = f"""
INSERT INTO accounts ({_COLUMNS})
SELECT user_id, $2::text, $3::text, $4::text, $5::bytea, $6::text, $7::bigint, $8::bigint
FROM users WHERE user_id = $1 FOR KEY SHARE
ON CONFLICT DO NOTHING RETURNING 1"""
_OPEN_ANEW: Final = f"""
WITH opened AS (
  INSERT INTO accounts ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING user_id
), added AS (
  INSERT INTO users (user_id, display_name, inserted_at) SELECT user_id, $9, $10 FROM opened
)
INSERT INTO sign_ins (token_hash, user_id, expires_at)
SELECT $11::bytea, user_id, $12::bigint FROM opened RETURNING 1"""
_NAMED: Final = f"SELECT {_COLUMNS} FROM accounts WHERE name_key = $1"
_OF: Final = f"SELECT {_COLUMNS} FROM accounts WHERE user_id = $1"
# Shared: a change waits for it, and one that was first makes it find nothing.
_LOG_IN: Final = """
WITH fit AS (SELECT user_id FROM accounts WHERE user_id = $1 AND version = $2 FOR SHARE),
ended AS (DELETE FROM sign_ins WHERE token_hash IN (
  SELECT token_hash FROM sign_ins WHERE user_id = (SELECT user_id FROM fit)
  ORDER BY expires_at DESC, token_hash OFFSET $5))
INSERT INTO sign_ins (token_hash, user_id, expires_at) SELECT $3::bytea, user_id, $4::bigint FROM fit RETURNING 1"""
_HOLD_ACCOUNT: Final = "SELECT version FROM accounts WHERE user_id = $1 FOR UPDATE"
_HOLD_USER: Final = "SELECT 1 FROM users WHERE user_id = $1 FOR UPDATE"
_CHANGE: Final = """
UPDATE accounts SET username = $2, name_key = $3, password_hash = $4, recovery_hash = $5, email = $6,
  version = version + 1
WHERE user_id = $1"""
_HOLDER: Final = "SELECT user_id FROM accounts WHERE name_key = $1"
REVOKE: Final = "DELETE FROM sign_ins WHERE user_id = $1 AND token_hash IS DISTINCT FROM $2::bytea"
_FORGET_PASSKEYS: Final = "DELETE FROM passkeys WHERE user_id = $1"
_ADD_SIGN_IN: Final = "INSERT INTO sign_ins (token_hash, user_id, expires_at) VALUES ($1, $2, $3)"
_RENAME: Final = "UPDATE users SET display_name = $2 WHERE user_id = $1 RETURNING 1"


class PostgresAccountBook:
    """``AccountBook`` in PostgreSQL.

    What ends ways in is a transaction of several statements: a single one that had to wait for a log-in would not see
    what that added.
    """

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def open_account(self, account: AccountRecord, newcomer: Newcomer | None) -> AccountOpening:
        """One statement. What stood in its way is looked at afterwards."""
        row = (account.user_id, *values(account), account.inserted_at, account.version)
        if newcomer is None:
            written = await self._pools.orders.write(_OPEN, *row)
        else:
            user, sign_in = newcomer.user, newcomer.sign_in
            beside = (storable(user.display_name), user.inserted_at, sign_in.token_hash, sign_in.expires_at)
            written = await self._pools.orders.write(_OPEN_ANEW, *row, *beside)
        return await opened(self._pools, account, newcomer, bool(written))

    async def account_named(self, name_key: str) -> AccountRecord | None:
        return await self._found(_NAMED, name_key)

    async def account_of(self, user_id: UserId) -> AccountRecord | None:
        return await self._found(_OF, user_id)

    async def log_in(self, account: AccountRecord, sign_in: SignIn, keep_max: int) -> bool:
        """One statement."""
        added = await self._pools.orders.write(
            _LOG_IN, account.user_id, account.version, sign_in.token_hash, sign_in.expires_at, keep_max - 1
        )
        return bool(added)

    async def change(
        self,
        before: AccountRecord,
        after: AccountRecord,
        revoking: Revoking | None = None,
        sign_in: SignIn | None = None,
    ) -> Change:
        async def work(connection: PgConnection) -> Change:
            if await _first(connection, _HOLD_ACCOUNT, before.user_id) != before.version:
                return Change.OUTDATED
            holder = await _first(connection, _HOLDER, after.name_key)
            if holder not in (None, before.user_id):
                return Change.NAME_TAKEN
            await connection.execute(_CHANGE, before.user_id, *values(after))
            if revoking is not None:
                await connection.execute(REVOKE, before.user_id, revoking.but)
                if revoking.passkeys:
                    await connection.execute(_FORGET_PASSKEYS, before.user_id)
            if sign_in is not None:
                await connection.execute(_ADD_SIGN_IN, sign_in.token_hash, sign_in.user_id, sign_in.expires_at)
            return Change.CHANGED

        try:
            return await self._pools.orders.transact(work)
        except asyncpg.UniqueViolationError:
            return Change.NAME_TAKEN  # somebody else took it between the look and the update

    async def rename(self, user_id: UserId, display_name: str) -> bool:
        return bool(await self._pools.orders.write(_RENAME, user_id, storable(display_name)))

    async def revoke_all(self, user_id: UserId) -> None:
        await self._pools.orders.write(REVOKE, user_id, None)

    async def delete_user(self, user_id: UserId, account: AccountRecord | None) -> bool:
        async def work(connection: PgConnection) -> bool:
            # The user first: who opens an account for it just now is through by then, or finds nobody.
            if await _first(connection, _HOLD_USER, user_id) is None:
                return False
            found = await _first(connection, _HOLD_ACCOUNT, user_id)
            if found != (None if account is None else account.version):
                return False
            await connection.execute("DELETE FROM accounts WHERE user_id = $1", user_id)
            await connection.execute(_FORGET_PASSKEYS, user_id)
            # Held above: who writes a result of theirs is through by now, or finds nobody.
            for forgotten in (*FORGET_RESULTS, *FORGET_PUSHES):
                await connection.execute(numbered(forgotten), user_id)
            await connection.execute(REVOKE, user_id, None)
            await connection.execute("DELETE FROM users WHERE user_id = $1", user_id)
            return True

        return await self._pools.orders.transact(work)

    async def _found(self, query: str, value: str) -> AccountRecord | None:
        rows = await self._pools.reads.read(query, storable(value))
        return AccountRecord(*rows[0]) if rows else None


async def opened(
    pools: PostgresPools, account: AccountRecord, newcomer: Newcomer | None, is_written: bool
) -> AccountOpening:
    """What became of an account that was to be opened, with what stood in its way, if it is not written."""
    if is_written:
        return AccountOpening.OPENED
    if await pools.reads.read("SELECT 1 FROM accounts WHERE user_id = $1", account.user_id):
        return AccountOpening.HAS_ONE
    is_there = newcomer is not None or await pools.reads.read("SELECT 1 FROM users WHERE user_id = $1", account.user_id)
    return AccountOpening.NAME_TAKEN if is_there else AccountOpening.NOBODY


async def _first(connection: PgConnection, query: str, value: str) -> object:
    """The first column of the first row; None where there is none."""
    rows = await connection.fetch(query, value)
    return rows[0][0] if rows else None


def values(account: AccountRecord) -> tuple[str, str, str, bytes, str | None]:
    """What a change may change, in the order of the columns."""
    email = None if account.email is None else storable(account.email)
    return account.username, account.name_key, account.password_hash, account.recovery_hash, email
