"""RULES: by lot is a function of the game's seed, the round, the step and what is being decided."""

from collections import Counter

from minotaur.rules.lot import by_lot, shuffled


def test_the_same_question_gets_the_same_answer() -> None:
    assert by_lot("abc", 7, 3, 1, "prey") == by_lot("abc", 7, 3, 1, "prey")


def test_seed_round_step_and_what_is_decided_each_make_a_difference() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"

    questions = [
        {by_lot(letters, n, 1, 1, "prey") for n in range(300)},
        {by_lot(letters, 1, n, 1, "prey") for n in range(300)},
        {by_lot(letters, 1, 1, n, "prey") for n in range(300)},
        {by_lot(letters, 1, 1, 1, f"prey {n}") for n in range(300)},
    ]

    assert all(answers == set(letters) for answers in questions)


def test_each_candidate_is_as_likely_as_the_next() -> None:
    counts = Counter(by_lot("abc", seed, 1, 1, "prey") for seed in range(3000))

    assert all(900 <= counts[letter] <= 1100 for letter in "abc")


def test_shuffling_keeps_everyone_and_prefers_no_order() -> None:
    orders = Counter("".join(shuffled("abc", seed, "starts")) for seed in range(6000))

    assert set(orders) == {"abc", "acb", "bac", "bca", "cab", "cba"}
    assert all(850 <= count <= 1150 for count in orders.values())
    assert shuffled(range(200), 1, "rock") == shuffled(range(200), 1, "rock")
    assert sorted(shuffled(range(200), 1, "rock")) == list(range(200))
