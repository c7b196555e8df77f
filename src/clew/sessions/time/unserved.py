"""Time in which a session's players could not be heard: why, how much of it, and what of it they are given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clew.sessions.bounds import AFTER_UNSERVED_MS, CREDIT_MIN_MS, DEADLINE_AHEAD_SLACK_MS
from clew.sessions.ids import Millis
from clew.sessions.ports.game import Cause


class Credit(NamedTuple):
    """What a deadline is moved by. ``ms`` is negative only for a clock that was set back."""

    ms: int
    why: Cause


class Unserved(NamedTuple):
    """How much a node was unserved since it began, by cause: what deadlines told by its wall clock come too soon by."""

    paused_ms: int = 0
    store_away_ms: int = 0
    clock_step_ms: int = 0


NOTHING_UNSERVED = Unserved()


def owed_ms(credited: Unserved, total: Unserved) -> int:
    """What has come to ``total`` since ``credited``."""
    return sum(total) - sum(credited)


def owes(credited: Unserved, total: Unserved) -> bool:
    """Whether that is so much that it is given back: shorter times add up until it is."""
    return abs(owed_ms(credited, total)) >= CREDIT_MIN_MS


def credits_of(credited: Unserved, total: Unserved) -> list[Credit]:
    """What is given back, by its causes; what is too little for a line of its own goes with the largest."""
    causes: tuple[Cause, ...] = ("paused", "store_away", "clock_step")
    owed = [Credit(now - then, why) for then, now, why in zip(credited, total, causes, strict=True)]
    large = [credit for credit in owed if abs(credit.ms) >= CREDIT_MIN_MS]
    largest = max(large or owed, key=lambda credit: abs(credit.ms))
    rest_ms = owed_ms(credited, total) - sum(credit.ms for credit in large or [largest])
    kept = [credit for credit in large if credit is not largest]
    return [Credit(largest.ms + rest_ms, largest.why), *kept]


def within_reason(owed: Sequence[Credit], due: Millis, span_ms: int, now: Millis) -> list[Credit]:
    """These, and what else moves the deadline to where it may lie.

    At least ``AFTER_UNSERVED_MS`` ahead, where a second or more is given back; at most the round's length, where a
    wrong clock had put it further.
    """
    given = [credit for credit in owed if credit.ms != 0]
    ahead_ms = due + sum(credit.ms for credit in given) - now
    largest = max(given, key=lambda credit: credit.ms, default=None)
    if largest is not None and largest.ms >= CREDIT_MIN_MS and ahead_ms < AFTER_UNSERVED_MS:
        given[given.index(largest)] = Credit(largest.ms + AFTER_UNSERVED_MS - ahead_ms, largest.why)
    if too_far_ahead(now + ahead_ms, span_ms, now):
        given.append(Credit(span_ms - ahead_ms, "clock_step"))
    return given


def too_far_ahead(due: Millis, span_ms: int, now: Millis) -> bool:
    """Whether only a wrong clock can have put a deadline there."""
    return due - now > span_ms + DEADLINE_AHEAD_SLACK_MS
