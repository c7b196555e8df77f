"""Ids and codes come from the source they are given; moments are written as the protocol says."""

import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from clew.people.ids import JOIN_CODE_ALPHABET, JOIN_CODE_CHARS, TOKEN_CHARS_MAX, IdSource, plain_join_code
from clew.wire.moments import rfc3339


@given(st.integers())
def test_a_join_code_survives_being_typed(seed: int) -> None:
    code = IdSource(random.Random(seed).randrange).join_code()

    assert plain_join_code(f"  {code[:2].lower()} {code[2:4]}-{code[4:]}\n") == code


@given(st.text(max_size=12))
def test_what_is_no_code_is_none(raw: str) -> None:
    code = plain_join_code(raw)

    assert code is None or (len(code) == JOIN_CODE_CHARS and set(code) <= set(JOIN_CODE_ALPHABET))


def test_a_source_gives_different_things_and_the_same_source_the_same() -> None:
    one, other = IdSource(random.Random(1).randrange), IdSource(random.Random(1).randrange)

    made = [one.game_id(), one.user_id(), one.token(), one.join_code(), str(one.seed())]

    assert len(set(made)) == len(made)
    assert made == [other.game_id(), other.user_id(), other.token(), other.join_code(), str(other.seed())]
    assert len(made[2]) <= TOKEN_CHARS_MAX


@given(st.integers(0, 4_000_000_000_000))
def test_a_moment_is_written_to_the_millisecond_and_read_back(moment: int) -> None:
    text = rfc3339(moment)

    read = datetime.fromisoformat(text)
    assert text.endswith("Z")
    assert read.tzinfo == UTC
    assert (read - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() == moment / 1000
