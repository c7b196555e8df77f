"""What a player may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.people.names import clean_name
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


@given(st.text(max_size=60))
def test_whatever_is_kept_is_kept_again_unchanged(raw: str) -> None:
    try:
        kept = clean_name(raw)
    except ApiError:
        return

    assert clean_name(kept) == kept
    assert 1 <= len(kept) <= 24
    assert kept == kept.strip()
