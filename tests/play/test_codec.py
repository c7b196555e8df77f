"""What is read back of a match equals what was written, for any reachable match."""

import msgspec
import pytest
from hypothesis import given

from clew.sessions.faults import TooNew
from clew.sessions.ids import PlayerId as SeatId
from minotaur.play.codec import MatchCodec
from minotaur.play.views import view_of
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from tests.play.driving import MACHINE, Table, tables

CODEC = MatchCodec()


@given(tables())
def test_a_match_is_read_back_as_it_was_written(table: Table) -> None:
    raw = CODEC.encode_state(table.match)

    read = CODEC.decode_state(raw, CODEC.state_version)

    assert read == table.match
    assert CODEC.encode_state(read) == raw


@given(tables())
def test_what_was_read_back_shows_everyone_the_same(table: Table) -> None:
    read = CODEC.decode_state(CODEC.encode_state(table.match), CODEC.state_version)

    viewers = [None, *(SeatId(player_id(seat)) for seat in range(1, len(table.match.members) + 1))]

    assert [view_of(read, viewer) for viewer in viewers] == [view_of(table.match, viewer) for viewer in viewers]


@given(tables())
def test_events_are_read_back_as_they_were_written_and_make_the_same_match(table: Table) -> None:
    match = None
    for entry in table.journal:
        assert entry.event is not None
        read = CODEC.decode_event(CODEC.encode_event(entry.event), CODEC.event_version)
        assert read == entry.event
        match = MACHINE.evolve(match, read, entry.seq)

    assert match == table.match


def test_the_fault_of_a_later_releases_version_names_it_and_the_newest_that_is_read() -> None:
    table = Table.laid(labyrinth(2))
    raw = CODEC.encode_state(table.match)
    later, newest = CODEC.state_version + 7, CODEC.state_version

    with pytest.raises(
        TooNew, match=f"^version: state version {later} is newer than {newest}, the newest that this release"
    ):
        CODEC.decode_state(raw, later)
    with pytest.raises(TooNew, match=f"^version: event version {CODEC.event_version + 1} is newer"):
        CODEC.decode_event(b"{}", CODEC.event_version + 1)


@pytest.mark.parametrize("version", [0, -1])
def test_a_version_that_never_was_is_an_error(version: int) -> None:
    with pytest.raises(ValueError, match="never was"):
        CODEC.decode_state(CODEC.encode_state(Table.laid(labyrinth(2)).match), version)
    with pytest.raises(ValueError, match="never was"):
        CODEC.decode_event(b"{}", version)


@pytest.mark.parametrize("raw", [b"", b"{", b"{}", b"null", b'{"type":"nothing_known"}'])
def test_bytes_that_are_no_match_are_an_error(raw: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        CODEC.decode_state(raw, CODEC.state_version)
    with pytest.raises(msgspec.MsgspecError):
        CODEC.decode_event(raw, CODEC.event_version)
