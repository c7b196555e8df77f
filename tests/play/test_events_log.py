"""The log of a match: what each viewer was shown, complete from a known number on, and bounded."""

import msgspec
import pytest

from minotaur.play.codec import MatchCodec
from minotaur.play.events_log import LOG_LINES_KEPT, LOG_LINES_MAX, EventsLog, logged
from minotaur.play.machine import MatchMachine
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.settings import labyrinth
from tests.play.driving import Table

P1, P2, P3 = (player_id(seat) for seat in (1, 2, 3))


def raw(text: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(text))


def public(log: EventsLog, seq: int) -> EventsLog:
    return logged(log, seq, (P1, P2), lambda _: raw(f"public {seq}"))


def private(log: EventsLog, seq: int, *to: PlayerId, each: bool = False) -> EventsLog:
    def told(viewer: PlayerId | None) -> msgspec.Raw | None:
        return raw(f"{viewer if each else 'some'} {seq}") if viewer in to else None

    return logged(log, seq, (P1, P2, P3), told)


def story(log: EventsLog, viewer: PlayerId | None, after: int = 0) -> list[tuple[int, str]]:
    return [(seq, msgspec.json.decode(text)) for seq, text in log.shown_to(viewer, after)]


def test_everyone_reads_what_is_public_and_each_player_what_they_were_shown() -> None:
    log = private(public(EventsLog(0), 1), 2, P1, P2)
    log = private(log, 4, P2, P3, each=True)

    assert story(log, None) == [(1, "public 1")]
    assert story(log, P1) == [(1, "public 1"), (2, "some 2")]
    assert story(log, P2) == [(1, "public 1"), (2, "some 2"), (4, "p2 4")]
    assert story(log, P3, after=2) == [(4, "p3 4")]
    assert log.count == 4


def test_a_log_that_was_never_begun_covers_nothing_and_begins_with_the_next_entry() -> None:
    log = EventsLog()
    assert not log.covers(10**9)

    hidden = private(log, 41)
    begun = public(log, 41)

    assert (hidden.since, hidden.count, begun.since) == (40, 0, 40)
    assert begun.covers(40)
    assert not begun.covers(39)


def test_what_nobody_is_shown_costs_no_line() -> None:
    log = public(EventsLog(0), 1)

    assert private(log, 2) is log


def test_the_oldest_entries_are_dropped_whole_and_the_log_says_since_when_it_is_complete() -> None:
    log = EventsLog(0)
    for seq in range(1, 400):
        log = private(log, seq, P1, P2, P3, each=True)

        assert log.count <= LOG_LINES_MAX
        assert log.since is not None
        assert [number for number, _ in story(log, P2)] == list(range(log.since + 1, seq + 1))
        assert seq <= LOG_LINES_KEPT // 3 or log.count > LOG_LINES_KEPT - 3


@pytest.mark.parametrize("version", [1, 2])
def test_a_stored_state_of_any_age_goes_on_logging(version: int) -> None:
    table = Table.laid(labyrinth(2))
    plain = msgspec.json.decode(MatchCodec().encode_state(table.match))
    if version == 1:
        del plain["events_log"]
    match = MatchCodec().decode_state(msgspec.json.encode(plain), version)

    table.start(humans=1)
    for entry in table.journal[1:]:
        assert entry.event is not None
        match = MatchMachine().evolve(match, entry.event, entry.seq)

    assert match.events_log.shown_to(None, 0) == table.match.events_log.shown_to(None, 0)
    assert match.events_log.covers(1)
    assert match.events_log.covers(0) == (version > 1)
