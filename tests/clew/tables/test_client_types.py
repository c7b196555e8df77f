"""What ``@clew/client`` says of a table, by hand, is what the server says: the same fields, and the same words."""

import re
from typing import Any, Final, get_args

import msgspec
import pytest

from clew.tables import telling, views
from clew.tables.lobby.listing import PlayerStatus
from clew.tables.serving.wire import TableInfo
from clew.tables.serving.wire_replay import AnyReplayEvent, ReplayInitial
from clew.tables.table import CreditWhy, OverWhy
from clew.wire.http import KindInfo
from tests.clew.tables.odd_plans import ROOT

TYPES: Final = (ROOT / "clients" / "ts" / "src" / "tables.ts").read_text(encoding="utf-8")
MADE_OF_THE_GAME: Final = {"kind", "options"}
"""What a listing has besides, in types that are made when the game is known."""
NOT_TYPED: Final = {"command_id", "round_ends_at", "on_turn", "autopilot"}
"""Of replays: what no page has asked for yet."""


def fields_of(struct: Any) -> set[str]:
    return set(struct.__struct_fields__)


def interface(name: str) -> set[str]:
    """The names of its fields."""
    body = re.search(rf"export interface {name}\b[^{{]*{{\n(.*?)\n}}", TYPES, re.DOTALL)
    assert body is not None, name
    return set(re.findall(r"^  (\w+)\??:", body[1], re.MULTILINE))


def words(name: str) -> set[str]:
    """The texts of a closed choice."""
    choice = re.search(rf"export type {name} =\s*([^;]+);", TYPES)
    assert choice is not None, name
    return set(re.findall(r'"(\w+)"', choice[1]))


def words_of(choice: Any) -> list[str]:
    """The texts of a closed choice, be it one of choices."""
    return [word for each in get_args(choice) for word in ([each] if isinstance(each, str) else get_args(each))]


def told(block: str) -> dict[str, set[str]]:
    """By what it is called, the fields of each member of a union of events."""
    members = re.findall(r'\{ type: "(\w+)"(.*?) \}(?=\n|;)', block)
    return {tag: set(re.findall(r"; (\w+):", rest)) for tag, rest in members}


@pytest.mark.parametrize(
    ("name", "struct", "besides"),
    [
        ("TableView", views.TableView, set[str]()),
        ("You", views.You, set[str]()),
        ("TablePlayer", views.PlayerInfo, set[str]()),
        ("TableInfo", TableInfo, MADE_OF_THE_GAME),
        ("Kind", KindInfo, set[str]()),
    ],
)
def test_the_client_knows_every_field(name: str, struct: Any, besides: set[str]) -> None:
    assert interface(name) == fields_of(struct) | besides


@pytest.mark.parametrize(
    ("name", "choice"), [("PlayerStatus", PlayerStatus), ("OverWhy", OverWhy), ("CreditWhy", CreditWhy)]
)
def test_the_client_knows_every_word(name: str, choice: Any) -> None:
    assert words(name) == set(words_of(choice))


def test_the_client_knows_all_that_is_told() -> None:
    block = TYPES.partition("type Told<")[2].partition(";\n\n")[0] + "\n"
    structs = [getattr(each, "__origin__", each) for each in get_args(telling.TableTold)]

    assert told(block) == {tag_of(struct): fields_of(struct) - {"round"} for struct in structs}


def test_the_client_knows_every_event_of_a_replay() -> None:
    block = TYPES.partition("export type ReplayedEvent<")[2].partition(");")[0]
    known = {**told(TYPES.partition("type Told<")[2].partition(";\n\n")[0] + "\n"), **told(block)}
    del known["game_canceled"]
    structs = [getattr(each, "__origin__", each) for each in get_args(AnyReplayEvent)]
    real = {tag_of(struct): fields_of(struct) - {"seq", "at", "round"} for struct in structs}

    assert {tag: fields - NOT_TYPED for tag, fields in known.items()} == {
        tag: fields - NOT_TYPED for tag, fields in real.items()
    }
    initial = re.search(r"initial: \{\n(.*?)\n  \};", TYPES, re.DOTALL)
    assert initial is not None
    assert set(re.findall(r"^    (\w+):", initial[1], re.MULTILINE)) == fields_of(ReplayInitial)


def tag_of(struct: type[msgspec.Struct]) -> str:
    tag = struct.__struct_config__.tag
    assert isinstance(tag, str)
    return tag
