"""Counting in PostgreSQL."""

from __future__ import annotations

from typing import Final

from clew.sessions.census import Census, Made, Maker
from clew.sessions.ids import Millis
from clew.stores import census_sql
from clew.stores.postgres.pools import PostgresPools

COUNT_MADE: Final = census_sql.count_made("$1::text", "$2::text", "$3::bigint", "$4::text")
_CENSUS: Final = census_sql.census("$1::text")


class PostgresCounts:
    """``Counts`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def count_made(self, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        (row,) = await self._pools.reads.read(COUNT_MADE, maker.user_id, maker.origin, since, acting)
        return Made(*row[:4]), Made(*row[4:])

    async def census(self, acting: str) -> Census:
        return census_sql.read_census(await self._pools.reads.read(_CENSUS, acting))
