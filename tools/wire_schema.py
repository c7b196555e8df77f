"""Write the wire's types for others: JSON Schema and TypeScript, from the server's own structs.

Run by ``make wire``; ``tests/play/test_wire_types.py`` fails when the files in ``ui/`` differ from what this makes.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from clew.wire import http, shapes
from minotaur.play import wire, wire_http, wire_replay, wire_shapes

ROOT: Final = Path(__file__).resolve().parent.parent
SCHEMA_PATH: Final = ROOT / "ui" / "wire.schema.json"
TYPESCRIPT_PATH: Final = ROOT / "ui" / "src" / "lib" / "wire.ts"

Schema = dict[str, Any]
Names = dict[str, str]

UNIONS: Final[dict[str, Any]] = {
    "ClientMessage": wire.ClientMessage,
    "ServerMessage": wire.ServerMessage,
    "ShownEvent": wire.ShownEvent,
    "PlanStep": wire_shapes.PlanStep,
    "ReplayEvent": wire_replay.ReplayEvent,
    "GameStatus": shapes.GameStatus,
    "PlayerStatus": wire_shapes.PlayerStatus,
    "Terrain": wire_shapes.Terrain,
    "Direction": wire_shapes.Direction,
    "PresetName": wire_shapes.PresetName,
    "BotKind": wire_shapes.BotKind,
    "CharacterKind": wire_shapes.CharacterKind,
    "ViewerKind": shapes.ViewerKind,
}
BODIES: Final[tuple[Any, ...]] = (
    http.CreateGuest,
    http.Guest,
    http.Me,
    wire_http.CreateGame,
    http.CreatedGame,
    http.Joined,
    wire_http.GameInfo,
    wire_http.GamesPage,
    wire_replay.Replay,
    shapes.ErrorAnswer,
)
REFERENCE: Final = "#/$defs/"
RENAMED: Final = {"Move": "MoveStep", "Attack": "AttackStep", "Wait": "WaitStep"}
"""Structs of the rules whose names say too little on their own."""

REQUESTS: Final = frozenset({"CreateGuest", "CreateGame"})
"""Bodies a client writes: their fields with defaults may be left out. In all others every field is there."""

HEAD: Final = (
    "// Generated from the server's structs by `make wire`. Do not edit: change src/minotaur/play/wire*.py instead.\n"
)


def wire_schema() -> Schema:
    """One JSON Schema document with every type of the wire under ``$defs``."""
    types = [*UNIONS.values(), *BODIES]
    named, components = msgspec.json.schema_components(types, ref_template=REFERENCE + "{name}")
    unions = {name: named[i] for i, name in enumerate(UNIONS)}
    definitions = {RENAMED.get(name, name): body for name, body in {**components, **unions}.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Minotaur wire protocol, version 1",
        "$defs": {name: _renamed(definitions[name]) for name in sorted(definitions)},
    }


def _renamed(shape: Any) -> Any:
    match shape:
        case dict():
            known = cast("Schema", shape)
            return {key: _renamed(value) for key, value in known.items()}
        case list():
            return [_renamed(value) for value in cast("list[Any]", shape)]
        case str() if shape.removeprefix(REFERENCE) in RENAMED:
            return REFERENCE + RENAMED[shape.removeprefix(REFERENCE)]
        case _:
            return shape


def typescript(schema: Schema) -> str:
    """The same types as TypeScript, one exported type per definition."""
    names = {_choices(schema["$defs"][name]): name for name in UNIONS}
    return HEAD + "".join(_declaration(name, body, names) for name, body in schema["$defs"].items())


def _choices(shape: Schema) -> str:
    """What makes two unions the same one."""
    return json.dumps(shape.get("anyOf") or shape.get("enum"))


def _declaration(name: str, body: Schema, names: Names) -> str:
    comment = f"/** {' '.join(body['description'].split())} */\n" if "description" in body else ""
    if body.get("type") == "object" and "properties" in body:
        return f"\n{comment}export interface {name} {{\n{_fields(name, body, names)}}}\n"
    return f"\n{comment}export type {name} = {_expression(body, {})};\n"


def _fields(name: str, body: Schema, names: Names) -> str:
    required = set(body.get("required", ()))
    lines: list[str] = []
    for field, shape in body["properties"].items():
        optional = "?" if name in REQUESTS and field not in required else ""
        lines.append(f"  {field}{optional}: {_expression(shape, names)};\n")
    return "".join(lines)


def _expression(shape: Schema, names: Names) -> str:
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[1]
    if _choices(shape) in names:
        return names[_choices(shape)]
    if "anyOf" in shape:
        return " | ".join(_expression(each, names) for each in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(json.dumps(each) for each in shape["enum"])
    match shape.get("type"):
        case "array":
            inner = _expression(shape["items"], names)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case "object":
            return "Record<string, unknown>"
        case "integer" | "number":
            return "number"
        case "string" | "boolean" | "null":
            return str(shape["type"])
        case None:
            return "unknown"
        case other:
            raise ValueError(f"no TypeScript for JSON Schema type {other!r}")


def main() -> int:
    """Write both files; prints their paths."""
    schema = wire_schema()
    for path, text in ((SCHEMA_PATH, json.dumps(schema, indent=2) + "\n"), (TYPESCRIPT_PATH, typescript(schema))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
