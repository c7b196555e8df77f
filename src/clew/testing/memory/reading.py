"""Reading sessions with their journals, compacted or not, for the store in memory."""

from __future__ import annotations

from dataclasses import replace

from clew.sessions.bounds import HEAD_BYTES, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.ids import Millis
from clew.sessions.records import Stored, StoredEntry
from clew.stores.archive import page_of
from clew.testing.memory.rows import Row, entries_after


def entries(row: Row, after: int, limit: int) -> list[StoredEntry]:
    """``Journal.entries`` of one session."""
    archive = row.archive
    first = 0 if archive is None else archive.entries
    later = entries_after(row, after, limit)
    if archive is None or after >= first:
        return later
    return page_of(row.stored.game_id, archive, later, after, limit)


def with_tail(row: Row, now: Millis) -> Stored:
    """The session as it is read at this time."""
    state = row.stored.state
    return replace(
        row.stored,
        state=state if len(state) <= STATE_BYTES_MAX else state[:HEAD_BYTES],
        state_bytes=len(state),
        read_at=now,
        tail=tuple(entries(row, row.stored.snapshot_seq, TAIL_ENTRIES_MAX + 1)),
    )
