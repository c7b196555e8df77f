"""Values are made up from a type's shape: all of them fit it, and its edges come too."""

from enum import Enum
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from msgspec import Meta

from clew import InvalidGame
from clew.testing.exam.strategies import values_of


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Step(msgspec.Struct, frozen=True, tag=True):
    far: Annotated[int, Meta(gt=0, lt=4)]


class Wait(msgspec.Struct, frozen=True, tag=True, array_like=True):
    turns: int = 1


class Tree(msgspec.Struct, frozen=True):
    name: str
    branches: tuple["Tree", ...] = ()


class Everything(msgspec.Struct, frozen=True):
    colour: Colour
    size: Literal[1, 2, "large"]
    even: Annotated[int, Meta(multiple_of=2, ge=10)]
    share: Annotated[float, Meta(ge=0, le=1)]
    code: Annotated[str, Meta(pattern="^[a-f]{2}$")]
    pair: tuple[int, bool]
    few: Annotated[list[str], Meta(min_length=1, max_length=2)]
    chosen: frozenset[int]
    counts: dict[int, str]
    step: Step | None = None
    tree: Tree = Tree("root")
    nothing: None = None


SEATS = ["p1", "p2"]


@given(values_of(Everything, SEATS))
def test_what_is_made_up_fits(value: Everything) -> None:
    plain = msgspec.to_builtins(value, str_keys=True)

    assert msgspec.convert(plain, Everything, str_keys=True) == value
    assert value.even % 2 == 0
    assert value.even >= 10
    assert 1 <= len(value.few) <= 2


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (Annotated[int, Meta(ge=0, le=1000)], 1000),
        (Annotated[int, Meta(ge=0, le=1000)], 0),
        (Annotated[int, Meta(ge=5000)], 5000),
        (Annotated[int, Meta(le=-5000)], -5000),
        (int, -1),
        (str, "p2"),
        (Wait, Wait(0)),
        (int | None, None),
    ],
)
def test_what_matters_is_among_it(made: Any, wanted: object) -> None:
    assert find(values_of(made, SEATS), lambda value: value == wanted) == wanted


def test_what_cannot_be_made_up_is_one_sentence() -> None:
    class Odd(msgspec.Struct, frozen=True):
        raw: msgspec.Raw

    with pytest.raises(InvalidGame, match="the exam can't make up a Raw"):
        find(st.one_of(values_of(Odd, SEATS)), lambda _: True)
