"""Seats change hands in the lobby: which were given up, and that who sits down next is owed none of the answers."""

import pytest

from clew.sessions.ids import PlayerId, UserId
from clew.sessions.records import Acknowledged, PlayerSummary, Receipt, Summary
from clew.sessions.session.answers import Answers, recall, remember, without

P1, P2 = PlayerId("p1"), PlayerId("p2")
ASKED = Receipt(P2, "asked")


def lobby(**seats: str | None) -> Summary:
    return Summary(
        "lobby",
        0,
        tuple(
            PlayerSummary(PlayerId(seat), None if user is None else UserId(user), "waiting")
            for seat, user in seats.items()
        ),
    )


@pytest.mark.parametrize(
    ("before", "after", "given_up"),
    [
        (lobby(p1="ada"), lobby(p1="ada", p2="bob"), ()),
        (lobby(p1="ada", p2="bob"), lobby(p1="ada", p2="bob"), ()),
        (lobby(p1="ada", p2="bob"), lobby(p1="ada"), ("p2",)),
        (lobby(p1="ada", p2="bob", p3="cy"), lobby(p1="ada", p3="cy"), ("p2",)),
        (lobby(p1="ada", p2="bob"), lobby(p1="ada", p2="cy"), ("p2",)),
        (lobby(p1="ada", p2="bob"), lobby(p1="bob", p2="ada"), ("p1", "p2")),
        (lobby(p1="ada", p2=None), lobby(p1="ada", p2="bob"), ("p2",)),
        (lobby(p1="ada", p2="bob"), lobby(p1="ada", p2=None), ("p2",)),
        (lobby(p1="ada"), Summary("active", 1, lobby(p1="ada", p2=None).players), ()),
    ],
)
def test_a_seat_is_given_up_where_somebody_had_it_and_has_it_no_more(
    before: Summary, after: Summary, given_up: tuple[str, ...]
) -> None:
    assert after.given_up_since(before) == given_up


def test_in_a_game_that_is_on_no_seat_changes_hands() -> None:
    before = Summary("active", 3, lobby(p1="ada", p2="bob").players)
    after = Summary("active", 4, lobby(p1="ada").players)

    assert after.given_up_since(before) == ()


def test_who_sits_down_where_somebody_asked_before_asks_anew() -> None:
    answers: Answers = remember(remember({}, Receipt(P1, "mine"), 4, None), ASKED, 5, None)

    left = without(answers, [P2])

    assert recall(answers, ASKED) == Acknowledged(5)
    assert recall(left, ASKED) is None
    assert recall(left, Receipt(P1, "mine")) == Acknowledged(4)
    assert without(answers, [PlayerId("p7")]) is answers
