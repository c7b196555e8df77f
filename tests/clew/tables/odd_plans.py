"""Plans of every shape that a form may have to be made of, and what their schemas are.

``python -m tests.clew.tables.odd_plans`` writes them where the tests of the page read them.
"""

from __future__ import annotations

import enum
import json
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from clew import Seat

ROOT: Final = Path(__file__).resolve().parents[3]
PATH: Final = ROOT / "clients" / "page" / "tests" / "schemas.json"
ADA: Final = msgspec.convert("p1", Seat)


class Pace(enum.Enum):
    SLOW = "slow"
    VERY_FAST = "very_fast"


class Numbers(msgspec.Struct, frozen=True):
    """Every number."""

    dozen: Annotated[int, Meta(ge=0, le=12)]
    even: Annotated[int, Meta(gt=0, lt=100, multiple_of=2)]
    share: Annotated[float, Meta(gt=0, le=1, description="Of the pot")]
    any_number: int = 5


class Texts(msgspec.Struct, frozen=True):
    word: Annotated[str, Meta(min_length=1, max_length=8)]
    code: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "AB"


class Choices(msgspec.Struct, frozen=True):
    pace: Pace
    colour: Literal["red", "blue"] = "red"
    about: Literal["red", "blue"] | Annotated[int, Meta(ge=1, le=3)] = 2
    loud: bool = False


class People(msgspec.Struct, frozen=True):
    """Whom it concerns."""

    to: Seat
    instead: Seat | None = None
    shares: dict[Seat, int] = {}


class At(msgspec.Struct, frozen=True):
    x: int
    y: int = 0


class Pair(msgspec.Struct, frozen=True, array_like=True):
    left: int
    right: str


class Lists(msgspec.Struct, frozen=True):
    path: Annotated[tuple[At, ...], Meta(min_length=1, max_length=3)]
    pair: tuple[int, str]
    as_array: Pair
    tags: frozenset[str] = frozenset()
    by_number: dict[int, At] = {}


class Go(msgspec.Struct, frozen=True, tag=True):
    """One step."""

    way: Literal["left", "right"]


class Wait(msgspec.Struct, frozen=True, tag=True):
    pass


class Both(msgspec.Struct, frozen=True, tag=True):
    """One thing, and then another."""

    first: Step
    then: Step | None = None


Step = Go | Wait | Both


class Steps(msgspec.Struct, frozen=True):
    steps: tuple[Step, ...] = ()


class Inner(msgspec.Struct, frozen=True):
    at: Annotated[At, Meta(description="Where it stands")]
    size: At = At(1, 1)
    note: str | int | None = None
    made_up: list[At] = msgspec.field(default_factory=lambda: [At(2)])
    anything: Any = None


PLANS: Final[tuple[tuple[str, Any, tuple[Any, ...]], ...]] = (
    ("numbers", Numbers, (Numbers(0, 2, 0.5), Numbers(12, 98, 1.0, -3))),
    ("texts", Texts, (Texts("a"),)),
    ("choices", Choices, (Choices(Pace.VERY_FAST), Choices(Pace.SLOW, "blue", "red", loud=True))),
    ("people", People, (People(ADA), People(ADA, ADA, {ADA: 3}))),
    ("lists", Lists, (Lists((At(1),), (2, "b"), Pair(1, "r"), frozenset({"t"}), {4: At(1, 2)}),)),
    ("one_step", Step, (Go("left"), Wait(), Both(Wait(), Both(Go("right"), Go("left"))))),
    ("steps", Steps, (Steps(), Steps((Wait(), Both(Wait()))))),
    ("inner", Inner, (Inner(At(1)), Inner(At(1), At(3), "n", [], {"a": [1]}), Inner(At(1), note=3))),
)


def fixture() -> str:
    """The schema of each plan, and some of such plans as JSON."""
    made = {
        name: {"schema": msgspec.json.schema(plan), "values": json.loads(msgspec.json.encode(values))}
        for name, plan, values in PLANS
    }
    return json.dumps(made, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(fixture(), encoding="utf-8")
