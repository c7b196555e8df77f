"""What is kept of a store's past in SQLite. Each function runs inside its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from sqlite3 import Connection

import msgspec

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId
from clew.stores.text import storable


def standings(game_ids: Sequence[GameId], connection: Connection) -> list[Standing]:
    """``Histories.standings``."""
    rows = connection.execute(
        "SELECT game_id, owner, CAST(epoch AS INTEGER), CAST(seq AS INTEGER), CAST(latest_round AS INTEGER)"
        " FROM game_session_summaries WHERE game_id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(game_ids).decode(),),
    )
    return [Standing(*row) for row in rows]


def note_setback(setback: Setback, connection: Connection) -> None:
    """``Histories.note_setback``."""
    connection.execute(
        "INSERT INTO game_setbacks (game_id, noticed_at, told_seq, kept_seq, latest_round, said_by, node)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        astuple(setback),
    )


def setbacks(game_id: GameId, limit: int, connection: Connection) -> list[Setback]:
    """``Histories.setbacks``."""
    rows = connection.execute(
        "SELECT game_id, noticed_at, told_seq, kept_seq, latest_round, said_by, node FROM game_setbacks"
        " WHERE game_id = ? ORDER BY id DESC LIMIT ?",
        (storable(game_id), limit),
    )
    return [Setback(*row) for row in rows]
