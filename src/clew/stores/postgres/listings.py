"""Looking sessions up and leafing through them, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from clew.sessions.faults import NeedsOperator
from clew.sessions.ids import GameId, Kind, Millis, Owner, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.ports.listings import Sequel
from clew.sessions.records import (
    Mark,
    SessionPage,
    SessionRow,
    SessionRows,
    SessionSummary,
    StoredPage,
    StoredStatus,
)
from clew.stores.cursor import read_cursor, write_cursor
from clew.stores.kinds import KIND
from clew.stores.postgres.faults import is_unmigrated
from clew.stores.postgres.pools import PostgresPools
from clew.stores.postgres.rows import CLOCK_OFFSET, STATE_VERSION, STORED_WITH_TAIL, TAIL, now, read_stored
from clew.stores.text import storable

_LISTED: Final = f"s.game_id, s.join_code, {KIND}, s.game_status, s.latest_round, s.inserted_at, s.updated_at"

_FIND: Final = f"""
SELECT {_LISTED} FROM game_session_summaries AS s WHERE join_code = $1
ORDER BY game_status IN ('lobby', 'active', 'quarantined') DESC, inserted_at DESC, id DESC LIMIT 1"""

_SEQUELS: Final = f"""
SELECT follows, game_id, join_code, {KIND} FROM game_session_summaries AS s
WHERE follows IS NOT NULL AND game_status <> 'canceled'"""

_LATEST_SEQUELS: Final = f"{_SEQUELS} AND inserted_at >= $1 ORDER BY inserted_at DESC, id DESC LIMIT $2"

_SESSIONS_OF: Final = f"""
WITH seats AS MATERIALIZED (
    SELECT game_session_id, player_id, player_status FROM player_game_session_summaries WHERE user_id = $1
)
SELECT {_LISTED}, p.player_id, p.player_status, s.id FROM seats AS p
CROSS JOIN LATERAL (SELECT * FROM game_session_summaries WHERE id = p.game_session_id OFFSET 0) AS s
WHERE {KIND} = ANY ($2::text[])"""
"""The user's seats first, then the session of each, on its own (``OFFSET 0``): by a status, or in the order that is
asked for, it would else go through everybody's sessions."""

_PUBLIC: Final = f"""
SELECT {_LISTED}, s.id FROM game_session_summaries AS s WHERE public AND game_status IN ('lobby', 'active')
    AND {KIND} = ANY ($1::text[])"""

_ROWS: Final = f"""
SELECT game_id, join_code, {KIND}, game_status, latest_round, {STATE_VERSION}, seq, snapshot_seq, owner,
    epoch, wake_at, asleep, unowned_since, quarantine_reason, inserted_at, updated_at, id
FROM game_session_summaries AS s WHERE true"""


_COUNT: Final = "SELECT game_status, count(*) FROM game_session_summaries GROUP BY game_status"

_LEAF: Final = f"""
SELECT {STORED_WITH_TAIL}, {now("$5")}, s.id FROM (
    SELECT * FROM game_session_summaries WHERE game_status = $1 AND (inserted_at, id) > ($2, $3)
    ORDER BY inserted_at, id LIMIT $4
) AS s {TAIL} ORDER BY s.inserted_at, s.id"""


_LEAF_BEFORE: Final = _LEAF.replace(CLOCK_OFFSET, "NULL::bigint").replace(KIND, f"'{FIRST_KIND}'::text")

_UNSEEN: Final = f"""
SELECT game_id FROM game_session_summaries AS s WHERE game_status = 'lobby' AND inserted_at < $1 AND updated_at < $1
    AND {KIND} = $3 ORDER BY inserted_at LIMIT $2"""

_NOTE_LOOK: Final = """
UPDATE game_session_summaries SET updated_at = $2 WHERE game_id = $1 AND game_status = 'lobby' AND updated_at < $2"""


class PostgresListings:
    """``Listings`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def find(self, join_code: str) -> SessionSummary | None:
        rows = await self._pools.reads.read(_FIND, storable(join_code))
        return SessionSummary(*rows[0]) if rows else None

    async def sequels(self, game_ids: Collection[GameId]) -> list[Sequel]:
        asked = [storable(game_id) for game_id in game_ids]
        rows = await self._pools.reads.read(f"{_SEQUELS} AND follows = ANY ($1::text[])", asked)
        return [Sequel(*row) for row in rows]

    async def latest_sequels(self, since: Millis, limit: int) -> list[Sequel]:
        return [Sequel(*row) for row in await self._pools.reads.read(_LATEST_SEQUELS, since, limit)]

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        page = _Page(_SESSIONS_OF, [storable(user_id), [storable(kind) for kind in kinds]], statuses, cursor, limit)
        rows = await self._pools.reads.read(page.statement, *page.arguments)
        items = tuple(SessionSummary(*row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return SessionPage(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    async def public_sessions(self, kinds: Collection[Kind], cursor: str | None, limit: int) -> SessionPage:
        page = _Page(_PUBLIC, [[storable(kind) for kind in kinds]], (), cursor, limit)
        rows = await self._pools.reads.read(page.statement, *page.arguments)
        items = tuple(SessionSummary(*row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return SessionPage(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        named = {"owner": owner, KIND: kind}
        asked = {column: storable(value) for column, value in named.items() if value is not None}
        wanted = "".join(f" AND {column} = ${place}" for place, column in enumerate(asked, 1))
        page = _Page(_ROWS + wanted, [*asked.values()], statuses, cursor, limit)
        rows = await self._pools.reads.read(page.statement, *page.arguments)
        items = tuple(SessionRow(*row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return SessionRows(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    async def count_sessions(self) -> dict[StoredStatus, int]:
        return {row[0]: row[1] for row in await self._pools.reads.read(_COUNT)}

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        asked = (status, after.inserted_at, after.row, limit + 1, self._pools.at())
        try:
            rows = await self._pools.reads.read(_LEAF, *asked)
        except NeedsOperator as fault:
            if not is_unmigrated(fault):
                raise
            # An operator looks at a database before it is migrated: nobody has told of a clock yet, there is one game.
            rows = await self._pools.reads.read(_LEAF_BEFORE, *asked)
        items = tuple(read_stored(row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return StoredPage(items, Mark(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    async def unseen_lobbies(self, kind: Kind, since: Millis, limit: int) -> list[GameId]:
        return [GameId(str(row[0])) for row in await self._pools.reads.read(_UNSEEN, since, limit, kind)]

    async def note_look(self, game_id: GameId, now: Millis) -> None:
        await self._pools.orders.write(_NOTE_LOOK, game_id, now)


class _Page:
    """A statement for one page and one row more, newest first, with only the conditions that were asked for."""

    def __init__(
        self,
        statement: str,
        arguments: list[object],
        statuses: Sequence[StoredStatus],
        cursor: str | None,
        limit: int,
    ) -> None:
        self.arguments = arguments
        below = read_cursor(cursor)
        if statuses:
            statement += f" AND s.game_status = ANY ({self._next(list(statuses))}::text[])"
        if below is not None:
            statement += f" AND (s.inserted_at, s.id) < ({self._next(below[0])}, {self._next(below[1])})"
        self.statement = f"{statement} ORDER BY s.inserted_at DESC, s.id DESC LIMIT {self._next(limit + 1)}"

    def _next(self, argument: object) -> str:
        self.arguments.append(argument)
        return f"${len(self.arguments)}"
