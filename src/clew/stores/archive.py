"""A closed session's whole journal as one compressed record, and back again, byte for byte (docs/decisions/0082).

Format 1 is a SHA-256 and a zlib stream. In the stream, little-endian, one after the other for all entries: epochs
(int64), times (int64, each after the first as its distance to the one before), lengths of bodies (uint32), bodies. The
digest is of the game's id, a zero byte and what the stream holds. Numbers are not written: they are 1, 2, 3…
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import Final

from clew.sessions.bounds import ENTRY_BYTES_MAX
from clew.sessions.faults import TooNew, Unreadable
from clew.sessions.flaws import Flaw
from clew.sessions.ids import GameId
from clew.sessions.records import Compacted, LeftAsEntries, StoredEntry
from clew.stores.bounds import ARCHIVE_BYTES_MAX, ARCHIVE_ENTRIES_MAX

FORMAT: Final = 1

_LEVEL: Final = 6
_DIGEST_BYTES: Final = 32
_ENTRY_BYTES: Final = 20
"""What an entry takes in the stream beside its body."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A row of ``game_archives``: entries 1 to ``entries`` of a game."""

    entries: int
    format: int
    body: bytes


def pack_journal(
    game_id: GameId, seq: int, entries: Sequence[StoredEntry]
) -> tuple[Archive, Compacted] | LeftAsEntries:
    """The record of a journal that must go from 1 to ``seq``, seen to be read back as it is, and what it saves.

    Otherwise why not.
    """
    if seq > ARCHIVE_ENTRIES_MAX:
        return LeftAsEntries(f"{seq} entries are more than {ARCHIVE_ENTRIES_MAX}")
    expected = next((number for number, entry in enumerate(entries, 1) if entry.seq != number), len(entries) + 1)
    if expected <= seq:
        return LeftAsEntries(f"the journal has no entry {expected}")
    if expected > seq + 1:
        return LeftAsEntries(f"it goes on after {seq}")
    if not entries:
        return LeftAsEntries("the journal is empty")
    odd = next((entry.seq for entry in entries if not _is_ours(entry.body)), None)
    if odd is not None:
        return LeftAsEntries(f"entry {odd} is none that a node wrote")
    bytes_before = sum(len(entry.body) for entry in entries)
    if bytes_before + _ENTRY_BYTES * seq > ARCHIVE_BYTES_MAX:
        return LeftAsEntries(f"{bytes_before} bytes of entries are too many")
    raw = _written(entries)
    archive = Archive(seq, FORMAT, _digest(game_id, raw) + zlib.compress(raw, _LEVEL))
    assert unpack_journal(game_id, archive) == list(entries), "what is read back equals what was written"
    return archive, Compacted(seq, bytes_before, len(archive.body))


def unpack_journal(game_id: GameId, archive: Archive) -> list[StoredEntry]:
    """All its entries. Raises ``Unreadable``: it is damaged; ``TooNew``: a later release wrote it, in another format.

    However damaged, it takes no more memory than the longest journal that is ever packed.
    """
    if archive.format != FORMAT:
        raise TooNew("journal record", archive.format, FORMAT)
    raw = _inflated(archive.body[_DIGEST_BYTES:])
    if _digest(game_id, raw) != archive.body[:_DIGEST_BYTES]:
        raise Unreadable(Flaw.JOURNAL, "its record is damaged: its digest is not what it holds")
    return _read(raw, archive.entries)


def page_of(
    game_id: GameId, archive: Archive | None, later: Sequence[StoredEntry], after: int, limit: int
) -> list[StoredEntry]:
    """A page of a journal whose first entries are in a record, if there is one. Raises as ``unpack_journal``."""
    if archive is None:
        return list(later)
    return [*unpack_journal(game_id, archive)[max(0, after) :], *later][:limit]


def _is_ours(body: bytes) -> bool:
    """Of a larger one a store gives its beginning only, and what is no text could not be given back as such."""
    if len(body) > ENTRY_BYTES_MAX:
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _written(entries: Sequence[StoredEntry]) -> bytes:
    count = len(entries)
    times = [entry.recorded_at for entry in entries]
    distances = [times[0], *(after - before for before, after in pairwise(times))]
    return b"".join(
        (
            struct.pack(f"<{count}q", *(entry.epoch for entry in entries)),
            struct.pack(f"<{count}q", *distances),
            struct.pack(f"<{count}I", *(len(entry.body) for entry in entries)),
            *(entry.body for entry in entries),
        )
    )


def _read(raw: bytes, count: int) -> list[StoredEntry]:
    if count < 0 or count * _ENTRY_BYTES > len(raw):
        raise Unreadable(Flaw.JOURNAL, f"its record is damaged: it has no room for {count} entries")
    numbers = struct.unpack_from(f"<{count}q{count}q{count}I", raw)
    epochs, distances, lengths = numbers[:count], numbers[count : 2 * count], numbers[2 * count :]
    ends = list(accumulate(lengths, initial=count * _ENTRY_BYTES))
    if ends[-1] != len(raw):
        raise Unreadable(
            Flaw.JOURNAL, f"its record is damaged: its {count} entries end at {ends[-1]}, it at {len(raw)}"
        )
    return [
        StoredEntry(seq, epoch, recorded_at, raw[start:end])
        for seq, (epoch, recorded_at, (start, end)) in enumerate(
            zip(epochs, accumulate(distances), pairwise(ends), strict=True), 1
        )
    ]


def _inflated(body: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(body, ARCHIVE_BYTES_MAX)
    except zlib.error as error:
        raise Unreadable(Flaw.JOURNAL, f"its record is damaged: {error}") from error
    if not stream.eof or stream.unused_data:
        raise Unreadable(Flaw.JOURNAL, "its record is damaged: it is cut short, goes on after its end, or is too large")
    return raw


def _digest(game_id: GameId, raw: bytes) -> bytes:
    digest = sha256(game_id.encode() + b"\0")
    digest.update(raw)
    return digest.digest()
