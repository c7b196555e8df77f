"""How entries and snapshots are written down, and read again. The game's own share is its codec's."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from minotaur.sessions.answers import Answers, Kept, remember
from minotaur.sessions.faults import TooNew, Unreadable, in_short
from minotaur.sessions.ids import PlayerId
from minotaur.sessions.ports import Codec, Machine
from minotaur.sessions.records import Entry, Receipt, Refused, Snapshot, Stored, StoredEntry, Summary

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Position(msgspec.Struct, Generic[S], frozen=True, gc=False):
    """Where a session stands after entry ``seq``."""

    state: S
    seq: int
    summary: Summary
    answers: Answers


class _EntryBody(msgspec.Struct, frozen=True, gc=False):
    v: int
    event: msgspec.Raw
    receipt: Receipt | None
    refusal: Refused | None


class _StateBody(msgspec.Struct, frozen=True, gc=False):
    state: msgspec.Raw
    answers: dict[PlayerId, Kept]


_NULL = msgspec.Raw(b"null")
_encoder = msgspec.json.Encoder()
_entry_decoder = msgspec.json.Decoder(_EntryBody)
_state_decoder = msgspec.json.Decoder(_StateBody)


def write_entry(codec: Codec[S, E], entry: Entry[E]) -> bytes:
    """``{"v", "event", "receipt", "refusal"}``; ``v`` is the event's version."""
    event = _NULL if entry.event is None else msgspec.Raw(codec.encode_event(entry.event))
    return _encoder.encode(_EntryBody(codec.event_version, event, entry.receipt, entry.refusal))


def write_snapshot(codec: Codec[S, E], at: Position[S]) -> Snapshot:
    """``{"state", "answers"}`` with the state's version beside it."""
    body = _StateBody(msgspec.Raw(codec.encode_state(at.state)), dict(at.answers))
    return Snapshot(_encoder.encode(body), codec.state_version, at.summary)


def read_entry(codec: Codec[S, E], stored: StoredEntry) -> Entry[E]:
    """What ``write_entry`` wrote. Raises ``Unreadable``, ``TooNew`` where a later release wrote it."""
    try:
        body = _entry_decoder.decode(stored.body)
        event = None if body.event == _NULL else codec.decode_event(bytes(body.event), body.v)
    except TooNew as newer:
        raise newer.of(f"entry {stored.seq}") from newer
    except Exception as wrong:
        raise Unreadable(f"entry {stored.seq}: {in_short(wrong)}") from wrong
    return Entry(stored.seq, stored.recorded_at, event, body.receipt, body.refusal)


def read_snapshot(
    machine: Machine[S, C, E], codec: Codec[S, E], state: bytes, state_version: int, seq: int
) -> Position[S]:
    """What ``write_snapshot`` wrote, after entry ``seq``. Raises ``Unreadable``."""
    try:
        body = _state_decoder.decode(state)
        read = codec.decode_state(bytes(body.state), state_version)
        return Position(read, seq, machine.summary(read), body.answers)
    except Unreadable:
        raise
    except Exception as wrong:
        raise Unreadable(f"state: {in_short(wrong)}") from wrong


def read_session(machine: Machine[S, C, E], codec: Codec[S, E], stored: Stored) -> Position[S]:
    """The session as it stood when last written: its snapshot and what followed. Raises ``Unreadable``."""
    try:
        body = _state_decoder.decode(stored.state)
        state = codec.decode_state(bytes(body.state), stored.state_version)
        answers: Answers = body.answers
        seq = stored.snapshot_seq
        for raw in stored.tail:
            entry = read_entry(codec, raw)
            seq += 1
            if entry.seq != seq:
                raise Unreadable(f"the journal goes on with entry {entry.seq} where {seq} belongs")  # noqa: TRY301
            if entry.event is not None:
                state = machine.evolve(state, entry.event, entry.seq)
            if entry.receipt is not None:
                answers = remember(answers, entry.receipt, seq, entry.refusal)
        if seq != stored.seq:
            raise Unreadable(f"the journal ends at {seq}, the session at {stored.seq}")  # noqa: TRY301
        return Position(state, seq, machine.summary(state), answers)
    except Unreadable:
        raise
    except Exception as wrong:
        raise Unreadable(f"state: {in_short(wrong)}") from wrong
