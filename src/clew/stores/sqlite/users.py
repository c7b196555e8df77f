"""Users and sign-ins in SQLite."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Final

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.users import Forgotten, Idle, SignedIn
from clew.sessions.records import SignIn, UserRecord
from clew.stores.text import storable

_SEATED: Final = "EXISTS (SELECT 1 FROM player_game_session_summaries AS p WHERE p.user_id = users.user_id)"
_FORGET_SIGN_INS: Final = f"""
DELETE FROM sign_ins WHERE user_id > :after AND user_id <= :last AND (expires_at <= :now OR (
  expires_at <= :unused_since + :lasts_ms AND EXISTS (
    SELECT 1 FROM users WHERE users.user_id = sign_ins.user_id
    AND users.inserted_at <= :unused_since AND users.inserted_at + :lasts_ms <= sign_ins.expires_at
    AND NOT {_SEATED})))"""
_FORGET_USERS: Final = f"""
DELETE FROM users WHERE user_id > :after AND user_id <= :last AND inserted_at <= :unused_since AND NOT {_SEATED}
AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.user_id = users.user_id)"""


def add_user(user: UserRecord, sign_in: SignIn, connection: Connection) -> None:
    """Add a user with a first way in: both rows or none, by the caller's transaction."""
    connection.execute(
        "INSERT INTO users VALUES (?, ?, ?)", (user.user_id, storable(user.display_name), user.inserted_at)
    )
    add_sign_in(sign_in, connection)


def user(user_id: UserId, connection: Connection) -> UserRecord | None:
    """By id."""
    row = connection.execute(
        "SELECT user_id, display_name, inserted_at FROM users WHERE user_id = ?", (storable(user_id),)
    ).fetchone()
    return None if row is None else UserRecord(*row)


def signed_in(token_hash: bytes, now: Millis, connection: Connection) -> SignedIn | None:
    """By a token that has not run out."""
    row = connection.execute(
        "SELECT user_id, display_name, inserted_at, expires_at FROM users JOIN sign_ins USING (user_id)"
        " WHERE token_hash = ? AND expires_at > ?",
        (token_hash, now),
    ).fetchone()
    return None if row is None else SignedIn(UserRecord(*row[:3]), row[3])


def prolong(token_hash: bytes, expires_at: Millis, at_least_ms: int, connection: Connection) -> None:
    """``Users.prolong``."""
    connection.execute(
        "UPDATE sign_ins SET expires_at = ? WHERE token_hash = ? AND expires_at <= ?",
        (expires_at, token_hash, expires_at - at_least_ms),
    )


def forget_idle(idle: Idle, after: UserId | None, limit: int, connection: Connection) -> Forgotten:
    """``Users.forget_idle``: a page in one transaction."""
    page = connection.execute(
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
    sign_ins = connection.execute(_FORGET_SIGN_INS, of_page).rowcount
    users = connection.execute(_FORGET_USERS, of_page).rowcount
    return Forgotten(last if len(page) == limit else None, users, sign_ins)


def add_sign_in(sign_in: SignIn, connection: Connection) -> None:
    """Add one more way in."""
    connection.execute(
        "INSERT INTO sign_ins VALUES (?, ?, ?)", (sign_in.token_hash, sign_in.user_id, sign_in.expires_at)
    )


def revoke(token_hash: bytes, connection: Connection) -> None:
    """Take one way in away."""
    connection.execute("DELETE FROM sign_ins WHERE token_hash = ?", (token_hash,))
