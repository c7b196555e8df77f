"""Compacted journals in SQLite. A journal is packed by none of the two threads that others wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from functools import partial
from sqlite3 import Connection, OperationalError

from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Compacted, LeftAsEntries, StoredEntry
from clew.stores.archive import Archive, pack_journal, page_of, unpack_journal
from clew.stores.bounds import ARCHIVE_ENTRIES_MAX
from clew.stores.kinds import KIND
from clew.stores.sqlite.connection import SqliteConnection
from clew.stores.sqlite.sessions import append_entries, read_entries
from clew.stores.text import storable

_MAY_BE_COMPACTED = "game_status IN ('concluded', 'canceled') AND journal_kept = 'entries' AND snapshot_seq = seq"


def journal(game_id: GameId, after: int, limit: int, connection: Connection) -> list[StoredEntry]:
    """``Store.journal``, inside its caller's transaction."""
    row = _record(game_id, after, connection)
    later = read_entries(game_id, after, limit, connection)
    return page_of(game_id, None if row is None else Archive(*row), later, after, limit)


def compactable(kinds: Collection[Kind], closed_before: Millis, limit: int, connection: Connection) -> list[GameId]:
    """``Store.compactable``, inside its caller's transaction."""
    rows: Sequence[tuple[GameId]] = connection.execute(
        "SELECT game_id FROM game_session_summaries AS s INDEXED BY ix_sessions_may_be_compacted"
        f" WHERE {_MAY_BE_COMPACTED} AND inserted_at < ? AND updated_at < ?"
        f" AND {KIND} IN ({','.join('?' * len(kinds))}) ORDER BY inserted_at, id LIMIT ?",
        (closed_before, closed_before, *kinds, limit),
    ).fetchall()
    return [game_id for (game_id,) in rows]


async def compact(
    game_id: GameId, at: Millis, reader: SqliteConnection, writer: SqliteConnection
) -> Compacted | LeftAsEntries | None:
    """``Store.compact``."""
    found = await reader.read(partial(_closed, game_id))
    if found is None:
        return None
    seq, entries = found
    # Between two transactions, so that others write meanwhile. The journal of a closed session does not grow, and
    # where it did all the same the second one sees it by the number.
    packed = await asyncio.to_thread(pack_journal, game_id, seq, entries)
    if isinstance(packed, LeftAsEntries):
        return packed if await writer.write(partial(_mark, game_id, seq, "odd")) else None
    archive, saved = packed
    return saved if await writer.write(partial(_replace, game_id, archive, at)) else None


def compacted(after: GameId | None, limit: int, connection: Connection) -> list[GameId]:
    """``Operators.compacted``, inside its caller's transaction."""
    rows: Sequence[tuple[GameId]] = connection.execute(
        "SELECT game_id FROM game_archives WHERE game_id > ? ORDER BY game_id LIMIT ?", (storable(after or ""), limit)
    ).fetchall()
    return [game_id for (game_id,) in rows]


def expand(game_id: GameId, connection: Connection) -> bool:
    """``Operators.expand``, inside its caller's transaction."""
    row = connection.execute(
        "DELETE FROM game_archives WHERE game_id = ? RETURNING entries, format, body", (storable(game_id),)
    ).fetchone()
    if row is None:
        return False
    append_entries(game_id, unpack_journal(game_id, Archive(*row)), connection)
    connection.execute("UPDATE game_session_summaries SET journal_kept = 'entries' WHERE game_id = ?", (game_id,))
    return True


def _record(game_id: GameId, after: int, connection: Connection) -> tuple[int, int, bytes] | None:
    try:
        return connection.execute(
            "SELECT entries, format, body FROM game_archives WHERE game_id = ? AND entries > ?",
            (storable(game_id), after),
        ).fetchone()
    except OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None  # an operator looks at a file before it is migrated


def _closed(game_id: GameId, connection: Connection) -> tuple[int, list[StoredEntry]] | None:
    """The number and the journal of a session that may be compacted."""
    row = connection.execute(
        f"SELECT seq FROM game_session_summaries WHERE game_id = ? AND {_MAY_BE_COMPACTED}", (storable(game_id),)
    ).fetchone()
    return None if row is None else (row[0], read_entries(game_id, 0, ARCHIVE_ENTRIES_MAX + 1, connection))


def _replace(game_id: GameId, archive: Archive, at: Millis, connection: Connection) -> bool:
    """Put the record in the place of exactly the entries it was made of."""
    if not _mark(game_id, archive.entries, "archive", connection):
        return False
    removed = connection.execute("DELETE FROM game_events WHERE game_id = ?", (game_id,)).rowcount
    assert removed == archive.entries, f"the journal of {game_id} changed though its session is closed"
    connection.execute(
        "INSERT INTO game_archives (game_id, entries, format, compacted_at, body) VALUES (?, ?, ?, ?, ?)",
        (game_id, archive.entries, archive.format, at, archive.body),
    )
    return True


def _mark(game_id: GameId, seq: int, kept: str, connection: Connection) -> bool:
    """Say how the journal is kept; False where it can't be compacted any more, or grew."""
    marked = connection.execute(
        f"UPDATE game_session_summaries SET journal_kept = ? WHERE game_id = ? AND seq = ? AND {_MAY_BE_COMPACTED}",
        (kept, game_id, seq),
    )
    return marked.rowcount == 1
