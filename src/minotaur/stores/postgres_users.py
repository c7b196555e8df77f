"""Users and sign-ins in PostgreSQL."""

from __future__ import annotations

from typing import Final

from minotaur.sessions.ids import Millis, UserId
from minotaur.sessions.records import SignIn, User
from minotaur.stores.postgres_connections import PostgresConnections
from minotaur.stores.text import storable

_ADD_USER: Final = """
WITH added AS (INSERT INTO users (user_id, display_name, inserted_at) VALUES ($1, $2, $3))
INSERT INTO sign_ins (token_hash, user_id, expires_at) VALUES ($4, $5, $6)"""
_ADD_SIGN_IN: Final = "INSERT INTO sign_ins (token_hash, user_id, expires_at) VALUES ($1, $2, $3)"
_USER: Final = "SELECT user_id, display_name, inserted_at FROM users WHERE user_id = $1"
_WHO_SIGNS_IN: Final = """
SELECT user_id, display_name, inserted_at FROM users JOIN sign_ins USING (user_id)
WHERE token_hash = $1 AND expires_at > $2"""
_REVOKE: Final = "DELETE FROM sign_ins WHERE token_hash = $1"


async def add_user(user: User, sign_in: SignIn, connections: PostgresConnections) -> None:
    """``Users.add_user``: both rows or none, one statement."""
    await connections.write(
        _ADD_USER,
        user.user_id,
        storable(user.display_name),
        user.inserted_at,
        sign_in.token_hash,
        sign_in.user_id,
        sign_in.expires_at,
    )


async def user(user_id: UserId, connections: PostgresConnections) -> User | None:
    """By id."""
    rows = await connections.read(_USER, storable(user_id))
    return User(*rows[0]) if rows else None


async def user_by_token(token_hash: bytes, now: Millis, connections: PostgresConnections) -> User | None:
    """By a token that has not run out."""
    rows = await connections.read(_WHO_SIGNS_IN, token_hash, now)
    return User(*rows[0]) if rows else None


async def add_sign_in(sign_in: SignIn, connections: PostgresConnections) -> None:
    """One more way in."""
    await connections.write(_ADD_SIGN_IN, sign_in.token_hash, sign_in.user_id, sign_in.expires_at)


async def revoke(token_hash: bytes, connections: PostgresConnections) -> None:
    """One way in less."""
    await connections.write(_REVOKE, token_hash)
