"""A journal is packed byte for byte or not at all, and a damaged record is a fault, never an empty journal."""

import struct
import tracemalloc
import zlib
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as altered

from clew.sessions.bounds import ENTRY_BYTES_MAX
from clew.sessions.faults import TooNew, Unreadable
from clew.sessions.ids import GameId
from clew.sessions.records import LeftAsEntries, StoredEntry
from clew.stores.archive import FORMAT, Archive, pack_journal, page_of, unpack_journal
from clew.stores.bounds import ARCHIVE_BYTES_MAX, ARCHIVE_ENTRIES_MAX
from tests.golden import stored

GAME = GameId("g1")
INT64 = st.integers(-(2**62), 2**62)
JOURNAL = [StoredEntry(seq, 1 + seq // 3, 1_000 + 7 * seq, b'{"n":%d}' % seq) for seq in range(1, 21)]
LARGE = [StoredEntry(seq, 1, 1, b"x" * ENTRY_BYTES_MAX) for seq in range(1, ARCHIVE_BYTES_MAX // ENTRY_BYTES_MAX + 1)]

journals = st.lists(st.tuples(INT64, INT64, st.text(max_size=60).map(str.encode)), min_size=1, max_size=40).map(
    lambda rows: [StoredEntry(seq, *row) for seq, row in enumerate(rows, 1)]
)


def packed(entries: list[StoredEntry] = JOURNAL, game_id: GameId = GAME) -> Archive:
    found = pack_journal(game_id, len(entries), entries)
    assert not isinstance(found, LeftAsEntries)
    return found[0]


def sealed(raw: bytes, entries: int) -> Archive:
    """A record whose digest is right, whatever is in it."""
    return Archive(entries, FORMAT, sha256(GAME.encode() + b"\0" + raw).digest() + zlib.compress(raw))


@given(journals)
def test_what_is_unpacked_equals_what_was_packed(entries: list[StoredEntry]) -> None:
    assert unpack_journal(GAME, packed(entries)) == entries


def test_a_record_of_the_first_release_that_wrote_them_is_read() -> None:
    """These bytes are never written again: newer code has to read them."""
    written = (
        "Fbh11r5a8nEIpMujvnaKvnuFVaP7xPayDge5H0c8Jlh4nGNkgABGKM0EpasDYiQWAwV9oRIn/kOABJAtAsXVSmVKVoY6SqllqXklSlZK+QWp"
        "eakpSrXo4odXQsWM4GJ5pTk5tQDoIx8d"
    )

    assert unpack_journal(GAME, Archive(3, 1, b64decode(written))) == [
        StoredEntry(1, 1, 1_800_000_000_123, b'{"v":1,"event":"opened"}'),
        StoredEntry(2, 1, 1_800_000_000_456, '{"v":1,"event":"é"}'.encode()),
        StoredEntry(3, 2, 1_800_000_000_400, b'{"v":2,"event":null}'),
    ]


@pytest.mark.parametrize(
    "path", sorted(stored.FOLDER.glob("*/*.jsonl")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_whole_games_of_every_release_are_packed_as_they_are(path: Path) -> None:
    journal = stored.read(path).journal()

    assert unpack_journal(GAME, packed(journal)) == journal


def test_what_is_saved_is_told() -> None:
    found = pack_journal(GAME, 20, JOURNAL)

    assert not isinstance(found, LeftAsEntries)
    archive, saved = found
    assert (saved.entries, saved.bytes_before, saved.bytes_after) == (20, 151, len(archive.body))


@pytest.mark.parametrize(
    ("seq", "entries", "reason"),
    [
        (20, JOURNAL[:7] + JOURNAL[8:], "the journal has no entry 8"),
        (20, JOURNAL[1:], "the journal has no entry 1"),
        (20, JOURNAL[:-1], "the journal has no entry 20"),
        (20, [], "the journal has no entry 1"),
        (0, [], "the journal is empty"),
        (19, JOURNAL, "it goes on after 19"),
        (ARCHIVE_ENTRIES_MAX + 1, JOURNAL, "20001 entries are more than 20000"),
        (1, [StoredEntry(1, 1, 1, b"x" * (ENTRY_BYTES_MAX + 1))], "entry 1 is none that a node wrote"),
        (1, [StoredEntry(1, 1, 1, b"\xff")], "entry 1 is none that a node wrote"),
        (64, LARGE, "16777216 bytes of entries are too many"),
    ],
)
def test_a_journal_that_is_not_whole_or_too_large_is_not_packed(
    seq: int, entries: list[StoredEntry], reason: str
) -> None:
    assert pack_journal(GAME, seq, entries) == LeftAsEntries(reason)


def test_the_largest_journal_that_is_packed_is_read_back() -> None:
    last = LARGE[-1]
    whole = [*LARGE[:-1], altered(last, body=last.body[: -20 * len(LARGE)])]

    assert unpack_journal(GAME, packed(whole)) == whole


def test_any_changed_byte_is_noticed() -> None:
    archive = packed()

    for at in range(len(archive.body)):
        body = bytearray(archive.body)
        body[at] ^= 0x10
        with pytest.raises(Unreadable):
            unpack_journal(GAME, replace(archive, body=bytes(body)))


def test_a_record_cut_short_or_that_goes_on_is_noticed() -> None:
    archive = packed()

    for length in range(len(archive.body)):
        with pytest.raises(Unreadable):
            unpack_journal(GAME, replace(archive, body=archive.body[:length]))
    with pytest.raises(Unreadable):
        unpack_journal(GAME, replace(archive, body=archive.body + b"\0"))


@pytest.mark.parametrize("entries", [-1, 0, 1, 19, 21, 2**31 - 1])
def test_a_wrong_number_of_entries_is_noticed(entries: int) -> None:
    with pytest.raises(Unreadable):
        unpack_journal(GAME, replace(packed(), entries=entries))


def test_lengths_that_go_beyond_the_end_are_noticed() -> None:
    raw = struct.pack("<qqI", 1, 1, 2**32 - 1) + b"short"

    with pytest.raises(Unreadable, match="entries end at"):
        unpack_journal(GAME, sealed(raw, 1))


def test_a_record_of_another_game_is_noticed() -> None:
    with pytest.raises(Unreadable, match="digest"):
        unpack_journal(GameId("g2"), packed())


def test_a_record_of_a_later_format_waits_for_a_later_release() -> None:
    with pytest.raises(TooNew, match="journal record version 2 is newer than 1"):
        unpack_journal(GAME, replace(packed(), format=FORMAT + 1))


def test_a_bomb_is_not_inflated() -> None:
    stream = zlib.compressobj(9)
    bomb = b"".join(stream.compress(bytes(1 << 20)) for _ in range(512)) + stream.flush()
    tracemalloc.start()

    with pytest.raises(Unreadable, match="too large"):
        unpack_journal(GAME, Archive(1, FORMAT, bytes(32) + bomb))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * ARCHIVE_BYTES_MAX


def test_a_page_goes_from_the_record_into_what_came_after_it() -> None:
    later = [StoredEntry(21, 9, 9, b"21"), StoredEntry(22, 9, 9, b"22")]

    assert page_of(GAME, packed(), later, 18, 3) == [*JOURNAL[18:], later[0]]
    assert page_of(GAME, None, later, 20, 3) == later
