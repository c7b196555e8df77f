"""Reading sessions with their tails from PostgreSQL, each in one statement: a row and its journal fit together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from clew.sessions.bounds import ENTRY_BYTES_MAX, EPOCH_MAX, HEAD_BYTES, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.records import Stored, StoredEntry
from clew.stores.kinds import KIND, RAISED

OPEN: Final = "game_status IN ('lobby', 'active')"
NEXT_EPOCH: Final = f"least(epoch, {EPOCH_MAX}) + 1"


def now(parameter: str) -> str:
    """The time the store's clock shows: what the parameter says, or else the database's own. Never before 1970."""
    return f"greatest(1, coalesce({parameter}::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint))"


_STATE: Final = f"""CASE WHEN pg_column_size(s.game_state) > {STATE_BYTES_MAX} THEN NULL
    ELSE left(s.game_state::text, {STATE_BYTES_MAX + 1}) END"""
"""What is kept in more bytes than a state has is not even unpacked: of many that would take longer than a statement
may."""

ENTRY: Final = f"e.seq, e.epoch, e.recorded_at, left(e.event::text, {ENTRY_BYTES_MAX + 1})"

CLOCK_OFFSET: Final = "s.clock_offset_ms"
STATE_VERSION: Final = f"s.state_version - {RAISED}"

STORED: Final = f"""
    s.game_id, s.join_code, s.game_status, s.latest_round, {_STATE}, pg_column_size(s.game_state), {STATE_VERSION},
    s.seq, s.snapshot_seq, s.owner, s.epoch, s.wake_at, s.unowned_since, s.quarantine_reason, s.quarantined_from,
    s.inserted_at, s.updated_at, s.asleep, {CLOCK_OFFSET}, {KIND}"""

TAIL: Final = f"""
    LEFT JOIN LATERAL (
        SELECT array_agg(t.seq) AS seqs, array_agg(t.epoch) AS epochs, array_agg(t.recorded_at) AS times,
            array_agg(t.event) AS events
        FROM (
            SELECT {ENTRY} AS event FROM game_events AS e
            WHERE game_id = s.game_id AND seq > s.snapshot_seq ORDER BY seq LIMIT {TAIL_ENTRIES_MAX + 1}
        ) AS t
    ) AS tail ON true"""

STORED_WITH_TAIL: Final = f"{STORED}, tail.seqs, tail.epochs, tail.times, tail.events"

_COLUMNS: Final = 20


def read_stored(row: Sequence[Any]) -> Stored:
    """A session from ``STORED_WITH_TAIL`` and, last, the time of reading."""
    game_id, join_code, game_status, latest_round, text, kept_bytes, *others, clock_offset_ms, kind = row[:_COLUMNS]
    seqs, epochs, times, events, read_at = row[_COLUMNS:]
    tail = () if seqs is None else map(read_entry, zip(seqs, epochs, times, events, strict=True))
    state = b"" if text is None else text.encode()
    size = kept_bytes if text is None else len(state)
    if size > STATE_BYTES_MAX:
        state = state[:HEAD_BYTES]
    return Stored(
        *(game_id, join_code, game_status, latest_round, state, size, *others),
        read_at=read_at,
        tail=tuple(tail),
        clock_offset_ms=clock_offset_ms,
        kind=kind,
    )


def read_entry(row: Sequence[Any]) -> StoredEntry:
    """An entry from ``ENTRY``."""
    seq, epoch, recorded_at, event = row
    return StoredEntry(seq, epoch, recorded_at, event.encode()[: ENTRY_BYTES_MAX + 1])
