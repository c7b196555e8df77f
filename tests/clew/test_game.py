"""A class that can't be a game is refused where it is defined, in one sentence that says what to mend."""

from collections.abc import Mapping, Sequence
from types import new_class
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from clew import Game, InvalidGame, Lot, Outcome, Refused, Seat
from clew.tables.loading import load_game
from tests.clew.tables.duel import Aim, Duel, Event, State, View


class Loose(msgspec.Struct):
    number: int = 0


class Holding(msgspec.Struct, frozen=True):
    loose: tuple[Loose, ...] = ()


class Needing(msgspec.Struct, frozen=True):
    number: int


class Contrary(msgspec.Struct, frozen=True):
    number: Annotated[int, Meta(ge=5, le=1)] | None = None


class Narrow(msgspec.Struct, frozen=True):
    number: Annotated[int, Meta(ge=1, le=5)] = 6


class Untagged(msgspec.Struct, frozen=True):
    other: int = 0


def defined(state: Any = State, plan: Any = Aim, event: Any = Event, view: Any = View, **attributes: Any) -> type:
    """A game like the duel, but for what is said."""
    written: dict[str, Any] = {
        name: getattr(Duel, name) for name in ("setup", "legal", "resolve", "evolve", "view", "tell", "outcome")
    }
    written = {"kind": "duel", "options": Duel.options, **written, **attributes}
    body = {name: value for name, value in written.items() if value is not None}
    base: Any = Game[state, plan, event, view]
    return new_class("Odd", (base,), exec_body=lambda namespace: namespace.update(body))


def tells_loose(_game: object, _event: object, _viewer: object) -> Loose | None: ...


def tells_anything(_game: object, _event: object, _viewer: object) -> Any: ...


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("kind must be 1 to 32 of a-z, 0-9 and -, a letter first, and is 'Bids!'", {"kind": "Bids!"}),
    ("is that of stored games that don't say theirs", {"kind": "minotaur"}),
    ("kind must be", {"kind": None}),
    ("kind must be", {"kind": "a" * 33}),
    ("seats must be (least, greatest) within 1 to 16, and is (3, 2)", {"seats": (3, 2)}),
    ("seats must be", {"seats": 4}),
    ("seats must be", {"seats": (2, 17)}),
    ("round_seconds must be 5 to 86400, and is 4", {"round_seconds": 4}),
    ("it lacks resolve, tell", {"resolve": None, "tell": None}),
    ("state must be a frozen msgspec.Struct, and is int", {"state": int}),
    ("state holds Loose, which is not frozen", {"state": Loose}),
    ("view holds Loose, which is not frozen", {"view": Holding}),
    ("options holds Loose, which is not frozen", {"options": Loose}),
    ("told holds Loose, which is not frozen", {"tell": tells_loose}),
    ("say what tell gives, as in -> Sold | None", {"tell": tells_anything}),
    ("event can't be written as JSON", {"event": Untagged | Needing}),
    ("plan has bounds that nothing keeps, 5 to 1", {"plan": Contrary}),
    ("the option number needs a default", {"options": Needing}),
    ("a default among the options is out of its own bounds", {"options": Narrow}),
    ("a plan can't be made of defaults alone, so idle must be written", {"plan": Needing}),
    ("state_version counts from 1, and is 0", {"state_version": 0}),
    (
        "state_version is 3, and upcast_state needs a step from version 2",
        {"state_version": 3, "upcast_state": {1: dict}},
    ),
    ("event_version is 1, and upcast_event has a step that leads nowhere from version 1", {"upcast_event": {1: dict}}),
]


@pytest.mark.parametrize(("sentence", "wrong"), WRONG)
def test_what_cannot_be_a_game_is_refused_in_one_sentence(sentence: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidGame) as refused:
        defined(**wrong)

    assert str(refused.value).startswith("Odd: ")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_a_game_is_made_of_has_to_be_said() -> None:
    with pytest.raises(InvalidGame, match=r"Bare: say what it is made of, as in Game\[State, Plan, Event, View\]"):

        class Bare(Game):  # pyright: ignore[reportMissingTypeArgument, reportUnusedClass]
            kind = "bare"

            def setup(self, seats: Sequence[Seat], options: Any, lot: Lot) -> Any: ...
            def legal(self, state: Any, seat: Seat, plan: Any) -> Refused | None: ...
            def resolve(self, state: Any, plans: Mapping[Seat, Any], lot: Lot) -> Any: ...
            def evolve(self, state: Any, event: Any) -> Any: ...
            def view(self, state: Any, viewer: Seat | None) -> Any: ...
            def tell(self, event: Any, viewer: Seat | None) -> Any: ...
            def outcome(self, state: Any) -> Outcome | None: ...


def test_a_game_may_be_made_from_another() -> None:
    class Quick(Duel):
        kind = "quick"

    assert Quick.types == Duel.types


def test_a_game_is_found_by_its_name() -> None:
    assert isinstance(load_game("tests.clew.tables.duel:Duel"), Duel)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("bids", "name a game as module:Class"),
        ("nowhere.game:Bids", "there is no module nowhere here"),
        ("tests.clew.nowhere:Bids", "there is no module tests.clew.nowhere here"),
        ("tests.clew.tables.duel:Bids", "tests.clew.tables.duel has no game Bids"),
        ("tests.clew.tables.duel:State", "tests.clew.tables.duel has no game State"),
        ("clew.game:Game", "clew.game has no game Game"),
    ],
)
def test_a_name_that_leads_to_no_game_is_refused(name: str, sentence: str) -> None:
    with pytest.raises(InvalidGame, match=sentence):
        load_game(name)
