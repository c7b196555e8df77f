"""What two journals of one session have in common, by the marks of those who wrote them."""

import pytest

from clew.sessions.bounds import TERMS_KEPT_MAX
from clew.sessions.session.terms import BEFORE_MARKS, Term, Terms, begun, check_terms, last_of, mark_at, shared

MINE: Terms = (Term(1, "a"), Term(5, "b"), Term(9, "c"))


@pytest.mark.parametrize(
    ("others", "others_seq", "in_common"),
    [
        (MINE, 12, 12),
        (MINE, 10, 10),
        ((Term(1, "a"), Term(5, "b"), Term(7, "x")), 20, 6),
        ((Term(1, "a"), Term(3, "x")), 20, 2),
        ((Term(1, "x"),), 20, 0),
        ((Term(4, "x"), Term(6, "y")), 20, 3),
        (BEFORE_MARKS, 7, 0),
    ],
    ids=["all", "a shorter one", "up to another's term", "a part of a term", "nothing", "what is too old", "no marks"],
)
def test_two_journals_share_what_was_written_by_one_memory_and_all_before_it(
    others: Terms, others_seq: int, in_common: int
) -> None:
    assert shared(MINE, 12, others, others_seq) == in_common
    assert shared(others, others_seq, MINE, 12) == in_common


def test_an_entry_is_of_the_term_that_began_before_it() -> None:
    assert [mark_at(MINE, seq) for seq in (1, 4, 5, 8, 9, 30)] == ["a", "a", "b", "b", "c", "c"]
    assert mark_at((Term(7, "late"),), 3) == "late", "the oldest that is known"


def test_a_term_ends_where_the_next_one_begins() -> None:
    assert [last_of(MINE, mark, 12) for mark in ("a", "b", "c", "x")] == [4, 8, 12, None]


def test_the_oldest_terms_are_forgotten() -> None:
    terms: Terms = (Term(1, "1"),)
    for number in range(2, TERMS_KEPT_MAX + 3):
        terms = begun(terms, number, str(number))

    assert (len(terms), terms[0], terms[-1].first) == (TERMS_KEPT_MAX, Term(3, "3"), TERMS_KEPT_MAX + 2)


@pytest.mark.parametrize(
    "terms",
    [(), (Term(0, "a"),), (Term(3, "a"), Term(2, "b")), (Term(1, "a"), Term(1, "b")), (Term(1, "a"), Term(11, "b"))],
    ids=["none", "before the first", "out of order", "twice at once", "after the last"],
)
def test_terms_that_can_be_no_journals_are_refused(terms: Terms) -> None:
    with pytest.raises(ValueError, match="its terms begin with entries"):
        check_terms(terms, 10)


def test_terms_of_a_journal_are_taken_also_where_nothing_was_written_yet() -> None:
    check_terms(MINE, 9)
    check_terms((Term(1, "a"),), 0)
