"""Matches driven by hand, as a store has them."""

from collections.abc import Sequence
from typing import Final

from minotaur.play.codec import MatchCodec
from minotaur.play.match import Match, MatchEvent
from minotaur.sessions.bodies import Position, write_entry, write_snapshot
from minotaur.sessions.ids import Owner
from minotaur.sessions.records import Entry, NewSession, Stored, StoredEntry
from tests.play.driving import MACHINE, Table

CODEC: Final = MatchCodec()


def stored_table(table: Table, tail: int = 0) -> Stored:
    """The row of a match; the last ``tail`` entries of its journal follow the snapshot."""
    early, late = table.journal[: table.seq - tail], table.journal[table.seq - tail :]
    at = played(early)
    snapshot = write_snapshot(CODEC, at)
    now = MACHINE.summary(table.match)
    return Stored(
        game_id=table.match.game_id,
        join_code=table.match.join_code,
        game_status=now.game_status,
        latest_round=now.latest_round,
        state=snapshot.state,
        state_version=snapshot.state_version,
        seq=table.seq,
        snapshot_seq=at.seq,
        owner=Owner("web.1"),
        epoch=1,
        wake_at=None,
        unowned_since=None,
        quarantine_reason=None,
        inserted_at=table.now,
        updated_at=table.now,
        asleep=False,
        read_at=table.now + 5,
        tail=tuple(written(late)),
    )


def new_table(table: Table, owner: Owner, join_code: str) -> NewSession:
    """What makes the match in a store, with its whole journal."""
    at = played(table.journal)
    entries = tuple(entry.body for entry in written(table.journal))
    return NewSession(table.match.game_id, join_code, owner, entries, table.now, None, write_snapshot(CODEC, at))


def written(entries: Sequence[Entry[MatchEvent]]) -> list[StoredEntry]:
    return [StoredEntry(entry.seq, 1, entry.recorded_at, write_entry(CODEC, entry)) for entry in entries]


def played(entries: Sequence[Entry[MatchEvent]]) -> Position[Match]:
    """Where these entries lead. Nobody's answers are kept."""
    state: Match | None = None
    for entry in entries:
        if entry.event is not None:
            state = MACHINE.evolve(state, entry.event, entry.seq)
    assert state is not None
    return Position(state, len(entries), MACHINE.summary(state), {})
