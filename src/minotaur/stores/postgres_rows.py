"""Reading sessions with their tails from PostgreSQL, each in one statement: a row and its journal fit together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from minotaur.sessions.records import Stored, StoredEntry

OPEN: Final = "game_status IN ('lobby', 'active')"


def now(parameter: str) -> str:
    """The time the store's clock shows: what the parameter says, or else the database's own."""
    return f"coalesce({parameter}::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)"


STORED: Final = """
    s.game_id, s.join_code, s.game_status, s.latest_round, s.game_state::text, s.state_version, s.seq, s.snapshot_seq,
    s.owner, s.epoch, s.wake_at, s.unowned_since, s.quarantine_reason, s.inserted_at, s.updated_at, s.asleep"""

TAIL: Final = """
    LEFT JOIN LATERAL (
        SELECT array_agg(e.seq) AS seqs, array_agg(e.epoch) AS epochs, array_agg(e.recorded_at) AS times,
            array_agg(e.event) AS events
        FROM (
            SELECT seq, epoch, recorded_at, event::text FROM game_events
            WHERE game_id = s.game_id AND seq > s.snapshot_seq ORDER BY seq
        ) AS e
    ) AS tail ON true"""

STORED_WITH_TAIL: Final = f"{STORED}, tail.seqs, tail.epochs, tail.times, tail.events"


def read_stored(row: Sequence[Any]) -> Stored:
    """A session from ``STORED_WITH_TAIL`` and, last, the time of reading."""
    game_id, join_code, game_status, latest_round, state, *others = row[:16]
    seqs, epochs, times, events, read_at = row[16:]
    tail = () if seqs is None else map(StoredEntry, seqs, epochs, times, map(str.encode, events))
    return Stored(
        game_id, join_code, game_status, latest_round, state.encode(), *others, read_at=read_at, tail=tuple(tail)
    )
