"""Compacted journals in SQLite. A journal is packed by none of the two threads that others wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from sqlite3 import Connection

from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Compacted, LeftAsEntries, StoredEntry
from clew.stores.archive import Archive, pack_journal, unpack_journal
from clew.stores.bounds import ARCHIVE_ENTRIES_MAX
from clew.stores.kinds import KIND
from clew.stores.sqlite.sessions import append_entries, read_entries
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_MAY_BE_COMPACTED = "game_status IN ('concluded', 'canceled') AND journal_kept = 'entries' AND snapshot_seq = seq"


class SqliteArchives(SqlitePart):
    """``Archives`` in SQLite."""

    @reading
    def compactable(self, inside: Transaction, kind: Kind, closed_before: Millis, limit: int) -> list[GameId]:
        rows: Sequence[tuple[GameId]] = inside.connection.execute(
            "SELECT game_id FROM game_session_summaries AS s INDEXED BY ix_sessions_may_be_compacted"
            f" WHERE {_MAY_BE_COMPACTED} AND inserted_at < ? AND updated_at < ?"
            f" AND {KIND} = ? ORDER BY inserted_at, id LIMIT ?",
            (closed_before, closed_before, kind, limit),
        ).fetchall()
        return [game_id for (game_id,) in rows]

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        found = await self._closed(game_id)
        if found is None:
            return None
        seq, entries = found
        # Between two transactions, so that others write meanwhile. The journal of a closed session does not grow, and
        # where it did all the same the second one sees it by the number.
        packed = await asyncio.to_thread(pack_journal, game_id, seq, entries)
        if isinstance(packed, LeftAsEntries):
            return packed if await self._leave(game_id, seq) else None
        archive, saved = packed
        return saved if await self._replace(game_id, archive) else None

    @reading
    def compacted(self, inside: Transaction, after: GameId | None, limit: int) -> list[GameId]:
        rows: Sequence[tuple[GameId]] = inside.connection.execute(
            "SELECT game_id FROM game_archives WHERE game_id > ? ORDER BY game_id LIMIT ?",
            (storable(after or ""), limit),
        ).fetchall()
        return [game_id for (game_id,) in rows]

    @writing
    def expand(self, inside: Transaction, game_id: GameId) -> bool:
        row = inside.connection.execute(
            "DELETE FROM game_archives WHERE game_id = ? RETURNING entries, format, body", (storable(game_id),)
        ).fetchone()
        if row is None:
            return False
        append_entries(game_id, unpack_journal(game_id, Archive(*row)), inside.connection)
        inside.connection.execute(
            "UPDATE game_session_summaries SET journal_kept = 'entries' WHERE game_id = ?", (game_id,)
        )
        return True

    @reading
    def _closed(self, inside: Transaction, game_id: GameId) -> tuple[int, list[StoredEntry]] | None:
        """The number and the journal of a session that may be compacted."""
        row = inside.connection.execute(
            f"SELECT seq FROM game_session_summaries WHERE game_id = ? AND {_MAY_BE_COMPACTED}", (storable(game_id),)
        ).fetchone()
        return None if row is None else (row[0], read_entries(game_id, 0, ARCHIVE_ENTRIES_MAX + 1, inside.connection))

    @writing
    def _leave(self, inside: Transaction, game_id: GameId, seq: int) -> bool:
        """Note that its journal stays as entries for good; False: there was nothing to note it of."""
        return _mark(game_id, seq, "odd", inside.connection)

    @writing
    def _replace(self, inside: Transaction, game_id: GameId, archive: Archive) -> bool:
        """Put the record in the place of exactly the entries it was made of."""
        if not _mark(game_id, archive.entries, "archive", inside.connection):
            return False
        removed = inside.connection.execute("DELETE FROM game_events WHERE game_id = ?", (game_id,)).rowcount
        assert removed == archive.entries, f"the journal of {game_id} changed though its session is closed"
        inside.connection.execute(
            "INSERT INTO game_archives (game_id, entries, format, compacted_at, body) VALUES (?, ?, ?, ?, ?)",
            (game_id, archive.entries, archive.format, inside.now, archive.body),
        )
        return True


def _mark(game_id: GameId, seq: int, kept: str, connection: Connection) -> bool:
    """Say how the journal is kept; False where it can't be compacted any more, or grew."""
    marked = connection.execute(
        f"UPDATE game_session_summaries SET journal_kept = ? WHERE game_id = ? AND seq = ? AND {_MAY_BE_COMPACTED}",
        (kept, game_id, seq),
    )
    return marked.rowcount == 1
