"""Users and sign-ins in SQLite."""

from __future__ import annotations

from collections.abc import Collection
from sqlite3 import Connection
from typing import Final

import msgspec

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.users import Forgotten, Idle, SignedIn
from clew.sessions.records import SignIn, UserRecord
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_REMEMBERED: Final = "SELECT user_id FROM users WHERE user_id IN (SELECT value FROM json_each(?))"
_KEPT: Final = """(EXISTS (SELECT 1 FROM player_game_session_summaries AS p WHERE p.user_id = users.user_id)
    OR EXISTS (SELECT 1 FROM accounts AS a WHERE a.user_id = users.user_id))"""
_FORGET_SIGN_INS: Final = f"""
DELETE FROM sign_ins WHERE user_id > :after AND user_id <= :last AND (expires_at <= :now OR (
  expires_at <= :unused_since + :lasts_ms AND EXISTS (
    SELECT 1 FROM users WHERE users.user_id = sign_ins.user_id
    AND users.inserted_at <= :unused_since AND users.inserted_at + :lasts_ms <= sign_ins.expires_at
    AND NOT {_KEPT})))"""
_FORGET_PUSHES: Final = """
DELETE FROM pushes WHERE user_id > :after AND user_id <= :last
AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.token_hash = pushes.token_hash)"""
_FORGET_USERS: Final = f"""
DELETE FROM users WHERE user_id > :after AND user_id <= :last AND inserted_at <= :unused_since AND NOT {_KEPT}
AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.user_id = users.user_id)"""


class SqliteUsers(SqlitePart):
    """``Users`` in SQLite."""

    @writing
    def add_user(self, inside: Transaction, user: UserRecord, sign_in: SignIn) -> None:
        add_user(user, sign_in, inside.connection)

    @reading
    def user(self, inside: Transaction, user_id: UserId) -> UserRecord | None:
        row = inside.connection.execute(
            "SELECT user_id, display_name, inserted_at FROM users WHERE user_id = ?", (storable(user_id),)
        ).fetchone()
        return None if row is None else UserRecord(*row)

    @reading
    def remembered(self, inside: Transaction, user_ids: Collection[UserId]) -> frozenset[UserId]:
        if not user_ids:
            return frozenset()
        asked = msgspec.json.encode([storable(user_id) for user_id in user_ids]).decode()
        found = inside.connection.execute(_REMEMBERED, (asked,)).fetchall()
        return frozenset(user_id for (user_id,) in found)

    @reading
    def signed_in(self, inside: Transaction, token_hash: bytes, now: Millis) -> SignedIn | None:
        row = inside.connection.execute(
            "SELECT user_id, display_name, inserted_at, expires_at FROM users JOIN sign_ins USING (user_id)"
            " WHERE token_hash = ? AND expires_at > ?",
            (token_hash, now),
        ).fetchone()
        return None if row is None else SignedIn(UserRecord(*row[:3]), row[3])

    @writing
    def prolong(self, inside: Transaction, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        inside.connection.execute(
            "UPDATE sign_ins SET expires_at = ? WHERE token_hash = ? AND expires_at <= ?",
            (expires_at, token_hash, expires_at - at_least_ms),
        )

    @writing
    def forget_idle(self, inside: Transaction, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        """A page in one transaction."""
        page = inside.connection.execute(
            "SELECT user_id FROM users WHERE user_id > ? ORDER BY user_id LIMIT ?", (after or "", limit)
        ).fetchall()
        if not page:
            return Forgotten(None, 0, 0)
        last = page[-1][0]
        of_page = {
            "after": after or "",
            "last": last,
            "now": idle.now,
            "unused_since": idle.unused_since,
            "lasts_ms": idle.lasts_ms,
        }
        sign_ins = inside.connection.execute(_FORGET_SIGN_INS, of_page).rowcount
        inside.connection.execute(_FORGET_PUSHES, of_page)
        users = inside.connection.execute(_FORGET_USERS, of_page).rowcount
        return Forgotten(last if len(page) == limit else None, users, sign_ins)

    @writing
    def add_sign_in(self, inside: Transaction, sign_in: SignIn) -> None:
        add_sign_in(sign_in, inside.connection)

    @writing
    def revoke(self, inside: Transaction, token_hash: bytes) -> None:
        inside.connection.execute("DELETE FROM sign_ins WHERE token_hash = ?", (token_hash,))


def add_user(user: UserRecord, sign_in: SignIn, connection: Connection) -> None:
    """Both, within the caller's transaction."""
    connection.execute(
        "INSERT INTO users VALUES (?, ?, ?)", (user.user_id, storable(user.display_name), user.inserted_at)
    )
    add_sign_in(sign_in, connection)


def add_sign_in(sign_in: SignIn, connection: Connection) -> None:
    """One more way in, within the caller's transaction."""
    connection.execute(
        "INSERT INTO sign_ins VALUES (?, ?, ?)", (sign_in.token_hash, sign_in.user_id, sign_in.expires_at)
    )
