"""Pushes in SQLite."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.ports.pushes import PushRecord
from clew.stores import pushes_sql as sql
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable


class SqlitePushes(SqlitePart):
    """``Pushes`` in SQLite."""

    @writing
    def put_push(self, inside: Transaction, push: PushRecord, keep_max: int) -> None:
        connection = inside.connection
        connection.execute(sql.PUT, sql.push_row(push))
        connection.execute(sql.FORGET_DEAD, (storable(push.user_id), push.inserted_at))
        connection.execute(sql.FORGET_OLDEST, (storable(push.user_id), keep_max))

    @reading
    def pushes_of(self, inside: Transaction, user_ids: Collection[UserId], now: Millis) -> Sequence[PushRecord]:
        if not user_ids:
            return []
        among = f"IN ({', '.join('?' * len(user_ids))})"
        asked = (*(storable(user_id) for user_id in user_ids), now)
        return [sql.push_of(row) for row in inside.connection.execute(sql.good_ones(among, "?"), asked)]

    @writing
    def drop_push(self, inside: Transaction, user_id: UserId, push_key: bytes, secret: bytes | None = None) -> bool:
        statement, named = (sql.DROP, ()) if secret is None else (sql.DROP_THIS, (secret,))
        return bool(inside.connection.execute(statement, (storable(user_id), push_key, *named)).fetchall())

    @writing
    def note_nudge(self, inside: Transaction, user_id: UserId, game_id: GameId, number: int, now: Millis) -> bool:
        connection, who = inside.connection, storable(user_id)
        connection.execute(sql.FORGET_NOTED, (who, now - sql.NUDGES_KEPT_MS))
        return bool(connection.execute(sql.NOTE, (who, storable(game_id), number, now)).fetchall())
