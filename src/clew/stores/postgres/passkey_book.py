"""Passkeys in PostgreSQL."""

from __future__ import annotations

from typing import Final

import asyncpg

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Newcomer, Revoking
from clew.sessions.ports.passkey_book import AnsweredChallenge, PasskeyAdding, PasskeyRecord, PasskeyRemoval
from clew.stores.postgres.account_book import REVOKE, opened, values
from clew.stores.postgres.connections import PgConnection
from clew.stores.postgres.pools import PostgresPools
from clew.stores.text import storable

_ACCOUNT: Final = "user_id, username, name_key, password_hash, recovery_hash, email, inserted_at, version"
_COLUMNS: Final = "credential_id, user_id, name, public_key, sign_count, inserted_at, used_at"
# As an account is opened without one (PostgresAccountBook), and with one it is all or nothing.
_OPEN: Final = f"""
WITH opened AS (
  INSERT INTO accounts ({_ACCOUNT})
  SELECT user_id, $2::text, $3::text, $4::text, $5::bytea, $6::text, $7::bigint, $8::bigint
  FROM users WHERE user_id = $1 FOR KEY SHARE
  ON CONFLICT DO NOTHING RETURNING user_id
)
INSERT INTO passkeys ({_COLUMNS})
SELECT $9::bytea, user_id, $10::text, $11::bytea, $12::bigint, $13::bigint, NULL FROM opened RETURNING 1"""
_OPEN_ANEW: Final = f"""
WITH opened AS (
  INSERT INTO accounts ({_ACCOUNT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING user_id
), added AS (
  INSERT INTO users (user_id, display_name, inserted_at) SELECT user_id, $14, $15 FROM opened
), signed_in AS (
  INSERT INTO sign_ins (token_hash, user_id, expires_at) SELECT $16::bytea, user_id, $17::bigint FROM opened
)
INSERT INTO passkeys ({_COLUMNS})
SELECT $9::bytea, user_id, $10::text, $11::bytea, $12::bigint, $13::bigint, NULL FROM opened RETURNING 1"""
_ONE: Final = f"SELECT {_COLUMNS} FROM passkeys WHERE credential_id = $1"
_OF: Final = f"SELECT {_COLUMNS} FROM passkeys WHERE user_id = $1 ORDER BY inserted_at, credential_id"
# Whoever adds, removes or changes holds the account, so that the next one sees what the one before did.
_HOLD: Final = "SELECT password_hash FROM accounts WHERE user_id = $1 AND version = $2 FOR UPDATE"
_RAISE_VERSION: Final = "UPDATE accounts SET version = version + 1 WHERE user_id = $1"
_ADD: Final = f"""
INSERT INTO passkeys ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, NULL) ON CONFLICT DO NOTHING RETURNING 1"""
_RENAME: Final = f"UPDATE passkeys SET name = $1 WHERE credential_id = $2 AND user_id = $3 RETURNING {_COLUMNS}"
_ANSWER: Final = """
WITH old AS (DELETE FROM answered_challenges WHERE expires_at < $3)
INSERT INTO answered_challenges (challenge, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1"""
_USE: Final = """
WITH old AS (
  DELETE FROM answered_challenges WHERE expires_at < $3
), held AS (
  SELECT credential_id FROM passkeys WHERE credential_id = $4 AND user_id = $5 AND sign_count = $6 FOR UPDATE
), answered AS (
  INSERT INTO answered_challenges (challenge, expires_at) SELECT $1::bytea, $2::bigint FROM held
  ON CONFLICT DO NOTHING RETURNING 1
)
UPDATE passkeys SET sign_count = $7, used_at = $3 FROM answered WHERE credential_id = $4 RETURNING 1"""


class PostgresPasskeyBook:
    """``PasskeyBook`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def passkey(self, credential_id: bytes) -> PasskeyRecord | None:
        rows = await self._pools.reads.read(_ONE, credential_id)
        return PasskeyRecord(*rows[0]) if rows else None

    async def passkeys_of(self, user_id: UserId) -> tuple[PasskeyRecord, ...]:
        return tuple(PasskeyRecord(*row) for row in await self._pools.reads.read(_OF, storable(user_id)))

    async def open_account(
        self, account: AccountRecord, newcomer: Newcomer | None, passkey: PasskeyRecord
    ) -> AccountOpening | None:
        """One statement."""
        row = (account.user_id, *values(account), account.inserted_at, account.version)
        credential_id, _, *rest = _row(passkey)
        try:
            if newcomer is None:
                written = await self._pools.orders.write(_OPEN, *row, credential_id, *rest)
            else:
                user, sign_in = newcomer.user, newcomer.sign_in
                beside = (storable(user.display_name), user.inserted_at, sign_in.token_hash, sign_in.expires_at)
                written = await self._pools.orders.write(_OPEN_ANEW, *row, credential_id, *rest, *beside)
        except asyncpg.UniqueViolationError:
            return None
        return await opened(self._pools, account, newcomer, bool(written))

    async def add(self, account: AccountRecord, passkey: PasskeyRecord, keep_max: int) -> PasskeyAdding:
        async def work(connection: PgConnection) -> PasskeyAdding:
            if not await connection.fetch(_HOLD, account.user_id, account.version):
                return PasskeyAdding.OUTDATED
            mine = await connection.fetch(_OF, account.user_id)
            if passkey.credential_id in {each[0] for each in mine}:
                return PasskeyAdding.TAKEN
            if len(mine) >= keep_max:
                return PasskeyAdding.TOO_MANY
            if not await connection.fetch(_ADD, *_row(passkey)):
                return PasskeyAdding.TAKEN
            await connection.execute(_RAISE_VERSION, account.user_id)
            return PasskeyAdding.ADDED

        return await self._pools.orders.transact(work)

    async def remove(self, account: AccountRecord, credential_id: bytes, revoking: Revoking) -> PasskeyRemoval:
        async def work(connection: PgConnection) -> PasskeyRemoval:
            held = await connection.fetch(_HOLD, account.user_id, account.version)
            if not held:
                return PasskeyRemoval.OUTDATED
            mine = [each[0] for each in await connection.fetch(_OF, account.user_id)]
            if credential_id not in mine:
                return PasskeyRemoval.NONE_SUCH
            if not held[0][0] and len(mine) == 1:
                return PasskeyRemoval.LAST
            await connection.execute("DELETE FROM passkeys WHERE credential_id = $1", credential_id)
            await connection.execute(_RAISE_VERSION, account.user_id)
            await connection.execute(REVOKE, account.user_id, revoking.but)
            return PasskeyRemoval.REMOVED

        return await self._pools.orders.transact(work)

    async def rename(self, user_id: UserId, credential_id: bytes, name: str) -> PasskeyRecord | None:
        rows = await self._pools.orders.write(_RENAME, storable(name), credential_id, storable(user_id))
        return PasskeyRecord(*rows[0]) if rows else None

    async def answer(self, answered: AnsweredChallenge) -> bool:
        row = (answered.challenge, answered.expires_at, answered.at)
        return bool(await self._pools.orders.write(_ANSWER, *row))

    async def use(self, before: PasskeyRecord, sign_count: int, answered: AnsweredChallenge) -> bool:
        """One statement."""
        row = (answered.challenge, answered.expires_at, answered.at)
        which = (before.credential_id, before.user_id, before.sign_count)
        return bool(await self._pools.orders.write(_USE, *row, *which, sign_count))


def _row(passkey: PasskeyRecord) -> tuple[bytes, str, str, bytes, int, int]:
    """What is kept of a new one, in the order of the columns."""
    return (
        passkey.credential_id,
        passkey.user_id,
        storable(passkey.name),
        passkey.public_key,
        passkey.sign_count,
        passkey.inserted_at,
    )
