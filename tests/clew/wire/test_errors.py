"""The error codes that are the same for every game: a closed list, to which a game adds those of its plans."""

import pytest

from clew.wire.errors import ERRORS, ApiError, ErrorKind, errors_with


def test_a_code_outside_the_list_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        ApiError("made_up")


def test_a_games_own_codes_stand_between_those_of_the_round_and_of_who_plays() -> None:
    codes = list(errors_with({"too_heavy": ErrorKind(409, "That is too heavy.")}))

    assert [code for code in codes if code != "too_heavy"] == list(ERRORS)
    assert codes[codes.index("too_heavy") - 1] == "too_early"


def test_a_game_cannot_give_a_code_another_meaning() -> None:
    with pytest.raises(AssertionError):
        errors_with({"busy": ErrorKind(409, "Busy with something else.")})
