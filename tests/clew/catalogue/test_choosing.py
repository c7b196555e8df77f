"""Which language somebody is spoken to in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.catalogue.bounds import ACCEPT_CHARS_MAX
from clew.catalogue.choosing import chosen

LANGUAGES = ("en", "de", "he")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("DE", "de"),
        ("fr, he;q=0.5", "he"),
        ("en;q=0.3, he;q=0.7", "he"),
        ("he, de", "he"),
        ("iw-IL", "he"),
        ("fr", "en"),
        ("fr, *;q=0.5, de;q=0.1", "en"),
        ("de;q=0", "en"),
        ("de;q=junk, he;q=0.1", "he"),
        ("de;q=2, he;q=0.1", "he"),
        ("de;q=nan, he;q=0.1", "he"),
        ("de;level=1, he", "he"),
        (";;;,,,=q", "en"),
    ],
)
def test_a_browser_is_answered_in_what_it_likes_best_of_what_there_is(accept: str | None, language: str) -> None:
    assert chosen(LANGUAGES, None, accept) == language


def test_what_was_chosen_here_counts_before_what_the_browser_asks_for() -> None:
    assert chosen(LANGUAGES, "he", "de") == "he"


@pytest.mark.parametrize("choice", ["", "fr", "de-AT", "../en", "en" * 1000])
def test_a_choice_that_is_none_is_passed_over(choice: str) -> None:
    assert chosen(LANGUAGES, choice, "de") == "de"


def test_a_header_longer_than_any_browsers_says_nothing() -> None:
    assert chosen(LANGUAGES, None, "de," * ACCEPT_CHARS_MAX) == "en"


@given(st.text(max_size=ACCEPT_CHARS_MAX))
def test_whatever_is_asked_for_the_answer_is_a_language(accept: str) -> None:
    assert chosen(LANGUAGES, None, accept) in LANGUAGES
