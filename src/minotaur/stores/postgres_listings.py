"""Looking sessions up and leafing through them, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minotaur.sessions.ids import Owner, UserId
from minotaur.sessions.records import SessionPage, SessionRow, SessionRows, SessionSummary, StoredStatus
from minotaur.stores.cursor import read_cursor, write_cursor
from minotaur.stores.postgres_connections import PostgresConnections
from minotaur.stores.text import storable

_LISTED: Final = "s.game_id, s.join_code, s.game_status, s.latest_round, s.inserted_at, s.updated_at"

_FIND: Final = f"""
SELECT {_LISTED} FROM game_session_summaries AS s WHERE join_code = $1
ORDER BY game_status IN ('lobby', 'active', 'quarantined') DESC, inserted_at DESC, id DESC LIMIT 1"""

_SESSIONS_OF: Final = f"""
SELECT {_LISTED}, p.player_id, p.player_status, s.id FROM player_game_session_summaries AS p
JOIN game_session_summaries AS s ON s.id = p.game_session_id WHERE p.user_id = $1"""

_ROWS: Final = """
SELECT game_id, join_code, game_status, latest_round, state_version, seq, snapshot_seq, owner, epoch, wake_at, asleep,
    unowned_since, quarantine_reason, inserted_at, updated_at, id FROM game_session_summaries AS s WHERE true"""


async def find(join_code: str, connections: PostgresConnections) -> SessionSummary | None:
    """``Store.find``."""
    rows = await connections.read(_FIND, storable(join_code))
    return SessionSummary(*rows[0]) if rows else None


async def sessions_of(
    user_id: UserId,
    statuses: Sequence[StoredStatus],
    cursor: str | None,
    limit: int,
    connections: PostgresConnections,
) -> SessionPage:
    """``Store.sessions_of``."""
    page = _Page(_SESSIONS_OF, [storable(user_id)], statuses, cursor, limit)
    rows = await connections.read(page.statement, *page.arguments)
    items = tuple(SessionSummary(*row[:-1]) for row in rows[:limit])
    more = len(rows) > limit > 0
    return SessionPage(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)


async def list_sessions(
    statuses: Sequence[StoredStatus],
    owner: Owner | None,
    cursor: str | None,
    limit: int,
    connections: PostgresConnections,
) -> SessionRows:
    """``Operators.list_sessions``."""
    if owner is None:
        page = _Page(_ROWS, [], statuses, cursor, limit)
    else:
        page = _Page(f"{_ROWS} AND owner = $1", [storable(owner)], statuses, cursor, limit)
    rows = await connections.read(page.statement, *page.arguments)
    items = tuple(SessionRow(*row[:-1]) for row in rows[:limit])
    more = len(rows) > limit > 0
    return SessionRows(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)


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
