"""The types the browser is written against are the server's own."""

import importlib.util
import json
from types import ModuleType

import pytest

from minotaur.play import wire


@pytest.fixture(scope="module")
def tool(pytestconfig: pytest.Config) -> ModuleType:
    spec = importlib.util.spec_from_file_location("wire_schema", pytestconfig.rootpath / "tools" / "wire_schema.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_schema_in_the_tree_is_the_one_the_structs_give(tool: ModuleType) -> None:
    in_the_tree = json.loads(tool.SCHEMA_PATH.read_text(encoding="utf-8"))

    assert in_the_tree == tool.wire_schema(), "run `make wire` and commit what it writes"


def test_the_typescript_in_the_tree_is_the_one_the_structs_give(
    tool: ModuleType,
) -> None:
    in_the_tree = tool.TYPESCRIPT_PATH.read_text(encoding="utf-8")

    assert in_the_tree == tool.typescript(tool.wire_schema()), "run `make wire` and commit what it writes"


def test_the_numbers_in_the_tree_are_those_of_the_rules(tool: ModuleType) -> None:
    assert tool.NUMBERS_PATH.read_text(encoding="utf-8") == tool.numbers(), "run `make wire` and commit what it writes"


def test_a_changed_struct_is_noticed(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tool.UNIONS, "ServerMessage", wire.Welcome | wire.Pong)

    assert tool.TYPESCRIPT_PATH.read_text(encoding="utf-8") != tool.typescript(tool.wire_schema())
