"""Sessions with their journals, compacted or not, for the store in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clew.sessions.bounds import HEAD_BYTES, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.ids import GameId, Millis
from clew.sessions.records import Compacted, LeftAsEntries, Stored, StoredEntry
from clew.stores.archive import pack_journal, page_of, unpack_journal
from clew.testing.memory.rows import Row, entries_after, is_closed


def journal(row: Row, after: int, limit: int) -> list[StoredEntry]:
    """``Store.journal``."""
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
        tail=tuple(journal(row, row.stored.snapshot_seq, TAIL_ENTRIES_MAX + 1)),
    )


def compactable(rows: Iterable[Row], closed_before: Millis, limit: int) -> list[GameId]:
    """``Store.compactable``."""
    found = [row for row in rows if _may_be_compacted(row) and row.stored.updated_at < closed_before]
    found.sort(key=lambda row: (row.stored.inserted_at, row.id))
    return [row.stored.game_id for row in found[:limit]]


def compact(row: Row) -> Compacted | LeftAsEntries | None:
    """``Store.compact``."""
    if not _may_be_compacted(row):
        return None
    packed = pack_journal(row.stored.game_id, row.stored.seq, row.entries)
    if isinstance(packed, LeftAsEntries):
        row.is_odd = True
        return packed
    row.archive, saved = packed
    row.entries = []
    return saved


def compacted(rows: Iterable[Row], after: GameId | None, limit: int) -> list[GameId]:
    """``Operators.compacted``."""
    found = sorted(row.stored.game_id for row in rows if row.archive is not None)
    return [game_id for game_id in found if after is None or game_id > after][:limit]


def expand(row: Row) -> bool:
    """``Operators.expand``."""
    if row.archive is None:
        return False
    row.entries = [*unpack_journal(row.stored.game_id, row.archive), *row.entries]
    row.archive = None
    return True


def _may_be_compacted(row: Row) -> bool:
    stored = row.stored
    return is_closed(row) and row.archive is None and not row.is_odd and stored.snapshot_seq == stored.seq
