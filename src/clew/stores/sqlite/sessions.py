"""Sessions and their journals in SQLite. Each function runs inside its caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Blob, Connection, OperationalError
from typing import Any

from clew.sessions.bounds import ENTRY_BYTES_MAX, HEAD_BYTES, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.ids import GameId, Millis, Owner
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import (
    Creation,
    NewSession,
    Part,
    Snapshot,
    Stored,
    StoredEntry,
    Verdict,
)
from clew.stores.kinds import KIND, RAISED, kept_version
from clew.stores.sqlite.rows import write_rows
from clew.stores.text import storable

_FENCE = (
    "UPDATE game_session_summaries AS s SET seq = p.column4, wake_at = p.column5, updated_at = p.column6,"
    " unowned_since = NULL, clock_offset_ms = NULL, asleep = false FROM"
)
_FENCED_BY = "AS p WHERE s.game_id = p.column1 AND s.epoch = p.column2 AND s.seq = p.column3 AND s.owner = p.column7"

_APPEND = "INSERT INTO game_events (game_id, seq, epoch, recorded_at, event) SELECT * FROM"
_REAL = "WHERE column1 IS NOT NULL"

_SNAPSHOT = (
    "UPDATE game_session_summaries AS s SET snapshot_seq = p.column2, game_status = p.column3,"
    f" latest_round = p.column4, state_version = p.column5 + {RAISED}, game_state = p.column6 FROM"
)
_SNAPSHOT_OF = "AS p WHERE s.game_id = p.column1"

_PLAYERS = (
    "INSERT INTO player_game_session_summaries"
    " (game_session_id, user_id, player_id, player_status, inserted_at, updated_at)"
    " SELECT s.id, p.column2, p.column3, p.column4, p.column5, p.column5 FROM"
)
_PLAYERS_OF = (
    "AS p JOIN game_session_summaries AS s ON s.game_id = p.column1 WHERE true"
    " ON CONFLICT (game_session_id, player_id) DO UPDATE SET user_id = excluded.user_id,"
    " player_status = excluded.player_status, updated_at = excluded.updated_at"
)

_CREATE = (
    "INSERT INTO game_session_summaries (game_id, join_code, game_status, latest_round, state_version, seq,"
    " snapshot_seq, owner, epoch, wake_at, inserted_at, updated_at, game_state, made_by, made_from, kind)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (join_code) WHERE game_status IN ('lobby', 'active', 'quarantined') DO NOTHING"
)

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


class SomeFenced(Exception):
    """A part of the batch is not its owner's any more: nothing of what was done in this transaction may stay."""


# --- writing ---------------------------------------------------------------------------------------------------------


def create(sessions: Sequence[NewSession], connection: Connection) -> list[Creation]:
    """``Store.create``."""
    made = [_insert(new, connection) for new in sessions]
    created = [new for new, done in zip(sessions, made, strict=True) if done]
    _append([(new.game_id, 1, 0, new.recorded_at, new.entries) for new in created], connection)
    _upsert_players([(new.game_id, new.recorded_at, new.snapshot) for new in created], connection)
    return [Creation.CREATED if done else Creation.JOIN_CODE_TAKEN for done in made]


def commit(parts: Sequence[Part], connection: Connection) -> list[Verdict]:
    """``Store.commit`` of parts that are all their owners' still: one statement for each table.

    Raises ``SomeFenced`` where one is not. Then the others have moved on already, so the caller's transaction must be
    undone; ``commit_fitting`` takes the same parts.
    """
    # One statement raises all rows or tells that one is missing, never which: that costs a look at each.
    if not _move_on(parts, connection):
        raise SomeFenced
    _write(parts, connection)
    return [Verdict.COMMITTED for _ in parts]


def commit_fitting(parts: Sequence[Part], connection: Connection) -> list[Verdict]:
    """``Store.commit`` where some part may be fenced: each is looked at first, for one statement more a part."""
    fitting = [part for part in parts if _fits(part, connection)]
    moved = _move_on(fitting, connection)
    assert moved, "no two parts of one batch are one session's"
    _write(fitting, connection)
    applied = {part.game_id for part in fitting}
    return [Verdict.COMMITTED if part.game_id in applied else Verdict.FENCED for part in parts]


def quarantine(game_id: GameId, owner: Owner, reason: str, now: Millis, connection: Connection) -> None:
    """``Store.quarantine``."""
    connection.execute(
        "UPDATE game_session_summaries SET quarantined_from = game_status, game_status = 'quarantined',"
        " quarantine_reason = ?, wake_at = NULL, updated_at = ?"
        " WHERE game_id = ? AND owner = ? AND game_status IN ('lobby', 'active')",
        (storable(reason), now, game_id, owner),
    )


def append_entries(game_id: GameId, entries: Sequence[StoredEntry], connection: Connection) -> None:
    """Entries with numbers, times and epochs of their own."""
    rows = [(game_id, entry.seq, entry.epoch, entry.recorded_at, entry.body.decode()) for entry in entries]
    write_rows(connection, _APPEND, _REAL, rows)


def _insert(new: NewSession, connection: Connection) -> bool:
    snapshot, seq = new.snapshot, len(new.entries)
    return (
        connection.execute(
            _CREATE,
            (
                new.game_id,
                new.join_code,
                snapshot.summary.game_status,
                snapshot.summary.latest_round,
                kept_version(new.kind, snapshot.state_version),
                seq,
                seq,
                new.owner,
                new.wake_at,
                new.recorded_at,
                new.recorded_at,
                snapshot.state.decode(),
                new.maker.user_id,
                new.maker.origin,
                new.kind,
            ),
        ).rowcount
    ) == 1


def _write(parts: Sequence[Part], connection: Connection) -> None:
    """What these parts hold, their rows having moved on."""
    _append([(p.game_id, p.epoch, p.after_seq, p.recorded_at, p.entries) for p in parts], connection)
    changed = [(part, part.snapshot) for part in parts if part.snapshot is not None]
    if changed:
        _write_snapshots(changed, connection)
        _upsert_players([(part.game_id, part.recorded_at, snapshot) for part, snapshot in changed], connection)


def _move_on(parts: Sequence[Part], connection: Connection) -> bool:
    """Raise each row's seq where owner, epoch and seq are as its part says; False where one was not."""
    rows = [(p.game_id, p.epoch, p.after_seq, p.last_seq, p.wake_at, p.recorded_at, p.owner) for p in parts]
    return write_rows(connection, _FENCE, _FENCED_BY, rows) == len(rows)


def _fits(part: Part, connection: Connection) -> bool:
    row = connection.execute(
        "SELECT 1 FROM game_session_summaries WHERE game_id = ? AND epoch = ? AND seq = ? AND owner = ?",
        (part.game_id, part.epoch, part.after_seq, part.owner),
    ).fetchone()
    return row is not None


def _append(journals: Sequence[tuple[GameId, int, int, Millis, tuple[bytes, ...]]], connection: Connection) -> None:
    rows = [
        (game_id, seq, epoch, recorded_at, body.decode())
        for game_id, epoch, after_seq, recorded_at, bodies in journals
        for seq, body in enumerate(bodies, after_seq + 1)
    ]
    write_rows(connection, _APPEND, _REAL, rows)


def _write_snapshots(changed: Sequence[tuple[Part, Snapshot]], connection: Connection) -> None:
    rows = [
        (
            part.game_id,
            part.last_seq,
            snapshot.summary.game_status,
            snapshot.summary.latest_round,
            snapshot.state_version,
            snapshot.state.decode(),
        )
        for part, snapshot in changed
    ]
    write_rows(connection, _SNAPSHOT, _SNAPSHOT_OF, rows)


def _upsert_players(snapshots: Sequence[tuple[GameId, Millis, Snapshot]], connection: Connection) -> None:
    rows = [
        (game_id, player.user_id, player.player_id, player.player_status, recorded_at)
        for game_id, recorded_at, snapshot in snapshots
        for player in snapshot.summary.players
    ]
    write_rows(connection, _PLAYERS, _PLAYERS_OF, rows)


# --- reading ---------------------------------------------------------------------------------------------------------


def load(game_id: GameId, now: Millis, connection: Connection) -> Stored | None:
    """``Store.load``, read at ``now``."""
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
