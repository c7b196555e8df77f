"""Counting in SQLite."""

from __future__ import annotations

from typing import Final

from clew.sessions.census import Census, Made, Maker
from clew.sessions.ids import Millis
from clew.stores import census_sql
from clew.stores.sqlite.work import SqlitePart, Transaction, reading

_COUNT_MADE: Final = census_sql.count_made(":by", ":origin", ":since", ":acting")
_CENSUS: Final = census_sql.census(":acting")


class SqliteCounts(SqlitePart):
    """``Counts`` in SQLite."""

    @reading
    def count_made(self, inside: Transaction, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        wanted = {"by": maker.user_id, "origin": maker.origin, "since": since, "acting": acting}
        row = inside.connection.execute(_COUNT_MADE, wanted).fetchone()
        return Made(*row[:4]), Made(*row[4:])

    @reading
    def census(self, inside: Transaction, acting: str) -> Census:
        return census_sql.read_census(inside.connection.execute(_CENSUS, {"acting": acting}))
