"""Sessions as SQLite has them, whole or entry by entry. Each function is work in its caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Blob, Connection, OperationalError
from typing import Any

from clew.sessions.bounds import ENTRY_BYTES_MAX, HEAD_BYTES, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.ids import GameId, Millis
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Stored, StoredEntry
from clew.stores.archive import Archive
from clew.stores.kinds import KIND, RAISED
from clew.stores.sqlite.rows import write_rows
from clew.stores.text import storable

APPEND = "INSERT INTO game_events (game_id, seq, epoch, recorded_at, event) SELECT * FROM"
REAL = "WHERE column1 IS NOT NULL"

_NUMBERS = (
    "latest_round",
    "state_version",
    "seq",
    "snapshot_seq",
    "epoch",
    "wake_at",
    "unowned_since",
    "clock_offset_ms",
)
_STORED = ", ".join(
    (
        "id, game_id, join_code, game_status, owner, quarantine_reason, quarantined_from, asleep",
        f"{KIND} AS kind",
        *(f"CAST({name} AS INTEGER) AS {name}" for name in (*_NUMBERS, "inserted_at", "updated_at")),
    )
).replace("CAST(state_version AS INTEGER)", f"CAST(state_version AS INTEGER) - {RAISED}")
"""All but the state, which is opened by itself. A column of SQLite's holds anything: what is no number is 0."""
_SNAPSHOT_SEQ_AT = 9 + _NUMBERS.index("snapshot_seq")
_ENTRY = f"e.seq, e.epoch, e.recorded_at, coalesce(substr(CAST(e.event AS BLOB), 1, {ENTRY_BYTES_MAX + 1}), x'')"


def append_entries(game_id: GameId, entries: Sequence[StoredEntry], connection: Connection) -> None:
    """Entries with numbers, times and epochs of their own."""
    rows = [(game_id, entry.seq, entry.epoch, entry.recorded_at, entry.body.decode()) for entry in entries]
    write_rows(connection, APPEND, REAL, rows)


def load(game_id: GameId, now: Millis, connection: Connection) -> Stored | None:
    """``Journal.load``, read at ``now``."""
    row = connection.execute(
        f"SELECT {_STORED} FROM game_session_summaries AS s WHERE game_id = ?",
        (storable(game_id),),
    ).fetchone()
    if row is None:
        return None
    snapshot_seq = row[_SNAPSHOT_SEQ_AT]
    return _stored(row, now, read_entries(game_id, snapshot_seq, TAIL_ENTRIES_MAX + 1, connection), connection)


def load_rows(ids: Sequence[int], now: Millis, connection: Connection) -> list[Stored]:
    """The sessions in these rows with their tails, in this order."""
    these = f"id IN ({','.join(map(str, ids))})"
    tails = _tails(these, connection)
    try:
        rows = connection.execute(f"SELECT {_STORED} FROM game_session_summaries AS s WHERE {these}").fetchall()
    except OperationalError as error:
        if "no such column" not in str(error):
            raise
        # An operator looks at a file before it is migrated: nobody has told of a clock yet, and there is one game.
        unmigrated = _STORED.replace("CAST(clock_offset_ms AS INTEGER)", "NULL").replace(KIND, f"'{FIRST_KIND}'")
        rows = connection.execute(f"SELECT {unmigrated} FROM game_session_summaries AS s WHERE {these}").fetchall()
    found = {row[0]: _stored(row, now, tails[row[0]], connection) for row in rows}
    return [found[row_id] for row_id in ids]


def state_bytes(row_id: int, connection: Connection) -> int:
    """How large a state is, without reading it: SQLite knows from the page its row is on."""
    with _opened(row_id, connection) as state:
        return len(state)


def read_entries(game_id: GameId, after: int, limit: int, connection: Connection) -> list[StoredEntry]:
    """Those of the journal that are kept as entries, none of them longer than a store gives."""
    rows = connection.execute(
        f"SELECT {_ENTRY} FROM game_events AS e WHERE game_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        (storable(game_id), after, limit),
    )
    return [StoredEntry(*row) for row in rows]


def read_record(game_id: GameId, after: int, connection: Connection) -> Archive | None:
    """The record of a compacted journal, where any of it is numbered above that."""
    try:
        row = connection.execute(
            "SELECT entries, format, body FROM game_archives WHERE game_id = ? AND entries > ?",
            (storable(game_id), after),
        ).fetchone()
    except OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None  # an operator looks at a file before it is migrated
    return None if row is None else Archive(*row)


def _stored(row: Sequence[Any], now: Millis, tail: Sequence[StoredEntry], connection: Connection) -> Stored:
    row_id, game_id, join_code, game_status, owner, quarantine_reason, quarantined_from, asleep, kind, *numbers = row
    with _opened(row_id, connection) as state:
        size = len(state)
        kept = state.read(size if size <= STATE_BYTES_MAX else HEAD_BYTES)
    return Stored(
        game_id=game_id,
        join_code=join_code,
        kind=kind,
        game_status=game_status,
        owner=owner,
        quarantine_reason=quarantine_reason,
        quarantined_from=quarantined_from,
        asleep=bool(asleep),
        state=kept,
        state_bytes=size,
        read_at=now,
        tail=tuple(tail),
        **dict(zip((*_NUMBERS, "inserted_at", "updated_at"), numbers, strict=True)),
    )


def _opened(row_id: int, connection: Connection) -> Blob:
    return connection.blobopen("game_session_summaries", "game_state", row_id, readonly=True)


def _tails(these: str, connection: Connection) -> dict[int, list[StoredEntry]]:
    """By row, of each no more than a store gives."""
    tails = defaultdict[int, list[StoredEntry]](list)
    rows: Sequence[tuple[int, int, int, int, bytes]] = connection.execute(
        f"SELECT s.id, {_ENTRY} FROM game_session_summaries AS s"
        " JOIN game_events AS e ON e.game_id = s.game_id AND e.seq > s.snapshot_seq"
        f" AND e.seq <= s.snapshot_seq + {TAIL_ENTRIES_MAX + 1} WHERE s.{these} ORDER BY s.id, e.seq"
    ).fetchall()
    for row_id, *entry in rows:
        tails[row_id].append(StoredEntry(*entry))
    return tails
