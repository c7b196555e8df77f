"""Counting in SQLite."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Final

from clew.sessions.census import Census, Made, Maker
from clew.sessions.ids import GameId, Kind, Millis
from clew.stores import census_sql
from clew.stores.kinds import KIND

_COUNT_MADE: Final = census_sql.count_made(":by", ":origin", ":since", ":acting")
_CENSUS: Final = census_sql.census(":acting")


def count_made(maker: Maker, since: Millis, acting: str, connection: Connection) -> tuple[Made, Made]:
    """``Counts.count_made``."""
    wanted = {"by": maker.user_id, "origin": maker.origin, "since": since, "acting": acting}
    row = connection.execute(_COUNT_MADE, wanted).fetchone()
    return Made(*row[:4]), Made(*row[4:])


def census(acting: str, connection: Connection) -> Census:
    """``Counts.census``."""
    return census_sql.read_census(connection.execute(_CENSUS, {"acting": acting}))


def unseen_lobbies(kind: Kind, since: Millis, limit: int, connection: Connection) -> list[GameId]:
    """``Lobbies.unseen_lobbies``."""
    rows = connection.execute(
        "SELECT game_id FROM game_session_summaries AS s WHERE game_status = 'lobby' AND inserted_at < ?"
        f" AND updated_at < ? AND {KIND} = ? ORDER BY inserted_at LIMIT ?",
        (since, since, kind, limit),
    )
    return [GameId(game_id) for (game_id,) in rows]


def note_look(game_id: GameId, now: Millis, connection: Connection) -> None:
    """``Lobbies.note_look``."""
    connection.execute(
        "UPDATE game_session_summaries SET updated_at = ?"
        " WHERE game_id = ? AND game_status = 'lobby' AND updated_at < ?",
        (now, game_id, now),
    )
