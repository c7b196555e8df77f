"""Results in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

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
from clew.stores.postgres.connections import PgConnection, Row
from clew.stores.postgres.pools import PostgresPools
from clew.stores.results_sql import numbered
from clew.stores.text import storable

_STRENGTHS: Final = """
SELECT user_id, played, mu, sigma, rating FROM game_tallies
WHERE user_id = ANY ($1::text[]) AND kind = $2 AND month = ''"""

_HOLD_USERS: Final = """
SELECT user_id FROM users WHERE user_id = ANY ($1::text[]) ORDER BY user_id FOR NO KEY UPDATE"""
"""In one order, so that no two wait for each other. Whoever reckons for one of them, or deletes them, comes before or
after; who signs in is not held up."""


class PostgresResults:
    """``Results`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def unreckoned(self, kind: Kind, window: int, limit: int) -> Sequence[Ended]:
        return [Ended(*row) for row in await self._read(sql.unreckoned(), kind, window, limit)]

    async def strengths(self, kind: Kind, user_ids: Collection[UserId]) -> Mapping[UserId, Strength]:
        return _strengths(await self._pools.reads.read(_STRENGTHS, [storable(each) for each in user_ids], kind))

    async def reckon(self, reckoned: Reckoned) -> bool:
        """Several statements: a single one that waited for another reckoning would not see what that came to."""

        async def work(connection: PgConnection) -> bool:
            asked = [storable(result.user_id) for result in reckoned.results]
            users = {row[0] for row in await connection.fetch(_HOLD_USERS, asked)}
            there = [result for result in reckoned.results if result.user_id in users]
            known = _strengths(await connection.fetch(_STRENGTHS, asked, reckoned.kind))
            if any(each.before != (known[each.user_id].results if each.user_id in known else 0) for each in there):
                return False
            if not await connection.fetch(numbered(sql.CLAIM), reckoned.game_id):
                return False
            for result in there:
                before = known[result.user_id].rating.shown if result.user_id in known else None
                await connection.execute(numbered(sql.ADD_RESULT), *sql.result_row(reckoned, result, before))
                for row in sql.tally_rows(reckoned, result):
                    await connection.execute(numbered(sql.ADD_UP), *row)
            return True

        return await self._pools.orders.transact(work)

    async def of_session(self, game_id: GameId) -> Sequence[KeptResult] | None:
        if not await self._read(sql.IS_RECKONED, storable(game_id)):
            return None
        return [KeptResult(*row) for row in await self._read(sql.OF_SESSION, storable(game_id))]

    async def of_user(self, user_id: UserId, limit: int) -> Sequence[KeptResult]:
        return [KeptResult(*row) for row in await self._read(sql.OF_USER, storable(user_id), limit)]

    async def in_sessions(self, user_id: UserId, game_ids: Collection[GameId]) -> Sequence[KeptResult]:
        among = f"{sql.IN_SESSIONS} = ANY (?2::text[])"
        rows = await self._read(among, storable(user_id), [storable(game_id) for game_id in game_ids])
        return [KeptResult(*row) for row in rows]

    async def tallies(self, user_id: UserId) -> Sequence[GameTally]:
        return [GameTally(*row) for row in await self._read(sql.TALLIES, storable(user_id))]

    async def places(self, user_id: UserId) -> Sequence[HowOften]:
        return [HowOften(*row) for row in await self._read(sql.PLACES, storable(user_id))]

    async def fates(self, user_id: UserId) -> Sequence[HowOften]:
        return [HowOften(*row) for row in await self._read(sql.FATES, storable(user_id))]

    async def together(self, user_id: UserId, other: UserId) -> Sequence[Meetings]:
        return [Meetings(*row) for row in await self._read(sql.TOGETHER, storable(user_id), storable(other))]

    async def board(self, kind: Kind, month: str, limit: int) -> Sequence[Ranked]:
        return [Ranked(*row) for row in await self._read(sql.BOARD, storable(kind), storable(month), limit)]

    async def place_on_board(self, kind: Kind, month: str, user_id: UserId) -> tuple[int, Ranked] | None:
        of = (storable(kind), storable(month))
        rows = await self._read(sql.ONE_ON_BOARD, *of, storable(user_id))
        if not rows:
            return None
        mine = Ranked(*rows[0])
        above = await self._read(sql.ABOVE, *of, mine.rating)
        return above[0][0] + 1, mine

    async def _read(self, statement: str, *arguments: object) -> Sequence[Row]:
        return await self._pools.reads.read(numbered(statement), *arguments)


def _strengths(rows: Sequence[Row]) -> dict[UserId, Strength]:
    return {user: Strength(played, Rating(mu, sigma, shown)) for user, played, mu, sigma, shown in rows}
