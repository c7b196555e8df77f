"""A recovery code can't be guessed, and is typed by hand."""

import math
import random

import pytest

from clew.people.ids import IdSource
from clew.people.recovery import GROUP_CHARS, GROUPS, RECOVERY_ALPHABET, plain, written


def test_a_code_has_over_a_hundred_bits_in_groups_of_letters_that_look_like_no_others() -> None:
    shown = written(IdSource(random.Random(1).randrange).recovery_code())

    assert [len(group) for group in shown.split("-")] == [GROUP_CHARS] * GROUPS
    assert len(RECOVERY_ALPHABET) == len(set(RECOVERY_ALPHABET)) and not set(RECOVERY_ALPHABET) & set("01ILOU")
    assert GROUPS * GROUP_CHARS * math.log2(len(RECOVERY_ALPHABET)) >= 100


@pytest.mark.parametrize("typed", ["abcde-fghjk", " ABCDE FGHJK\n", "a b c d e-f-g-h-j-k", "\u00a0abcdefghjk"])
def test_however_it_is_typed_it_is_the_code(typed: str) -> None:
    assert plain(typed) == "ABCDEFGHJK"
