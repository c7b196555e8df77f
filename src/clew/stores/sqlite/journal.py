"""Making sessions, committing to them and reading them, in SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from sqlite3 import Connection

from clew.sessions.ids import GameId, Millis
from clew.sessions.records import Creation, NewSession, Part, Snapshot, Stored, StoredEntry, Verdict
from clew.stores.archive import page_of
from clew.stores.kinds import RAISED, kept_version
from clew.stores.sqlite.rows import write_rows
from clew.stores.sqlite.sessions import APPEND, REAL, load, read_entries, read_record
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing

_FENCE = (
    "UPDATE game_session_summaries AS s SET seq = p.column4, wake_at = p.column5, updated_at = p.column6,"
    " unowned_since = NULL, clock_offset_ms = NULL, asleep = false FROM"
)
_FENCED_BY = "AS p WHERE s.game_id = p.column1 AND s.epoch = p.column2 AND s.seq = p.column3 AND s.owner = p.column7"

_SNAPSHOT = (
    "UPDATE game_session_summaries AS s SET snapshot_seq = p.column2, game_status = p.column3,"
    f" latest_round = p.column4, state_version = p.column5 + {RAISED}, game_state = p.column6, public = p.column7 FROM"
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

_GIVEN_UP = (
    "DELETE FROM player_game_session_summaries WHERE player_id = ?"
    " AND game_session_id = (SELECT id FROM game_session_summaries WHERE game_id = ?)"
)

_CREATE = (
    "INSERT INTO game_session_summaries (game_id, join_code, game_status, latest_round, state_version, seq,"
    " snapshot_seq, owner, epoch, wake_at, inserted_at, updated_at, game_state, made_by, made_from, kind, follows,"
    " public) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
_IS_FOLLOWED = "SELECT 1 FROM game_session_summaries WHERE follows = ? AND game_status <> 'canceled'"


class SomeFenced(Exception):
    """A part of the batch is not its owner's any more: nothing of what was done in this transaction may stay."""


class SqliteJournal(SqlitePart):
    """``Journal`` in SQLite."""

    @writing
    def create(self, inside: Transaction, sessions: Sequence[NewSession]) -> list[Creation]:
        made = [_insert(new, inside.connection) for new in sessions]
        created = [new for new, done in zip(sessions, made, strict=True) if done]
        _append([(new.game_id, 1, 0, new.recorded_at, new.entries) for new in created], inside.connection)
        _upsert_players([(new.game_id, new.recorded_at, new.snapshot) for new in created], inside.connection)
        return [
            Creation.CREATED if done else _why_not(new, inside.connection)
            for new, done in zip(sessions, made, strict=True)
        ]

    async def commit(self, parts: Sequence[Part]) -> list[Verdict]:
        try:
            return await self.connections.writer.write(partial(commit, parts))
        except SomeFenced:
            # In a transaction of its own: whoever writes between the two fences more, and never less.
            return await self.connections.writer.write(partial(commit_fitting, parts))

    async def probe(self) -> None:
        await self.connections.writer.probe()

    @reading
    def load(self, inside: Transaction, game_id: GameId) -> Stored | None:
        return load(game_id, inside.now, inside.connection)

    @reading
    def entries(self, inside: Transaction, game_id: GameId, after: int, limit: int) -> list[StoredEntry]:
        record = read_record(game_id, after, inside.connection)
        return page_of(game_id, record, read_entries(game_id, after, limit, inside.connection), after, limit)


def commit(parts: Sequence[Part], connection: Connection) -> list[Verdict]:
    """Commit parts that are all their owners' still: one statement for each table.

    Raises ``SomeFenced`` where one is not. Then the others have moved on already, so the caller's transaction must be
    undone; ``commit_fitting`` takes the same parts.
    """
    # One statement raises all rows or tells that one is missing, never which: that costs a look at each.
    if not _move_on(parts, connection):
        raise SomeFenced
    _write(parts, connection)
    return [Verdict.COMMITTED for _ in parts]


def commit_fitting(parts: Sequence[Part], connection: Connection) -> list[Verdict]:
    """Commit where some part may be fenced: each is looked at first, for one statement more a part."""
    fitting = [part for part in parts if _fits(part, connection)]
    moved = _move_on(fitting, connection)
    assert moved, "no two parts of one batch are one session's"
    _write(fitting, connection)
    applied = {part.game_id for part in fitting}
    return [Verdict.COMMITTED if part.game_id in applied else Verdict.FENCED for part in parts]


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
                snapshot.summary.follows,
                snapshot.summary.public,
            ),
        ).rowcount
    ) == 1


def _why_not(new: NewSession, connection: Connection) -> Creation:
    follows = new.snapshot.summary.follows
    followed = follows is not None and connection.execute(_IS_FOLLOWED, (follows,)).fetchone() is not None
    return Creation.FOLLOWED if followed else Creation.JOIN_CODE_TAKEN


def _write(parts: Sequence[Part], connection: Connection) -> None:
    """What these parts hold, their rows having moved on."""
    _append([(p.game_id, p.epoch, p.after_seq, p.recorded_at, p.entries) for p in parts], connection)
    changed = [(part, part.snapshot) for part in parts if part.snapshot is not None]
    if changed:
        _write_snapshots(changed, connection)
        # First: who gave up a seat may have sat down in another, and has one row in each session.
        connection.executemany(_GIVEN_UP, [(seat, part.game_id) for part, _ in changed for seat in part.given_up])
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
    write_rows(connection, APPEND, REAL, rows)


def _write_snapshots(changed: Sequence[tuple[Part, Snapshot]], connection: Connection) -> None:
    rows = [
        (
            part.game_id,
            part.last_seq,
            snapshot.summary.game_status,
            snapshot.summary.latest_round,
            snapshot.state_version,
            snapshot.state.decode(),
            snapshot.summary.public,
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
