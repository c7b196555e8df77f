"""Counting in PostgreSQL."""

from __future__ import annotations

from typing import Final

from clew.sessions.census import Census, Made, Maker
from clew.sessions.ids import GameId, Kind, Millis
from clew.stores import census_sql
from clew.stores.kinds import KIND
from clew.stores.postgres.connections import PostgresConnections

COUNT_MADE: Final = census_sql.count_made("$1::text", "$2::text", "$3::bigint", "$4::text")
_CENSUS: Final = census_sql.census("$1::text")


async def count_made(maker: Maker, since: Millis, acting: str, connections: PostgresConnections) -> tuple[Made, Made]:
    """``Counts.count_made``."""
    (row,) = await connections.read(COUNT_MADE, maker.user_id, maker.origin, since, acting)
    return Made(*row[:4]), Made(*row[4:])


async def census(acting: str, connections: PostgresConnections) -> Census:
    """``Counts.census``."""
    return census_sql.read_census(await connections.read(_CENSUS, acting))


UNSEEN: Final = f"""
SELECT game_id FROM game_session_summaries AS s WHERE game_status = 'lobby' AND inserted_at < $1 AND updated_at < $1
    AND {KIND} = $3 ORDER BY inserted_at LIMIT $2"""
NOTE_LOOK: Final = """
UPDATE game_session_summaries SET updated_at = $2 WHERE game_id = $1 AND game_status = 'lobby' AND updated_at < $2"""


async def unseen_lobbies(kind: Kind, since: Millis, limit: int, connections: PostgresConnections) -> list[GameId]:
    """``Lobbies.unseen_lobbies``."""
    return [GameId(str(row[0])) for row in await connections.read(UNSEEN, since, limit, kind)]


async def note_look(game_id: GameId, now: Millis, connections: PostgresConnections) -> None:
    """``Lobbies.note_look``."""
    await connections.write(NOTE_LOOK, game_id, now)
