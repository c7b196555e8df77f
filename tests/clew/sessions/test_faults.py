"""Faults as they are told."""

from clew.sessions.bounds import REASON_CHARS_MAX
from clew.sessions.faults import in_short


def test_an_error_in_short_is_one_line_of_bounded_length() -> None:
    told = in_short(ValueError("not\n  this\tone " + "x" * 1_000))

    assert told.startswith("ValueError: not this one xxx")
    assert len(told) == REASON_CHARS_MAX
