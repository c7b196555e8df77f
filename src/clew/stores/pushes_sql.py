"""Pushes, in the words that both engines have. Parameters are numbered: ``?1`` in SQLite, ``$1`` in PostgreSQL."""

from __future__ import annotations

from typing import Final

from clew.sessions.ids import UserId
from clew.sessions.ports.pushes import PushRecord
from clew.stores.text import storable

NUDGES_KEPT_MS: Final = 90 * 86_400_000
"""What somebody was told of a game is forgotten so long after: no round lasts as long."""

_COLUMNS: Final = "push_key, user_id, token_hash, way, endpoint, public_key, secret, inserted_at"
_IS_GOOD: Final = """
EXISTS (SELECT 1 FROM sign_ins AS s WHERE s.token_hash = p.token_hash AND s.user_id = p.user_id AND s.expires_at > {})
"""

PUT: Final = f"""
INSERT INTO pushes ({_COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (push_key) DO UPDATE SET user_id = excluded.user_id, token_hash = excluded.token_hash, way = excluded.way,
    endpoint = excluded.endpoint, public_key = excluded.public_key, secret = excluded.secret,
    inserted_at = excluded.inserted_at"""
FORGET_DEAD: Final = f"DELETE FROM pushes AS p WHERE user_id = ?1 AND NOT {_IS_GOOD.format('?2')}"
FORGET_OLDEST: Final = """
DELETE FROM pushes WHERE user_id = ?1 AND push_key NOT IN (
    SELECT push_key FROM pushes WHERE user_id = ?1 ORDER BY inserted_at DESC, push_key LIMIT ?2)"""
DROP: Final = "DELETE FROM pushes WHERE user_id = ?1 AND push_key = ?2 RETURNING 1"
DROP_THIS: Final = "DELETE FROM pushes WHERE user_id = ?1 AND push_key = ?2 AND secret = ?3 RETURNING 1"
NOTE: Final = """
INSERT INTO nudges AS n (user_id, game_id, number, told_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (user_id, game_id) DO UPDATE SET number = excluded.number, told_at = excluded.told_at
WHERE n.number < excluded.number RETURNING 1"""
FORGET_NOTED: Final = "DELETE FROM nudges WHERE user_id = ?1 AND told_at < ?2"

FORGET_PUSHES: Final = ("DELETE FROM pushes WHERE user_id = ?1", "DELETE FROM nudges WHERE user_id = ?1")
"""Of somebody who goes."""


def good_ones(among: str, now: str) -> str:
    """Those of the users that ``among`` says, at the time that this parameter has."""
    return (
        f"SELECT {_COLUMNS} FROM pushes AS p WHERE p.user_id {among} AND {_IS_GOOD.format(now)}"
        " ORDER BY p.inserted_at, p.push_key"
    )


def push_row(push: PushRecord) -> tuple[object, ...]:
    """For ``PUT``."""
    place = (push.push_key, storable(push.user_id), push.token_hash, push.way, storable(push.endpoint))
    return (*place, push.public_key, push.secret, push.inserted_at)


def push_of(row: tuple[object, ...]) -> PushRecord:
    """A row of ``good_ones``."""
    key, user_id, token_hash, way, endpoint, public_key, secret, inserted_at = row
    assert isinstance(key, bytes) and isinstance(token_hash, bytes) and isinstance(endpoint, str)
    assert isinstance(public_key, bytes) and isinstance(secret, bytes) and isinstance(inserted_at, int)
    return PushRecord(
        key,
        UserId(str(user_id)),
        token_hash,
        "webhook" if way == "webhook" else "browser",
        endpoint,
        public_key,
        secret,
        inserted_at,
    )
