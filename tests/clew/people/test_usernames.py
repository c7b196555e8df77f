"""What an account may be called, and which two names are one."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.people.names import folded
from clew.people.usernames import clean_username
from clew.wire.errors import ApiError


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Ada", "Ada"),
        ("ada_lovelace-1815.x", "ada_lovelace-1815.x"),
        (" Ada ", "Ada"),
        ("\uff21\uff44\uff41", "Ada"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("Μίνως", "Μίνως"),
        ("阿達さん", "阿達さん"),
        ("김철수", "김철수"),
        ("عائشة", "عائشة"),
        ("x" * 32, "x" * 32),
    ],
)
def test_a_user_name_is_kept_in_one_spelling(raw: str, kept: str) -> None:
    assert clean_username(raw) == kept


@pytest.mark.parametrize(
    "raw",
    [
        *("", "ab", "x" * 33, "a b c", "Ada\0", "Ad\u200ba", "Ad\u202ea", "Ada\ud800", "\u3164\u3164\u3164"),
        *("_ada", "ada.", "---", "ada'; DROP TABLE accounts; --", "ada%", "ada@example.org", "ada/..", "<b>ada</b>"),
        *("Аda", "Adа", "Αda", "ad\u0430", "ꓮdа"),
        "🐂🐂🐂",
    ],
)
def test_a_user_name_that_hides_imitates_or_is_no_word_is_refused(raw: str) -> None:
    with pytest.raises(ApiError) as refused:
        clean_username(raw)

    assert (refused.value.code, refused.value.details) == ("bad_name", {"path": "username"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "aDA"),
        ("Ada", "\uff21\uff44\uff41"),
        ("STRASSE", "straße"),
        ("Zo\u00eb", "ZOE\u0308"),
        ("ΜΊΝΩΣ", "μίνως"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text(max_size=40))
def test_a_key_is_made_of_anything_and_is_that_of_what_is_kept(raw: str) -> None:
    key = folded(raw)

    assert folded(key) == key
    with suppress(ApiError):
        assert folded(clean_username(raw)) == key
