"""Looking sessions up and leafing through them, in SQLite."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from clew.sessions.ids import GameId, Kind, Millis, Owner, UserId
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
from clew.stores.kinds import KIND, RAISED
from clew.stores.sqlite.sessions import load_rows
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_LISTED = f"s.game_id, s.join_code, {KIND}, s.game_status, s.latest_round, s.inserted_at, s.updated_at"
_SEQUELS = (
    f"SELECT follows, game_id, join_code, {KIND} FROM game_session_summaries AS s"
    " WHERE follows IS NOT NULL AND game_status <> 'canceled'"
)
_ROW = (
    f"game_id, join_code, {KIND}, game_status, latest_round, state_version - {RAISED}, seq, snapshot_seq, owner,"
    " epoch, wake_at, asleep, unowned_since, quarantine_reason, inserted_at, updated_at"
)


class SqliteListings(SqlitePart):
    """``Listings`` in SQLite."""

    @reading
    def find(self, inside: Transaction, join_code: str) -> SessionSummary | None:
        row = inside.connection.execute(
            f"SELECT {_LISTED} FROM game_session_summaries AS s WHERE join_code = ?"
            " ORDER BY game_status IN ('lobby', 'active', 'quarantined') DESC, inserted_at DESC, id DESC LIMIT 1",
            (storable(join_code),),
        ).fetchone()
        return None if row is None else SessionSummary(*row)

    @reading
    def sequels(self, inside: Transaction, game_ids: Collection[GameId]) -> list[Sequel]:
        rows = inside.connection.execute(
            f"{_SEQUELS} AND follows IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode([storable(game_id) for game_id in game_ids]).decode(),),
        )
        return [Sequel(*row) for row in rows]

    @reading
    def latest_sequels(self, inside: Transaction, since: Millis, limit: int) -> list[Sequel]:
        rows = inside.connection.execute(
            f"{_SEQUELS} AND inserted_at >= ? ORDER BY inserted_at DESC, id DESC LIMIT ?", (since, limit)
        )
        return [Sequel(*row) for row in rows]

    @reading
    def sessions_of(
        self,
        inside: Transaction,
        kinds: Collection[Kind],
        user_id: UserId,
        statuses: Sequence[StoredStatus],
        cursor: str | None,
        limit: int,
    ) -> SessionPage:
        below = read_cursor(cursor)
        rows = inside.connection.execute(
            of_user(len(kinds), len(statuses), older=below is not None),
            (storable(user_id), *map(storable, kinds), *statuses, *(below or ()), limit + 1),
        ).fetchall()
        items = tuple(SessionSummary(*row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return SessionPage(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    @reading
    def public_sessions(
        self, inside: Transaction, kinds: Collection[Kind], cursor: str | None, limit: int
    ) -> SessionPage:
        below = read_cursor(cursor)
        rows = inside.connection.execute(
            public_of(len(kinds), older=below is not None), (*map(storable, kinds), *(below or ()), limit + 1)
        ).fetchall()
        items = tuple(SessionSummary(*row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return SessionPage(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    @reading
    def list_sessions(
        self,
        inside: Transaction,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        below = read_cursor(cursor)
        wanted = f"AND game_status IN ({','.join('?' * len(statuses))})" if statuses else ""
        named = {"owner": owner, KIND: kind}
        asked = {column: storable(value) for column, value in named.items() if value is not None}
        those = " ".join(f"AND {column} = ?" for column in asked)
        older = "AND (inserted_at, id) < (?, ?)" if below is not None else ""
        rows = inside.connection.execute(
            f"SELECT {_ROW}, id FROM game_session_summaries AS s WHERE true {wanted} {those} {older}"
            " ORDER BY inserted_at DESC, id DESC LIMIT ?",
            (*statuses, *asked.values(), *(below or ()), limit + 1),
        ).fetchall()
        items = tuple(_session_row(row[:-1]) for row in rows[:limit])
        more = len(rows) > limit > 0
        return SessionRows(items, write_cursor(items[-1].inserted_at, rows[limit - 1][-1]) if more else None)

    @reading
    def count_sessions(self, inside: Transaction) -> dict[StoredStatus, int]:
        return dict(
            inside.connection.execute("SELECT game_status, count(*) FROM game_session_summaries GROUP BY 1").fetchall()
        )

    @reading
    def leaf(self, inside: Transaction, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        marks = [
            Mark(*row)
            for row in inside.connection.execute(
                "SELECT inserted_at, id FROM game_session_summaries"
                " WHERE game_status = ? AND (inserted_at, id) > (?, ?) ORDER BY inserted_at, id LIMIT ?",
                (status, after.inserted_at, after.row, limit + 1),
            )
        ]
        items = load_rows([mark.row for mark in marks[:limit]], inside.now, inside.connection)
        return StoredPage(tuple(items), marks[limit - 1] if len(marks) > limit > 0 else None)

    @reading
    def unseen_lobbies(self, inside: Transaction, kind: Kind, since: Millis, limit: int) -> list[GameId]:
        rows = inside.connection.execute(
            "SELECT game_id FROM game_session_summaries AS s WHERE game_status = 'lobby' AND inserted_at < ?"
            f" AND updated_at < ? AND {KIND} = ? ORDER BY inserted_at LIMIT ?",
            (since, since, kind, limit),
        )
        return [GameId(game_id) for (game_id,) in rows]

    @writing
    def note_look(self, inside: Transaction, game_id: GameId, now: Millis) -> None:
        inside.connection.execute(
            "UPDATE game_session_summaries SET updated_at = ?"
            " WHERE game_id = ? AND game_status = 'lobby' AND updated_at < ?",
            (now, game_id, now),
        )


def of_user(kinds: int, statuses: int, *, older: bool) -> str:
    """The statement for a page of a user's, of so many kinds, in so many statuses (0: all), and whether older.

    A cross join is gone through as it is written: SQLite would else read all that is in a status, whoever plays there.
    """
    wanted = f"AND s.game_status IN ({','.join('?' * statuses)})" if statuses else ""
    below = "AND (s.inserted_at, s.id) < (?, ?)" if older else ""
    return (
        f"SELECT {_LISTED}, p.player_id, p.player_status, s.id FROM player_game_session_summaries AS p"
        " CROSS JOIN game_session_summaries AS s ON s.id = p.game_session_id WHERE p.user_id = ?"
        f" AND {KIND} IN ({','.join('?' * kinds)}) {wanted} {below} ORDER BY s.inserted_at DESC, s.id DESC LIMIT ?"
    )


def public_of(kinds: int, *, older: bool) -> str:
    """The statement for a page of what is public, of so many kinds, and whether older than a cursor."""
    below = "AND (s.inserted_at, s.id) < (?, ?)" if older else ""
    return (
        f"SELECT {_LISTED}, s.id FROM game_session_summaries AS s INDEXED BY ix_sessions_public"
        " WHERE public AND game_status IN ('lobby', 'active')"
        f" AND {KIND} IN ({','.join('?' * kinds)}) {below} ORDER BY s.inserted_at DESC, s.id DESC LIMIT ?"
    )


def _session_row(row: Sequence[Any]) -> SessionRow:
    listed = SessionRow(*row)
    return replace(listed, asleep=bool(listed.asleep))
