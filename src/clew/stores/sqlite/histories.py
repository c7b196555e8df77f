"""What is kept of a store's past in SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import msgspec

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable


class SqliteHistories(SqlitePart):
    """``Histories`` in SQLite."""

    async def lineage(self) -> str:
        return ""  # a file is not replaced under a server that holds it

    @reading
    def standings(self, inside: Transaction, game_ids: Sequence[GameId]) -> list[Standing]:
        rows = inside.connection.execute(
            "SELECT game_id, owner, CAST(epoch AS INTEGER), CAST(seq AS INTEGER), CAST(latest_round AS INTEGER)"
            " FROM game_session_summaries WHERE game_id IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(game_ids).decode(),),
        )
        return [Standing(*row) for row in rows]

    @writing
    def note_setback(self, inside: Transaction, setback: Setback) -> None:
        inside.connection.execute(
            "INSERT INTO game_setbacks (game_id, noticed_at, told_seq, kept_seq, latest_round, said_by, node)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            astuple(setback),
        )

    @reading
    def setbacks(self, inside: Transaction, game_id: GameId, limit: int) -> list[Setback]:
        rows = inside.connection.execute(
            "SELECT game_id, noticed_at, told_seq, kept_seq, latest_round, said_by, node FROM game_setbacks"
            " WHERE game_id = ? ORDER BY id DESC LIMIT ?",
            (storable(game_id), limit),
        )
        return [Setback(*row) for row in rows]
