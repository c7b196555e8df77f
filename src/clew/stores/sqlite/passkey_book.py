"""Passkeys in SQLite."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Final

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Newcomer, Revoking
from clew.sessions.ports.passkey_book import AnsweredChallenge, PasskeyAdding, PasskeyRecord, PasskeyRemoval
from clew.stores.sqlite.account_book import open_account, revoke
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_COLUMNS: Final = "credential_id, user_id, name, public_key, sign_count, inserted_at, used_at"
_OF: Final = f"SELECT {_COLUMNS} FROM passkeys WHERE user_id = ? ORDER BY inserted_at, credential_id"
_RAISE_VERSION: Final = "UPDATE accounts SET version = version + 1 WHERE user_id = ? AND version = ?"
_RENAME: Final = "UPDATE passkeys SET name = ? WHERE credential_id = ? AND user_id = ?"
_USE: Final = """
UPDATE passkeys SET sign_count = ?, used_at = ? WHERE credential_id = ? AND user_id = ? AND sign_count = ?"""


class SqlitePasskeyBook(SqlitePart):
    """``PasskeyBook`` in SQLite. One thread writes, so what a transaction has looked at stays so until its end."""

    @reading
    def passkey(self, inside: Transaction, credential_id: bytes) -> PasskeyRecord | None:
        return _found(inside.connection, credential_id)

    @reading
    def passkeys_of(self, inside: Transaction, user_id: UserId) -> tuple[PasskeyRecord, ...]:
        return _all(inside.connection, user_id)

    @writing
    def open_account(
        self, inside: Transaction, account: AccountRecord, newcomer: Newcomer | None, passkey: PasskeyRecord
    ) -> AccountOpening | None:
        if _found(inside.connection, passkey.credential_id) is not None:
            return None
        opened = open_account(inside.connection, account, newcomer)
        if opened is AccountOpening.OPENED:
            _add(inside.connection, passkey)
        return opened

    @writing
    def add(self, inside: Transaction, account: AccountRecord, passkey: PasskeyRecord, keep_max: int) -> PasskeyAdding:
        connection = inside.connection
        if not _is_of_version(connection, account):
            return PasskeyAdding.OUTDATED
        if _found(connection, passkey.credential_id) is not None:
            return PasskeyAdding.TAKEN
        if len(_all(connection, account.user_id)) >= keep_max:
            return PasskeyAdding.TOO_MANY
        _add(connection, passkey)
        connection.execute(_RAISE_VERSION, (account.user_id, account.version))
        return PasskeyAdding.ADDED

    @writing
    def remove(
        self, inside: Transaction, account: AccountRecord, credential_id: bytes, revoking: Revoking
    ) -> PasskeyRemoval:
        connection = inside.connection
        if not _is_of_version(connection, account):
            return PasskeyRemoval.OUTDATED
        mine = [each.credential_id for each in _all(connection, account.user_id)]
        if credential_id not in mine:
            return PasskeyRemoval.NONE_SUCH
        if not account.password_hash and len(mine) == 1:
            return PasskeyRemoval.LAST
        connection.execute("DELETE FROM passkeys WHERE credential_id = ?", (credential_id,))
        connection.execute(_RAISE_VERSION, (account.user_id, account.version))
        revoke(connection, account.user_id, revoking.but)
        return PasskeyRemoval.REMOVED

    @writing
    def rename(self, inside: Transaction, user_id: UserId, credential_id: bytes, name: str) -> PasskeyRecord | None:
        inside.connection.execute(_RENAME, (storable(name), credential_id, user_id))
        found = _found(inside.connection, credential_id)
        return found if found is not None and found.user_id == user_id else None

    @writing
    def answer(self, inside: Transaction, answered: AnsweredChallenge) -> bool:
        return _answer(inside.connection, answered)

    @writing
    def use(self, inside: Transaction, before: PasskeyRecord, sign_count: int, answered: AnsweredChallenge) -> bool:
        found = _found(inside.connection, before.credential_id)
        if found is None or (found.user_id, found.sign_count) != (before.user_id, before.sign_count):
            return False
        if not _answer(inside.connection, answered):
            return False
        which = (before.credential_id, before.user_id, before.sign_count)
        inside.connection.execute(_USE, (sign_count, answered.at, *which))
        return True


def _answer(connection: Connection, answered: AnsweredChallenge) -> bool:
    connection.execute("DELETE FROM answered_challenges WHERE expires_at < ?", (answered.at,))
    row = (answered.challenge, answered.expires_at)
    return connection.execute("INSERT OR IGNORE INTO answered_challenges VALUES (?, ?)", row).rowcount == 1


def _found(connection: Connection, credential_id: bytes) -> PasskeyRecord | None:
    query = f"SELECT {_COLUMNS} FROM passkeys WHERE credential_id = ?"
    row = connection.execute(query, (credential_id,)).fetchone()
    return None if row is None else PasskeyRecord(*row)


def _all(connection: Connection, user_id: UserId) -> tuple[PasskeyRecord, ...]:
    return tuple(PasskeyRecord(*row) for row in connection.execute(_OF, (user_id,)))


def _add(connection: Connection, passkey: PasskeyRecord) -> None:
    connection.execute(
        f"INSERT INTO passkeys ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            passkey.credential_id,
            passkey.user_id,
            storable(passkey.name),
            passkey.public_key,
            passkey.sign_count,
            passkey.inserted_at,
            passkey.used_at,
        ),
    )


def _is_of_version(connection: Connection, account: AccountRecord) -> bool:
    query = "SELECT 1 FROM accounts WHERE user_id = ? AND version = ?"
    return connection.execute(query, (account.user_id, account.version)).fetchone() is not None
