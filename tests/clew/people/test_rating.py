"""What people are rated: by places among many at once, and what is shown of it."""

from clew.people.rating import FIRST_SHOWN, rate
from clew.sessions.result_records import Rating


def games(places: list[int], count: int) -> list[Rating]:
    """What all are rated after so many games that ended so."""
    known: list[Rating | None] = [None for _ in places]
    for _ in range(count):
        known = [*rate(known, places)]
    return [each for each in known if each is not None]


def test_a_newcomer_is_shown_as_a_thousand_and_so_is_who_plays_alone() -> None:
    (newcomer,) = rate([None], [1])

    assert newcomer.shown == FIRST_SHOWN == 1000
    assert rate([newcomer], [1]) == [newcomer]
    assert rate([], []) == []


def test_of_many_each_stands_by_their_place() -> None:
    first, second, third, fourth = games([1, 2, 3, 4], 10)

    assert first.shown > second.shown > third.shown > fourth.shown
    assert first.mu > 25 > fourth.mu


def test_those_who_share_a_place_are_rated_alike() -> None:
    first, second, third = games([1, 2, 2], 5)

    assert second == third
    assert first.mu > second.mu


def test_a_win_over_somebody_stronger_is_worth_more() -> None:
    strong, weak = games([1, 2], 20)

    upset, _ = rate([weak, strong], [1, 2])
    expected, _ = rate([strong, weak], [1, 2])

    assert upset.mu - weak.mu > 5 * (expected.mu - strong.mu)


def test_more_games_make_it_surer() -> None:
    few, many = games([1, 1], 2), games([1, 1], 30)

    assert many[0].sigma < few[0].sigma
    assert many[0].shown > few[0].shown
