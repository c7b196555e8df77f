"""Chance is a function, fair, and tells nothing of itself."""

from collections import Counter

import pytest

from clew.lot import Lot

ITEMS = list("abcdef")


def test_the_same_arguments_give_the_same_answer_in_any_order() -> None:
    lot = Lot.of_round(7, 3)
    first = (lot.number(1, 6, "die"), lot.pick(ITEMS, "card"), lot.shuffled(ITEMS, "deck"))

    again = Lot.of_round(7, 3)

    assert again.shuffled(ITEMS, "deck") == first[2]
    assert (again.number(1, 6, "die"), again.pick(ITEMS, "card")) == first[:2]


def test_the_lots_of_this_release_are_those_of_every_later_one() -> None:
    lot = Lot.of_round(7, 3)

    assert (lot.number(0, 999, "die"), lot.branch("bot").number(0, 999, "die")) == (603, 79)
    assert "".join(lot.shuffled(ITEMS, "deck")) == "ebadfc"


@pytest.mark.parametrize("what", ["seed", "round", "label", "branch"])
def test_whatever_differs_makes_another_lot(what: str) -> None:
    def drawn(number: int) -> int:
        seed, round_number, label, branch = (
            number if name == what else 0 for name in ("seed", "round", "label", "branch")
        )
        return Lot.of_round(seed, round_number).branch(str(branch)).number(0, 5, str(label))

    counted = Counter(drawn(number) for number in range(6_000))

    assert set(counted) == set(range(6))
    assert all(850 <= count <= 1_150 for count in counted.values()), counted


def test_every_order_comes_as_often_as_the_next() -> None:
    orders = Counter("".join(Lot.of_round(seed, 0).shuffled("abc", "deck")) for seed in range(6_000))

    assert len(orders) == 6
    assert all(850 <= count <= 1_150 for count in orders.values()), orders


def test_a_number_lies_within_its_bounds_both_included() -> None:
    assert {Lot.of_round(seed, 1).number(3, 5, "die") for seed in range(100)} == {3, 4, 5}
    assert Lot.of_round(1, 1).number(3, 3, "die") == 3


def test_what_cannot_be_drawn_is_refused() -> None:
    lot = Lot.of_round(1, 1)

    with pytest.raises(ValueError, match="no number from 2 to 1"):
        lot.number(2, 1, "die")
    with pytest.raises(ValueError, match="nothing to pick from for card"):
        lot.pick([], "card")
