"""What a player may be called."""

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.people.names import bare, can_be_seen, clean_name, told_apart
from clew.wire.errors import ApiError


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Ada", "Ada"),
        ("  Ada  ", "Ada"),
        ("Ada   Lovelace", "Ada Lovelace"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("阿達", "阿達"),
        ("Ada\u00a0L", "Ada L"),
        ("x" * 24, "x" * 24),
        ("🐂", "🐂"),
    ],
)
def test_a_name_is_kept_trimmed_and_composed(raw: str, kept: str) -> None:
    assert clean_name(raw) == kept


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "   ",
        "x" * 25,
        "a\u202eb",
        "a\u200bb",
        "\u2066a",
        "a\x00b",
        "a\nb",
        "\u3164",
        "\u2800",
        "a\ufe0f",
        "\U000e0041",
        "e\u0323\u0302\u0301\u0300\u0300",
        "\u0301a",
        "a\ud800",
    ],
)
def test_a_name_that_hides_or_turns_text_is_refused(raw: str) -> None:
    with pytest.raises(ApiError) as refused:
        clean_name(raw)

    assert refused.value.code == "bad_name"
    assert refused.value.status == 422


@pytest.mark.parametrize("raw", ["Minotaur", "MINOTAUR", "m i n o t a u r", "Míno-taur!", "\uff2dinotaur"])
def test_what_the_game_is_called_is_nobodys_name_however_it_is_spelled(raw: str) -> None:
    with pytest.raises(ApiError) as refused:
        clean_name(raw, {bare("Minotaur")})

    assert refused.value.code == "bad_name"
    assert clean_name("Minotaur 2", {bare("Minotaur")}) == "Minotaur 2"


_SHOWN: Final = frozenset("\u2400\u2422\ua8f9\U00010af6\U0001144e\U00011945")
"""Signs for what can't be seen, and strokes that fill a line: they can."""


def test_nothing_that_unicode_calls_blank_null_filler_joiner_or_selector_is_a_name() -> None:
    unseen = {"BLANK", "NULL", "FILLER", "JOINER", "SELECTOR", "INVISIBLE", "INHERENT"}
    found = [chr(number) for number in range(0x110000) if unseen & set(unicodedata.name(chr(number), "").split())]

    let_through = {char for char in found if char not in _SHOWN and can_be_seen(f"a{char}")}

    assert let_through == set()
    assert not can_be_seen("\U0001d159")


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([], "Ada"),
        (["Bob"], "Ada"),
        (["Ada"], "Ada (2)"),
        (["ADA", "Bob"], "Ada (2)"),
        (["\uff21da"], "Ada (2)"),
        (["Ada", "Ada (2)", "ada (3)"], "Ada (4)"),
        (["Ada (2)"], "Ada"),
    ],
)
def test_two_of_one_name_are_told_apart_by_a_number(others: list[str], told: str) -> None:
    assert told_apart("Ada", others) == told


@given(st.text(max_size=60))
def test_whatever_is_kept_is_kept_again_unchanged(raw: str) -> None:
    try:
        kept = clean_name(raw)
    except ApiError:
        return

    assert clean_name(kept) == kept
    assert 1 <= len(kept) <= 24
    assert kept == kept.strip()
