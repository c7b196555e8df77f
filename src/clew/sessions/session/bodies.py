"""How entries and snapshots are written down, and read again. The game's own share is its codec's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from clew.sessions.bounds import ENTRY_BYTES_MAX, STATE_BYTES_MAX
from clew.sessions.faults import TooNew, Unreadable, in_short
from clew.sessions.flaws import Flaw
from clew.sessions.ids import PlayerId
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.records import Entry, Receipt, Refused, Snapshot, Stored, StoredEntry, Summary
from clew.sessions.session.answers import Answers, Kept, check_answers, remember, without
from clew.sessions.session.checking import (
    refuse_contradiction,
    refuse_large_entry,
    refuse_other_seq,
    refuse_players,
    refuse_row,
    refuse_size,
    refuse_version,
)
from clew.sessions.session.terms import BEFORE_MARKS, Terms, begun, check_terms

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Position(msgspec.Struct, Generic[S], frozen=True, gc=False):
    """Where a session stands after entry ``seq``."""

    state: S
    seq: int
    summary: Summary
    answers: Answers
    terms: Terms = BEFORE_MARKS


class _EntryBody(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    v: int
    event: msgspec.Raw
    receipt: Receipt | None
    refusal: Refused | None
    term: str | None = None


class _StateBody(msgspec.Struct, frozen=True, gc=False):
    """``seq``: after which entry; None where a release wrote it that did not say. So too the terms."""

    state: msgspec.Raw
    answers: dict[PlayerId, Kept]
    seq: int | None = None
    terms: Terms | None = None


_NULL = msgspec.Raw(b"null")
_encoder = msgspec.json.Encoder()
_entry_decoder = msgspec.json.Decoder(_EntryBody)
_state_decoder = msgspec.json.Decoder(_StateBody)


def write_entry(codec: Codec[S, E], entry: Entry[E]) -> bytes:
    """``{"v", "event", "receipt", "refusal"}`` and, where one begins, ``"term"``; ``v`` is the event's version."""
    event = _NULL if entry.event is None else msgspec.Raw(codec.encode_event(entry.event))
    body = _encoder.encode(_EntryBody(codec.event_version, event, entry.receipt, entry.refusal, entry.term))
    assert len(body) <= ENTRY_BYTES_MAX, "a larger entry would not be read again"
    return body


def write_snapshot(codec: Codec[S, E], at: Position[S]) -> Snapshot:
    """``{"state", "answers", "seq", "terms"}`` with the state's version beside it."""
    state = msgspec.Raw(codec.encode_state(at.state))
    body = _encoder.encode(_StateBody(state, dict(at.answers), at.seq, at.terms))
    assert len(body) <= STATE_BYTES_MAX, "a larger state would not be read again"
    return Snapshot(body, codec.state_version, at.summary)


def read_entry(codec: Codec[S, E], stored: StoredEntry) -> Entry[E]:
    """What ``write_entry`` wrote. Raises ``Unreadable``, ``TooNew`` where a later release wrote it."""
    refuse_large_entry(stored)
    try:
        body = _entry_decoder.decode(stored.body)
        refuse_version("event", body.v, codec.event_version)
        event = None if body.event == _NULL else codec.decode_event(bytes(body.event), body.v)
    except TooNew as newer:
        raise newer.of(f"entry {stored.seq}") from newer
    except Unreadable:
        raise
    except Exception as wrong:
        raise Unreadable(Flaw.ENTRY, f"number {stored.seq} can't be read: {in_short(wrong)}") from wrong
    return Entry(stored.seq, stored.recorded_at, event, body.receipt, body.refusal, body.term)


def read_snapshot(
    machine: Machine[S, C, E], codec: Codec[S, E], state: bytes, state_version: int, seq: int
) -> Position[S]:
    """What ``write_snapshot`` wrote, after entry ``seq``. Raises ``Unreadable``."""
    at, said = _open(machine, codec, state, state_version, seq)
    refuse_other_seq(seq, said)
    return at


def _open(
    machine: Machine[S, C, E], codec: Codec[S, E], state: bytes, state_version: int, seq: int
) -> tuple[Position[S], int | None]:
    """A snapshot, and after which entry it says that it is."""
    refuse_version("state", state_version, codec.state_version)
    try:
        body = _state_decoder.decode(state)
        check_answers(body.answers)
        terms = body.terms or BEFORE_MARKS
        check_terms(terms, seq)
        read = codec.decode_state(bytes(body.state), state_version)
        return Position(read, seq, machine.summary(read), body.answers, terms), body.seq
    except Unreadable:
        raise
    except Exception as wrong:
        raise Unreadable(Flaw.STATE, f"it can't be read: {_in_short(wrong, state)}") from wrong


def read_session(machine: Machine[S, C, E], codec: Codec[S, E], stored: Stored) -> Position[S]:
    """The session as it stood when last written: its snapshot and what followed. Raises ``Unreadable``.

    What it gives can be this session's state, and fits the row.
    """
    try:
        return _read(machine, codec, stored)
    except Unreadable:
        raise
    except Exception as wrong:  # nothing that is stored may end a start, whatever we did not think of
        raise Unreadable(Flaw.STATE, f"it can't be read: {in_short(wrong)}") from wrong


def _read(machine: Machine[S, C, E], codec: Codec[S, E], stored: Stored) -> Position[S]:
    refuse_size(stored)
    at, said = _open(machine, codec, stored.state, stored.state_version, stored.snapshot_seq)
    snapshot = at.state
    try:
        refuse_other_seq(stored.snapshot_seq, said)
        refuse_row(stored)
        at = _follow(machine, codec, at, stored.tail)
        # Once, where it has come to: a check takes as long as following three entries, and a start reads every game.
        _check(machine, stored, at.state)
    except Unreadable:
        _check(machine, stored, snapshot)  # nothing else is to blame where the state before it was none
        raise
    if at.seq != stored.seq:
        raise Unreadable(Flaw.JOURNAL, f"it ends at entry {at.seq}, the row says at {stored.seq}")
    refuse_players(at.summary)
    refuse_contradiction(stored, at.summary)
    return at


def _follow(machine: Machine[S, C, E], codec: Codec[S, E], at: Position[S], tail: Sequence[StoredEntry]) -> Position[S]:
    """From a snapshot on, by all that follows it."""
    if not tail:
        return at
    state, answers, seq, terms = at.state, at.answers, at.seq, at.terms
    in_lobby = at.summary if at.summary.game_status == "lobby" else None
    for raw in tail:
        seq += 1
        if raw.seq != seq:
            raise Unreadable(Flaw.JOURNAL, f"it goes on with entry {raw.seq} where {seq} belongs")
        entry = read_entry(codec, raw)
        try:
            # The round the command was decided in: what it led to may have ended that.
            round_number = 0 if entry.receipt is None else machine.summary(state).latest_round
            if entry.event is not None:
                state = machine.evolve(state, entry.event, seq)
        except Exception as wrong:
            raise Unreadable(Flaw.ENTRY, f"number {seq} does not fit the state before it: {in_short(wrong)}") from wrong
        if entry.receipt is not None:
            answers = remember(answers, entry.receipt, seq, entry.refusal, round_number)
        if in_lobby is not None and entry.event is not None:
            before, after = in_lobby, machine.summary(state)
            answers = without(answers, after.given_up_since(before))
            in_lobby = after if after.game_status == "lobby" else None
        if entry.term is not None:
            terms = begun(terms, seq, entry.term)
    try:
        return Position(state, seq, machine.summary(state), answers, terms)
    except Exception as wrong:
        raise Unreadable(Flaw.ENTRY, f"the state after number {seq} is none: {in_short(wrong)}") from wrong


def _check(machine: Machine[S, C, E], stored: Stored, state: S) -> None:
    try:
        machine.check(state, stored.game_id, stored.join_code)
        machine.deadline(state)
    except Exception as wrong:
        raise Unreadable(Flaw.STATE, f"it can't be this session's: {wrong}") from wrong


def _in_short(wrong: Exception, state: bytes) -> str:
    return "it is empty" if state.strip() in {b"", b"{}", b"null"} else in_short(wrong)
