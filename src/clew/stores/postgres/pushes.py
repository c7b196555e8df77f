"""Pushes in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.ports.pushes import PushRecord
from clew.stores import pushes_sql as sql
from clew.stores.postgres.connections import PgConnection
from clew.stores.postgres.pools import PostgresPools
from clew.stores.results_sql import numbered
from clew.stores.text import storable

_OF: Final = sql.good_ones("= ANY ($1::text[])", "$2")


class PostgresPushes:
    """``Pushes`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def put_push(self, push: PushRecord, keep_max: int) -> None:
        async def work(connection: PgConnection) -> None:
            await connection.execute(numbered(sql.PUT), *sql.push_row(push))
            await connection.execute(numbered(sql.FORGET_DEAD), storable(push.user_id), push.inserted_at)
            await connection.execute(numbered(sql.FORGET_OLDEST), storable(push.user_id), keep_max)

        await self._pools.orders.transact(work)

    async def pushes_of(self, user_ids: Collection[UserId], now: Millis) -> Sequence[PushRecord]:
        if not user_ids:
            return []
        asked = [storable(user_id) for user_id in user_ids]
        return [sql.push_of(tuple(row)) for row in await self._pools.reads.read(_OF, asked, now)]

    async def drop_push(self, user_id: UserId, push_key: bytes, secret: bytes | None = None) -> bool:
        statement, named = (sql.DROP, ()) if secret is None else (sql.DROP_THIS, (secret,))
        return bool(await self._pools.orders.write(numbered(statement), storable(user_id), push_key, *named))

    async def note_nudge(self, user_id: UserId, game_id: GameId, number: int, now: Millis) -> bool:
        who, game = storable(user_id), storable(game_id)
        # Of two who wait for each other's row the second looks at it as the first left it.
        noted = await self._pools.orders.write(numbered(sql.NOTE), who, game, number, now)
        if noted:
            await self._pools.orders.write(numbered(sql.FORGET_NOTED), who, now - sql.NUDGES_KEPT_MS)
        return bool(noted)
