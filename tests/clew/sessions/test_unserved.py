"""What is given back, and what a deadline may be: sums without a clock."""

import pytest

from clew.sessions.bounds import AFTER_UNSERVED_MS, CREDIT_MIN_MS, DEADLINE_AHEAD_SLACK_MS
from clew.sessions.time.unserved import Credit, Unserved, credits_of, owes, within_reason

NOW = 1_800_000_000_000
SPAN_MS = 20_000


def test_times_that_are_too_short_alone_add_up() -> None:
    before = Unserved()

    assert not owes(before, Unserved(paused_ms=600))
    assert owes(before, Unserved(paused_ms=600, store_away_ms=400))
    assert owes(before, Unserved(clock_step_ms=-CREDIT_MIN_MS))


def test_a_clock_that_moved_with_a_pause_takes_nothing_and_gives_nothing() -> None:
    assert not owes(Unserved(), Unserved(paused_ms=5_000, clock_step_ms=-5_000))


def test_each_cause_that_counts_has_its_line_and_what_is_small_goes_with_the_largest() -> None:
    total = Unserved(paused_ms=300, store_away_ms=40_000, clock_step_ms=-600_000)

    given = credits_of(Unserved(), total)

    assert given == [Credit(-599_700, "clock_step"), Credit(40_000, "store_away")]
    assert sum(credit.ms for credit in given) == sum(total)


def test_what_adds_up_of_small_pieces_is_one_line() -> None:
    assert credits_of(Unserved(), Unserved(paused_ms=700, store_away_ms=500)) == [Credit(1_200, "paused")]


def test_what_waited_outside_has_a_second_to_come_in() -> None:
    owed = [Credit(5_000, "paused")]

    given = within_reason(owed, NOW - 4_990, SPAN_MS, NOW)

    assert given == [Credit(4_990 + AFTER_UNSERVED_MS, "paused")]


@pytest.mark.parametrize("ahead_ms", [AFTER_UNSERVED_MS, 5_000, SPAN_MS, SPAN_MS + DEADLINE_AHEAD_SLACK_MS])
def test_a_deadline_in_its_place_is_moved_by_what_is_owed_alone(ahead_ms: int) -> None:
    owed = [Credit(5_000, "paused")]

    assert within_reason(owed, NOW + ahead_ms - 5_000, SPAN_MS, NOW) == owed


def test_a_deadline_that_only_a_wrong_clock_can_have_set_comes_back_to_the_rounds_length() -> None:
    given = within_reason([], NOW + 3_600_000, SPAN_MS, NOW)

    assert given == [Credit(SPAN_MS - 3_600_000, "clock_step")]
