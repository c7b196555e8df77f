"""Matches driven by hand, as a store has them."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace as altered

from clew.sessions.ids import Owner
from clew.sessions.records import Entry, NewSession, Stored, StoredEntry
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.match import Match, MatchCreated, MatchEvent
from tests.play.driving import MACHINE, Table

CODEC: Final = MatchCodec()


def stored_table(table: Table, tail: int = 0) -> Stored:
    """The row of a match; the last ``tail`` entries of its journal follow the snapshot, or some more: a snapshot is
    never taken amidst a commit.
    """
    ends = [1, *(commit.entries[-1].seq for commit in table.commits)]
    taken = max(end for end in ends if end <= max(1, table.seq - tail))
    early, late = table.journal[:taken], table.journal[taken:]
    at = played(early)
    snapshot = write_snapshot(CODEC, at)
    now = MACHINE.summary(table.match)
    return Stored(
        game_id=table.match.game_id,
        kind=KIND,
        join_code=table.match.join_code,
        game_status=now.game_status,
        latest_round=now.latest_round,
        state=snapshot.state,
        state_bytes=len(snapshot.state),
        state_version=snapshot.state_version,
        seq=table.seq,
        snapshot_seq=at.seq,
        owner=Owner("web.1"),
        epoch=1,
        wake_at=None,
        unowned_since=None,
        quarantine_reason=None,
        quarantined_from=None,
        inserted_at=table.now,
        updated_at=table.now,
        asleep=False,
        read_at=table.now + 5,
        tail=tuple(written(late)),
    )


def new_table(table: Table, owner: Owner, join_code: str) -> NewSession:
    """What makes the match in a store, with its whole journal; the table's own code is that one from here on."""
    first = table.journal[0]
    assert isinstance(first.event, MatchCreated)
    table.journal[0] = altered(first, event=altered(first.event, join_code=join_code))
    table.match = altered(table.match, join_code=join_code)
    at = played(table.journal)
    entries = tuple(entry.body for entry in written(table.journal))
    return NewSession(
        table.match.game_id, join_code, owner, entries, table.now, None, write_snapshot(CODEC, at), kind=KIND
    )


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
