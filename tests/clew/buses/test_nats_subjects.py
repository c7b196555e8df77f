"""Names as tokens of a subject."""

import re

from hypothesis import given
from hypothesis import strategies as st

from clew.buses.nats.subjects import Subjects, read, written
from tests.kit.asking import ODD_NAMES

LEGAL = re.compile(r"[^\s.*>]+")
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=50) | st.sampled_from(ODD_NAMES)


@given(name=NAMES)
def test_a_name_becomes_one_legal_token_and_is_read_as_it_was(name: str) -> None:
    assert LEGAL.fullmatch(written(name))
    assert written(name).isascii()
    assert read(written(name)) == name


@given(one=NAMES, other=NAMES)
def test_two_names_never_share_a_subject(one: str, other: str) -> None:
    subjects = Subjects("minotaur", "main")

    assert (subjects.address(one) == subjects.address(other)) == (one == other)
    assert subjects.address(one) != subjects.feed(one, other)


def test_a_plain_name_is_written_as_it_is() -> None:
    assert Subjects("minotaur", "main").feed("gateway-1", "game_1") == "minotaur.v1.main.feed.gateway-1.game_1"
