"""Accounts in SQLite."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Final

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Change, Newcomer, Revoking
from clew.sessions.records import SignIn
from clew.stores.pushes_sql import FORGET_PUSHES
from clew.stores.results_sql import FORGET_RESULTS
from clew.stores.sqlite.users import add_sign_in, add_user
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_COLUMNS: Final = "user_id, username, name_key, password_hash, recovery_hash, email, inserted_at, version"
_TAKEN: Final = "SELECT 1 FROM accounts WHERE name_key = ? AND user_id <> ?"
_CHANGE: Final = """
UPDATE accounts SET username = ?, name_key = ?, password_hash = ?, recovery_hash = ?, email = ?, version = version + 1
WHERE user_id = ? AND version = ?"""
_IS_OF_VERSION: Final = "SELECT 1 FROM accounts WHERE user_id = ? AND version = ?"
_FORGET_PASSKEYS: Final = "DELETE FROM passkeys WHERE user_id = ?"
_TOO_MANY: Final = """
DELETE FROM sign_ins WHERE token_hash IN (
  SELECT token_hash FROM sign_ins WHERE user_id = ? ORDER BY expires_at DESC, token_hash LIMIT -1 OFFSET ?)"""


class SqliteAccountBook(SqlitePart):
    """``AccountBook`` in SQLite. One thread writes, so what a transaction has looked at stays so until its end."""

    @writing
    def open_account(self, inside: Transaction, account: AccountRecord, newcomer: Newcomer | None) -> AccountOpening:
        return open_account(inside.connection, account, newcomer)

    @reading
    def account_named(self, inside: Transaction, name_key: str) -> AccountRecord | None:
        return _found(inside.connection, "name_key", name_key)

    @reading
    def account_of(self, inside: Transaction, user_id: UserId) -> AccountRecord | None:
        return _found(inside.connection, "user_id", user_id)

    @writing
    def log_in(self, inside: Transaction, account: AccountRecord, sign_in: SignIn, keep_max: int) -> bool:
        connection = inside.connection
        if not connection.execute(_IS_OF_VERSION, (account.user_id, account.version)).fetchone():
            return False
        connection.execute(_TOO_MANY, (account.user_id, keep_max - 1))
        add_sign_in(sign_in, connection)
        return True

    @writing
    def change(
        self,
        inside: Transaction,
        before: AccountRecord,
        after: AccountRecord,
        revoking: Revoking | None = None,
        sign_in: SignIn | None = None,
    ) -> Change:
        connection = inside.connection
        if not connection.execute(_IS_OF_VERSION, (before.user_id, before.version)).fetchone():
            return Change.OUTDATED
        if connection.execute(_TAKEN, (after.name_key, before.user_id)).fetchone():
            return Change.NAME_TAKEN
        connection.execute(_CHANGE, (*_values(after), before.user_id, before.version))
        if revoking is not None:
            revoke(connection, before.user_id, revoking.but)
            if revoking.passkeys:
                connection.execute(_FORGET_PASSKEYS, (before.user_id,))
        if sign_in is not None:
            add_sign_in(sign_in, connection)
        return Change.CHANGED

    @writing
    def rename(self, inside: Transaction, user_id: UserId, display_name: str) -> bool:
        named = "UPDATE users SET display_name = ? WHERE user_id = ?"
        return inside.connection.execute(named, (storable(display_name), user_id)).rowcount == 1

    @writing
    def revoke_all(self, inside: Transaction, user_id: UserId) -> None:
        revoke(inside.connection, user_id, None)

    @writing
    def delete_user(self, inside: Transaction, user_id: UserId, account: AccountRecord | None) -> bool:
        connection = inside.connection
        found = connection.execute("SELECT version FROM accounts WHERE user_id = ?", (user_id,)).fetchone()
        if found != (None if account is None else (account.version,)):
            return False
        connection.execute("DELETE FROM accounts WHERE user_id = ?", (user_id,))
        connection.execute(_FORGET_PASSKEYS, (user_id,))
        for forgotten in (*FORGET_RESULTS, *FORGET_PUSHES):
            connection.execute(forgotten, (user_id,))
        revoke(connection, user_id, None)
        return connection.execute("DELETE FROM users WHERE user_id = ?", (user_id,)).rowcount == 1


def open_account(connection: Connection, account: AccountRecord, newcomer: Newcomer | None) -> AccountOpening:
    """Within the caller's transaction."""
    if connection.execute("SELECT 1 FROM accounts WHERE user_id = ?", (account.user_id,)).fetchone():
        return AccountOpening.HAS_ONE
    if connection.execute(_TAKEN, (account.name_key, account.user_id)).fetchone():
        return AccountOpening.NAME_TAKEN
    if newcomer is not None:
        add_user(newcomer.user, newcomer.sign_in, connection)
    elif not connection.execute("SELECT 1 FROM users WHERE user_id = ?", (account.user_id,)).fetchone():
        return AccountOpening.NOBODY
    connection.execute(
        f"INSERT INTO accounts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (account.user_id, *_values(account), account.inserted_at, account.version),
    )
    return AccountOpening.OPENED


def revoke(connection: Connection, user_id: UserId, but: bytes | None) -> None:
    """Within the caller's transaction: all of the user's ways in, but for the one named."""
    connection.execute("DELETE FROM sign_ins WHERE user_id = ? AND token_hash IS NOT ?", (user_id, but))


def _found(connection: Connection, column: str, value: str) -> AccountRecord | None:
    query = f"SELECT {_COLUMNS} FROM accounts WHERE {column} = ?"
    row = connection.execute(query, (storable(value),)).fetchone()
    return None if row is None else AccountRecord(*row)


def _values(account: AccountRecord) -> tuple[str, str, str, bytes, str | None]:
    """What a change may change, in the order of the columns."""
    email = None if account.email is None else storable(account.email)
    return account.username, account.name_key, account.password_hash, account.recovery_hash, email
