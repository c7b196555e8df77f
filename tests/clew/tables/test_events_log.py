"""What was shown of a table's latest entries, to whom, and under which of their numbers."""

import msgspec
import pytest

from clew import Seat
from clew.tables.bounds import LOG_LINES_KEPT, LOG_LINES_MAX
from clew.tables.events_log import WATCHING, Count, EventsLog

ADA, BO = Seat("p1"), Seat("p2")
SAID = msgspec.Raw(b'"said"')


def log_of(entries: int) -> EventsLog:
    log = EventsLog().with_reader(ADA).with_reader(BO)
    for seq in range(1, entries + 1):
        log = log.with_entry(seq, SAID)
    return log


def test_as_many_lines_are_kept_as_may_be_and_one_more_leaves_the_newest() -> None:
    assert (log_of(LOG_LINES_MAX).count, log_of(LOG_LINES_MAX).since) == (LOG_LINES_MAX, 0)

    shortened = log_of(LOG_LINES_MAX + 1)

    assert (shortened.count, shortened.since) == (LOG_LINES_KEPT, LOG_LINES_MAX + 1 - LOG_LINES_KEPT)
    assert shortened.shown_to(ADA)[0] == (shortened.since + 1, SAID)
    assert shortened.last_number(ADA) == LOG_LINES_MAX + 1


def test_an_entry_that_would_be_cut_in_two_is_dropped_whole() -> None:
    log = log_of(0)
    for seq in range(1, LOG_LINES_MAX):
        log = log.with_entry(seq, {ADA: msgspec.Raw(b'"a"'), BO: msgspec.Raw(b'"b"')})
    log = log.with_entry(LOG_LINES_MAX, SAID)

    shown = [seq for seq, _ in log.shown_to(ADA)]

    assert shown == list(range(log.since + 1, LOG_LINES_MAX + 1))
    assert [seq for seq, _ in log.shown_to(BO)] == shown


def test_each_reader_counts_what_they_were_told_and_who_has_no_seat_what_all_are() -> None:
    log = log_of(2).with_entry(3, {ADA: SAID}).with_entry(4, None)

    assert [log.last_number(viewer) for viewer in (ADA, BO, None, Seat("p9"))] == [3, 2, 2, 2]
    assert [log.was_told_since(viewer, 2) for viewer in (ADA, BO, None)] == [True, False, False]
    assert [len(log.shown_to(viewer)) for viewer in (ADA, BO, None)] == [3, 2, 2]


@pytest.mark.parametrize(
    "broken",
    [
        {"count": 3},
        {"lines": log_of(2).lines, "count": 1},
        {"lines": msgspec.Raw(b"[[2,null,1],[1,null,1]]")},
        {"counts": {ADA: Count(2, 2)}},
        {"counts": {WATCHING: Count(-1, 2)}},
        {"lines": msgspec.Raw(b"spoiled")},
    ],
    ids=["more than there are", "fewer", "out of order", "nobody who watches", "less than nothing", "no lines"],
)
def test_a_log_that_is_not_what_it_says_it_is_is_refused(broken: dict[str, object]) -> None:
    log_of(2).check()

    with pytest.raises((ValueError, msgspec.MsgspecError)):
        msgspec.structs.replace(log_of(2), **broken).check()
