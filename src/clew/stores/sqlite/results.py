"""Results in SQLite."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from sqlite3 import Connection
from typing import Final

import msgspec

from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.result_records import (
    Ended,
    GameTally,
    HowOften,
    KeptResult,
    Meetings,
    Ranked,
    Rating,
    Reckoned,
    Strength,
)
from clew.stores import results_sql as sql
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_UNRECKONED: Final = sql.unreckoned("INDEXED BY ix_sessions_unreckoned")
_AMONG: Final = "IN (SELECT value FROM json_each(?1))"
_STRENGTHS: Final = (
    f"SELECT user_id, played, mu, sigma, rating FROM game_tallies WHERE user_id {_AMONG} AND kind = ?2 AND month = ''"
)


class SqliteResults(SqlitePart):
    """``Results`` in SQLite. One thread writes, so what a transaction has looked at stays so until its end."""

    @reading
    def unreckoned(self, inside: Transaction, kind: Kind, window: int, limit: int) -> Sequence[Ended]:
        return [Ended(*row) for row in inside.connection.execute(_UNRECKONED, (kind, window, limit))]

    @reading
    def strengths(self, inside: Transaction, kind: Kind, user_ids: Collection[UserId]) -> Mapping[UserId, Strength]:
        return _strengths(inside.connection, kind, user_ids)

    @writing
    def reckon(self, inside: Transaction, reckoned: Reckoned) -> bool:
        connection = inside.connection
        asked = _listed([result.user_id for result in reckoned.results])
        users = {row[0] for row in connection.execute(f"SELECT user_id FROM users WHERE user_id {_AMONG}", (asked,))}
        there = [result for result in reckoned.results if result.user_id in users]
        known = _strengths(connection, reckoned.kind, users)
        if any(result.before != (known[result.user_id].results if result.user_id in known else 0) for result in there):
            return False
        if not connection.execute(sql.CLAIM, (reckoned.game_id,)).fetchall():
            return False
        for result in there:
            before = known[result.user_id].rating.shown if result.user_id in known else None
            connection.execute(sql.ADD_RESULT, sql.result_row(reckoned, result, before))
            for row in sql.tally_rows(reckoned, result):
                connection.execute(sql.ADD_UP, row)
        return True

    @reading
    def of_session(self, inside: Transaction, game_id: GameId) -> Sequence[KeptResult] | None:
        if not inside.connection.execute(sql.IS_RECKONED, (storable(game_id),)).fetchall():
            return None
        return [KeptResult(*row) for row in inside.connection.execute(sql.OF_SESSION, (storable(game_id),))]

    @reading
    def of_user(self, inside: Transaction, user_id: UserId, limit: int) -> Sequence[KeptResult]:
        return [KeptResult(*row) for row in inside.connection.execute(sql.OF_USER, (storable(user_id), limit))]

    @reading
    def in_sessions(self, inside: Transaction, user_id: UserId, game_ids: Collection[GameId]) -> Sequence[KeptResult]:
        among = f"{sql.IN_SESSIONS} IN (SELECT value FROM json_each(?2))"
        rows = inside.connection.execute(among, (storable(user_id), _listed(game_ids)))
        return [KeptResult(*row) for row in rows]

    @reading
    def tallies(self, inside: Transaction, user_id: UserId) -> Sequence[GameTally]:
        return [GameTally(*row) for row in inside.connection.execute(sql.TALLIES, (storable(user_id),))]

    @reading
    def places(self, inside: Transaction, user_id: UserId) -> Sequence[HowOften]:
        return [HowOften(*row) for row in inside.connection.execute(sql.PLACES, (storable(user_id),))]

    @reading
    def fates(self, inside: Transaction, user_id: UserId) -> Sequence[HowOften]:
        return [HowOften(*row) for row in inside.connection.execute(sql.FATES, (storable(user_id),))]

    @reading
    def together(self, inside: Transaction, user_id: UserId, other: UserId) -> Sequence[Meetings]:
        asked = (storable(user_id), storable(other))
        return [Meetings(*row) for row in inside.connection.execute(sql.TOGETHER, asked)]

    @reading
    def board(self, inside: Transaction, kind: Kind, month: str, limit: int) -> Sequence[Ranked]:
        asked = (storable(kind), storable(month), limit)
        return [Ranked(*row) for row in inside.connection.execute(sql.BOARD, asked)]

    @reading
    def place_on_board(self, inside: Transaction, kind: Kind, month: str, user_id: UserId) -> tuple[int, Ranked] | None:
        of = (storable(kind), storable(month))
        row = inside.connection.execute(sql.ONE_ON_BOARD, (*of, storable(user_id))).fetchone()
        if row is None:
            return None
        mine = Ranked(*row)
        (above,) = inside.connection.execute(sql.ABOVE, (*of, mine.rating)).fetchone()
        return above + 1, mine


def _strengths(connection: Connection, kind: Kind, user_ids: Collection[UserId]) -> dict[UserId, Strength]:
    rows = connection.execute(_STRENGTHS, (_listed(user_ids), kind))
    return {user: Strength(played, Rating(mu, sigma, shown)) for user, played, mu, sigma, shown in rows}


def _listed(ids: Collection[str]) -> str:
    return msgspec.json.encode([storable(each) for each in ids]).decode()
