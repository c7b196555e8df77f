"""The rows of sessions, for the store in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from clew.sessions.bounds import ENTRY_BYTES_MAX, EPOCH_MAX
from clew.sessions.census import NOBODY, Maker
from clew.sessions.ids import GameId, Millis, PlayerId, UserId
from clew.sessions.ports.listings import Sequel
from clew.sessions.records import (
    OPEN,
    Part,
    SessionRow,
    SessionSummary,
    Snapshot,
    Stored,
    StoredEntry,
)
from clew.stores.archive import Archive


@dataclass(slots=True)
class Row:
    """A session's row. ``stored`` has no tail."""

    id: int
    stored: Stored
    players: dict[PlayerId, tuple[UserId | None, str]] = field(
        default_factory=dict[PlayerId, tuple[UserId | None, str]]
    )
    entries: list[StoredEntry] = field(default_factory=list[StoredEntry])
    archive: Archive | None = None
    """The first entries of the journal, where they were compacted."""
    maker: Maker = NOBODY
    follows: GameId | None = None
    public: bool = False
    is_odd: bool = False
    """Its journal can't be compacted."""


def numbered(bodies: Sequence[bytes], after_seq: int, epoch: int, recorded_at: Millis) -> list[StoredEntry]:
    """The bodies as entries that follow ``after_seq``."""
    return [StoredEntry(seq, epoch, recorded_at, body) for seq, body in enumerate(bodies, after_seq + 1)]


def entries_after(row: Row, after: int, limit: int) -> list[StoredEntry]:
    """So many entries numbered above that, none of them longer than a store gives."""
    first = bisect_right(row.entries, after, key=lambda entry: entry.seq)
    return [
        entry
        if len(entry.body) <= ENTRY_BYTES_MAX
        else msgspec.structs.replace(entry, body=entry.body[: ENTRY_BYTES_MAX + 1])
        for entry in row.entries[first : first + limit]
    ]


def is_at(stored: Stored, part: Part) -> bool:
    """Whether the part continues it, by whoever holds it."""
    return (stored.owner, stored.epoch, stored.seq) == (part.owner, part.epoch, part.after_seq)


def next_epoch(row: Row) -> int:
    """The epoch of its next owner."""
    return min(row.stored.epoch, EPOCH_MAX) + 1


def apply_snapshot(row: Row, snapshot: Snapshot, given_up: Sequence[PlayerId] = ()) -> None:
    """Have the row and its players say what the snapshot, taken at its latest number, says."""
    summary = snapshot.summary
    row.stored = replace(
        row.stored,
        game_status=summary.game_status,
        latest_round=summary.latest_round,
        state=snapshot.state,
        state_version=snapshot.state_version,
        snapshot_seq=row.stored.seq,
    )
    row.public = summary.public
    for seat in given_up:
        row.players.pop(seat, None)
    for player in summary.players:
        row.players[player.player_id] = (player.user_id, player.player_status)


def holds_its_code(row: Row) -> bool:
    """Whether no other session may have its join code."""
    return row.stored.game_status in OPEN or row.stored.game_status == "quarantined"


def is_closed(row: Row) -> bool:
    """Whether it is over, for good."""
    return row.stored.game_status in {"concluded", "canceled"}


def summary_of(row: Row, user_id: UserId | None) -> SessionSummary:
    """A session as listings show it to that user."""
    mine = next(((pid, status) for pid, (user, status) in row.players.items() if user and user == user_id), None)
    stored = row.stored
    return SessionSummary(
        stored.game_id,
        stored.join_code,
        stored.kind,
        stored.game_status,
        stored.latest_round,
        stored.inserted_at,
        stored.updated_at,
        mine and mine[0],
        mine and mine[1],
    )


def sequel_of(row: Row) -> Sequel | None:
    """What it follows; None: nothing, or it was called off."""
    stored = row.stored
    if row.follows is None or stored.game_status == "canceled":
        return None
    return Sequel(row.follows, stored.game_id, stored.join_code, stored.kind)


def row_of(stored: Stored) -> SessionRow:
    """A session as operators see it."""
    return SessionRow(*(getattr(stored, name) for name in SessionRow.__slots__))
