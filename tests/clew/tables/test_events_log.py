"""The log of a game: what each viewer was shown, complete from a known number on, and bounded."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew import Seat
from clew.gateway.resuming import counted_back
from clew.tables.log.bounds import LOG_LINES_KEPT, LOG_LINES_MAX
from clew.tables.log.events_log import WATCHING, EventsLog, LogDraft, LogLine, Private

P1, P2, P3 = Seat("p1"), Seat("p2"), Seat("p3")


def raw(text: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(text))


def logged(log: EventsLog, seq: int, *lines: LogLine, begins_round: bool = False) -> EventsLog:
    draft = LogDraft(log)
    draft.add(seq, lines, begins_round=begins_round)
    return draft.log


def public(log: EventsLog, seq: int) -> EventsLog:
    return logged(log, seq, LogLine(seq, None, raw(f"public {seq}")))


def private(log: EventsLog, seq: int, *to: Seat, each: bool = False) -> EventsLog:
    if each:
        return logged(log, seq, *(LogLine(seq, (viewer,), raw(f"{viewer} {seq}")) for viewer in to))
    return logged(log, seq, *([LogLine(seq, to, raw(f"some {seq}"))] if to else []))


def of_lines(count: int) -> EventsLog:
    log = EventsLog()
    for seq in range(1, count + 1):
        log = public(log, seq)
    return log


def story(log: EventsLog, viewer: Seat | None, after: int = 0) -> list[tuple[int, str]]:
    return [(seq, msgspec.json.decode(text)) for seq, text in log.shown_to(viewer) if seq > after]


def numbers(log: EventsLog, viewer: Seat | None) -> list[tuple[int, int]]:
    """The viewer's own, and the entries they are."""
    told = counted_back(log.last_number(viewer, 0), log.shown_to(viewer), log.own_since)
    return [(one.number, one.seq) for one in told]


def test_everyone_reads_what_is_public_and_each_player_what_they_were_shown() -> None:
    log = private(public(EventsLog(), 1), 2, P1, P2)
    log = private(log, 4, P2, P3, each=True)

    assert story(log, None) == [(1, "public 1")]
    assert story(log, P1) == [(1, "public 1"), (2, "some 2")]
    assert story(log, P2) == [(1, "public 1"), (2, "some 2"), (4, "p2 4")]
    assert story(log, P3, after=2) == [(4, "p3 4")]
    assert log.count == 4


def test_a_log_that_was_never_begun_begins_with_the_next_entry() -> None:
    log = EventsLog(None)

    hidden = private(log, 41)
    begun = public(log, 41)

    assert (hidden.since, hidden.count, begun.since) == (40, 0, 40)


@given(
    st.lists(st.lists(st.sampled_from([P1, P2, P3, WATCHING]), unique=True) | st.none(), max_size=2 * LOG_LINES_MAX),
    st.integers(1, LOG_LINES_MAX),
    st.booleans(),
)
def test_entries_added_together_make_the_log_that_they_make_one_by_one(
    entries: list[list[Seat] | None], together: int, old: bool
) -> None:
    one_by_one = batched = EventsLog(None, own_since=None) if old else EventsLog()
    for first in range(0, len(entries), together):
        draft = LogDraft(batched)
        for seq, readers in enumerate(entries[first : first + together], first + 1):
            begins = readers is None and seq % 5 == 0
            lines = [LogLine(seq, (reader,), raw(reader)) for reader in readers or ()]
            if readers is None:
                lines = [LogLine(seq, None, raw("all"))]
            one_by_one = logged(one_by_one, seq, *lines, begins_round=begins)
            draft.add(seq, lines, begins_round=begins)
        batched = draft.log

    assert batched == one_by_one
    batched.check()


def test_a_viewers_numbers_count_what_that_viewer_is_told() -> None:
    log = private(private(public(public(EventsLog(), 2), 3), 4, P1), 7, P2, P1, each=True)
    log = public(log, 9)

    assert numbers(log, None) == [(1, 2), (2, 3), (3, 9)]
    assert numbers(log, P1) == [(1, 2), (2, 3), (3, 4), (4, 7), (5, 9)]
    assert numbers(log, P2) == [(1, 2), (2, 3), (3, 7), (4, 9)]
    assert [log.last_number(viewer, 9) for viewer in (None, P1, P2, P3)] == [3, 5, 4, 3]


def test_numbers_are_the_same_however_much_of_the_log_is_left() -> None:
    log = EventsLog()
    for seq in range(1, 300):
        log = private(log, seq, P1) if seq % 3 else public(log, seq)

        assert numbers(log, P1) == [(entry, entry) for _, entry in numbers(log, P1)]
        assert numbers(log, None) == [(entry // 3, entry) for _, entry in numbers(log, None)]


def test_a_log_of_the_first_edition_numbers_by_the_journal_until_a_round_begins() -> None:
    log = private(EventsLog(40, own_since=None), 43, P1)
    log = private(log, 46, P2)
    assert (numbers(log, P1), log.last_number(P1, 47), log.last_number(None, 47)) == ([(43, 43)], 47, 47)

    log = logged(log, 50, LogLine(50, None, raw("round")), begins_round=True)
    log = private(private(log, 53, P1), 57, P1)
    log = logged(log, 60, LogLine(60, None, raw("round")), begins_round=True)

    assert numbers(log, P1) == [(43, 43), (50, 50), (51, 53), (52, 57), (53, 60)]
    assert numbers(log, P2) == [(46, 46), (50, 50), (51, 60)]
    assert [log.last_number(viewer, 60) for viewer in (None, P1, P2)] == [51, 53, 51]


def test_what_nobody_is_shown_costs_no_line() -> None:
    log = public(EventsLog(), 1)

    assert private(log, 2) is log
    assert logged(log, 2) is log


def test_the_oldest_entries_are_dropped_whole_and_the_log_says_since_when_it_is_complete() -> None:
    log = EventsLog()
    for seq in range(1, 400):
        log = private(log, seq, P1, P2, P3, each=True)

        assert log.count <= LOG_LINES_MAX
        assert log.since is not None
        assert [number for number, _ in story(log, P2)] == list(range(log.since + 1, seq + 1))
        assert seq <= LOG_LINES_KEPT // 3 or log.count > LOG_LINES_KEPT - 3


def test_who_only_watches_may_be_told_something_of_their_own() -> None:
    log = private(private(public(EventsLog(), 1), 2, WATCHING), 3, P1, WATCHING, each=True)

    assert story(log, None) == [(1, "public 1"), (2, "some 2"), (3, " 3")]
    assert numbers(log, None) == [(1, 1), (2, 2), (3, 3)]
    assert numbers(log, P1) == [(1, 1), (2, 3)]
    assert numbers(log, P2) == [(1, 1)]
    assert [log.was_told_since(viewer, 1) for viewer in (None, P1, P2)] == [True, True, False]


def test_as_many_lines_are_kept_as_may_be_and_one_more_leaves_the_newest() -> None:
    assert (of_lines(LOG_LINES_MAX).count, of_lines(LOG_LINES_MAX).since) == (LOG_LINES_MAX, 0)

    shortened = of_lines(LOG_LINES_MAX + 1)

    assert (shortened.count, shortened.since) == (LOG_LINES_KEPT, LOG_LINES_MAX + 1 - LOG_LINES_KEPT)
    assert story(shortened, P1)[0][0] == LOG_LINES_MAX + 2 - LOG_LINES_KEPT
    assert shortened.last_number(P1, LOG_LINES_MAX + 1) == LOG_LINES_MAX + 1


def test_an_entry_that_would_be_cut_in_two_is_dropped_whole() -> None:
    log = EventsLog()
    for seq in range(1, LOG_LINES_MAX):
        log = private(log, seq, P1, P2, each=True)
    log = public(log, LOG_LINES_MAX)

    shown = [seq for seq, _ in log.shown_to(P1)]

    assert log.since is not None
    assert shown == list(range(log.since + 1, LOG_LINES_MAX + 1))
    assert [seq for seq, _ in log.shown_to(P2)] == shown


@pytest.mark.parametrize(
    "broken",
    [
        {"count": 3},
        {"lines": of_lines(2).lines, "count": 1},
        {"lines": msgspec.Raw(b"[[2,null,1],[1,null,1]]")},
        {"public": -1},
        {"private": {P1: Private(-1, 2)}},
        {"lines": msgspec.Raw(b"spoiled")},
    ],
    ids=["more than there are", "fewer", "out of order", "less than nothing", "less than that alone", "no lines"],
)
def test_a_log_that_is_not_what_it_says_it_is_is_refused(broken: dict[str, object]) -> None:
    of_lines(2).check()

    with pytest.raises((ValueError, msgspec.MsgspecError)):
        msgspec.structs.replace(of_lines(2), **broken).check()
