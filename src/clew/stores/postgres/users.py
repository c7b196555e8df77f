"""Users and sign-ins in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.users import Forgotten, Idle, SignedIn
from clew.sessions.records import SignIn, UserRecord
from clew.stores.postgres.pools import PostgresPools
from clew.stores.text import storable

_ADD_USER: Final = """
WITH added AS (INSERT INTO users (user_id, display_name, inserted_at) VALUES ($1, $2, $3))
INSERT INTO sign_ins (token_hash, user_id, expires_at) VALUES ($4, $5, $6)"""
_ADD_SIGN_IN: Final = "INSERT INTO sign_ins (token_hash, user_id, expires_at) VALUES ($1, $2, $3)"
_USER: Final = "SELECT user_id, display_name, inserted_at FROM users WHERE user_id = $1"
_REMEMBERED: Final = "SELECT user_id FROM users WHERE user_id = ANY ($1::text[])"
_WHO_SIGNS_IN: Final = """
SELECT user_id, display_name, inserted_at, expires_at FROM users JOIN sign_ins USING (user_id)
WHERE token_hash = $1 AND expires_at > $2"""
_PROLONG: Final = "UPDATE sign_ins SET expires_at = $2 WHERE token_hash = $1 AND expires_at <= $2 - $3::bigint"
_PAGE: Final = "SELECT user_id FROM users WHERE user_id > $1 ORDER BY user_id LIMIT $2"
_KEPT: Final = """(EXISTS (SELECT 1 FROM player_game_session_summaries AS p WHERE p.user_id = users.user_id)
    OR EXISTS (SELECT 1 FROM accounts AS a WHERE a.user_id = users.user_id))"""
_FORGET_SIGN_INS: Final = f"""
DELETE FROM sign_ins WHERE user_id > $1 AND user_id <= $2 AND (expires_at <= $3 OR (
  expires_at <= $4::bigint + $5::bigint AND EXISTS (
    SELECT 1 FROM users WHERE users.user_id = sign_ins.user_id
    AND users.inserted_at <= $4 AND users.inserted_at + $5 <= sign_ins.expires_at AND NOT {_KEPT})))
RETURNING 1"""
_FORGET_PUSHES: Final = """
DELETE FROM pushes WHERE user_id > $1 AND user_id <= $2
AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.token_hash = pushes.token_hash)"""
_FORGET_USERS: Final = f"""
DELETE FROM users WHERE user_id > $1 AND user_id <= $2 AND inserted_at <= $3 AND NOT {_KEPT}
AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.user_id = users.user_id)
RETURNING 1"""
_REVOKE: Final = "DELETE FROM sign_ins WHERE token_hash = $1"


class PostgresUsers:
    """``Users`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def add_user(self, user: UserRecord, sign_in: SignIn) -> None:
        """One statement."""
        await self._pools.orders.write(
            _ADD_USER,
            user.user_id,
            storable(user.display_name),
            user.inserted_at,
            sign_in.token_hash,
            sign_in.user_id,
            sign_in.expires_at,
        )

    async def user(self, user_id: UserId) -> UserRecord | None:
        rows = await self._pools.reads.read(_USER, storable(user_id))
        return UserRecord(*rows[0]) if rows else None

    async def remembered(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        if not user_ids:
            return frozenset()
        rows = await self._pools.reads.read(_REMEMBERED, [storable(user_id) for user_id in user_ids])
        return frozenset(UserId(row[0]) for row in rows)

    async def signed_in(self, token_hash: bytes, now: Millis) -> SignedIn | None:
        rows = await self._pools.reads.read(_WHO_SIGNS_IN, token_hash, now)
        return SignedIn(UserRecord(*rows[0][:3]), rows[0][3]) if rows else None

    async def prolong(self, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        await self._pools.orders.write(_PROLONG, token_hash, expires_at, at_least_ms)

    async def forget_idle(self, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        """Ways in first, then users who have none left, as a statement of its own that sees the rows as they are by
        then: a way in that was prolonged in between is still there, and keeps its user.
        """
        page = [str(row[0]) for row in await self._pools.reads.read(_PAGE, after or "", limit)]
        if not page:
            return Forgotten(None, 0, 0)
        first, last = after or "", page[-1]
        sign_ins = await self._pools.orders.write(
            _FORGET_SIGN_INS, first, last, idle.now, idle.unused_since, idle.lasts_ms
        )
        await self._pools.orders.write(_FORGET_PUSHES, first, last)
        users = await self._pools.orders.write(_FORGET_USERS, first, last, idle.unused_since)
        return Forgotten(UserId(last) if len(page) == limit else None, len(users), len(sign_ins))

    async def add_sign_in(self, sign_in: SignIn) -> None:
        await self._pools.orders.write(_ADD_SIGN_IN, sign_in.token_hash, sign_in.user_id, sign_in.expires_at)

    async def revoke(self, token_hash: bytes) -> None:
        await self._pools.orders.write(_REVOKE, token_hash)
