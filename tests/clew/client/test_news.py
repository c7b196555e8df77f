"""What nobody has read yet is one piece of news."""

import pytest

from clew.client.bounds import EVENTS_UNREAD_MAX
from clew.client.news import Kind, News, Unread, joined


def news(kind: Kind, *seqs: int) -> News:
    return News(kind, seqs[-1], tuple({"type": "told", "seq": seq} for seq in seqs), {"at": seqs[-1]})


def test_two_pieces_are_one_with_all_events_and_the_newest_view() -> None:
    both = joined(news("live", 1, 2), news("live", 3))

    assert [event["seq"] for event in both.events] == [1, 2, 3]
    assert (both.kind, both.seq, both.view) == ("live", 3, {"at": 3})


@pytest.mark.parametrize(
    ("older", "newer", "kind"),
    [("resumed", "live", "resumed"), ("fresh", "resumed", "fresh"), ("changed", "live", "changed")],
)
def test_what_has_to_be_known_of_either_is_known_of_both(older: Kind, newer: Kind, kind: Kind) -> None:
    assert joined(news(older, 1), news(newer, 2)).kind == kind


def test_another_history_leaves_nothing_of_what_was_told_before_it() -> None:
    assert joined(news("live", 7, 8), news("changed", 3)) == news("changed", 3)


def test_what_is_never_read_is_bounded_and_then_has_a_gap() -> None:
    half = EVENTS_UNREAD_MAX // 2 + 1
    both = joined(news("live", *range(1, half + 1)), news("live", *range(half + 1, 2 * half + 1)))

    assert len(both.events) == EVENTS_UNREAD_MAX
    assert (both.kind, both.events[-1]["seq"]) == ("fresh", 2 * half)


async def test_the_last_news_is_read_before_the_end() -> None:
    unread = Unread()
    unread.put(news("live", 1))
    unread.end()

    assert await unread.next() == news("live", 1)
    assert await unread.next() is None
