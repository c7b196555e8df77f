"""Counting in PostgreSQL."""

from __future__ import annotations

from typing import Final

from minotaur.sessions.census import Census, Made, Maker
from minotaur.sessions.ids import Millis
from minotaur.stores import census_sql
from minotaur.stores.postgres_connections import PostgresConnections

COUNT_MADE: Final = census_sql.count_made("$1::text", "$2::text", "$3::bigint", "$4::text")
_CENSUS: Final = census_sql.census("$1::text")


async def count_made(maker: Maker, since: Millis, acting: str, connections: PostgresConnections) -> tuple[Made, Made]:
    """``Counts.count_made``."""
    (row,) = await connections.read(COUNT_MADE, maker.user_id, maker.origin, since, acting)
    return Made(*row[:4]), Made(*row[4:])


async def census(acting: str, connections: PostgresConnections) -> Census:
    """``Counts.census``."""
    ((lobbies, active, alone, users, sign_ins),) = await connections.read(_CENSUS, acting)
    return Census(lobbies, active - alone, alone, users, sign_ins)
