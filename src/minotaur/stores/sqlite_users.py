"""Users and sign-ins in SQLite."""

from __future__ import annotations

from sqlite3 import Connection

from minotaur.sessions.ids import Millis, UserId
from minotaur.sessions.records import SignIn, User
from minotaur.stores.text import storable


def add_user(user: User, sign_in: SignIn, connection: Connection) -> None:
    """Both rows or none: the caller's transaction."""
    connection.execute(
        "INSERT INTO users VALUES (?, ?, ?)", (user.user_id, storable(user.display_name), user.inserted_at)
    )
    add_sign_in(sign_in, connection)


def user(user_id: UserId, connection: Connection) -> User | None:
    """By id."""
    row = connection.execute(
        "SELECT user_id, display_name, inserted_at FROM users WHERE user_id = ?", (storable(user_id),)
    ).fetchone()
    return None if row is None else User(*row)


def user_by_token(token_hash: bytes, now: Millis, connection: Connection) -> User | None:
    """By a token that has not run out."""
    row = connection.execute(
        "SELECT user_id, display_name, inserted_at FROM users JOIN sign_ins USING (user_id)"
        " WHERE token_hash = ? AND expires_at > ?",
        (token_hash, now),
    ).fetchone()
    return None if row is None else User(*row)


def add_sign_in(sign_in: SignIn, connection: Connection) -> None:
    """One more way in."""
    connection.execute(
        "INSERT INTO sign_ins VALUES (?, ?, ?)", (sign_in.token_hash, sign_in.user_id, sign_in.expires_at)
    )


def revoke(token_hash: bytes, connection: Connection) -> None:
    """One way in less."""
    connection.execute("DELETE FROM sign_ins WHERE token_hash = ?", (token_hash,))
