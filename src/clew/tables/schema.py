"""What a game's types come to: types of storage and wire, their JSON schema, and a fingerprint of what is stored."""

from __future__ import annotations

import hashlib
from typing import Any, Union, cast

import msgspec
from msgspec import inspect

from clew.game import AnyGame
from clew.tables import events, telling
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.agreeing.telling import AgreementTold
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.telling import LobbyTold
from clew.tables.table import Table
from clew.tables.views import TableView


def table_type(game: AnyGame) -> Any:
    """The type of a table of this game."""
    return Table[game.types.state, game.types.plan, game.options]


def event_type(game: AnyGame) -> Any:
    """The type of what happens at such a table."""
    types = game.types
    return Union[  # noqa: UP007 - made when a game is known
        events.TableCreated[game.options],
        LobbyEvent,
        AgreementEvent,
        events.SettingsChanged[game.options],
        events.GameStarted[types.state],
        events.PlanAccepted[types.plan],
        events.ReadyAccepted,
        events.Resigned,
        events.Happened[types.event],
        events.RoundStarted,
        events.ClockCredited,
        events.GameOver,
    ]


def told_type(game: AnyGame) -> Any:
    """The type of what viewers of such a table are told."""
    return Union[  # noqa: UP007 - made when a game is known
        LobbyTold,
        AgreementTold,
        telling.SettingsChangedTold,
        telling.GameStartedTold,
        telling.PlanAcceptedTold[game.types.plan],
        telling.ReadyAcceptedTold,
        telling.ResignedTold,
        telling.HappenedTold[game.types.told],
        telling.RoundStartedTold,
        telling.ClockCreditedTold,
        telling.GameOverTold,
    ]


def view_type(game: AnyGame) -> Any:
    """The type of what such viewers see."""
    return TableView[game.types.view, game.types.plan, game.options]


def options_schema(game: AnyGame) -> dict[str, Any]:
    """The JSON schema of the options: what a form for a new table is made of, defaults and bounds included."""
    return msgspec.json.schema(game.options)


def plan_schema(game: AnyGame) -> dict[str, Any]:
    """The JSON schema of a plan: what a form for a player is made of."""
    return msgspec.json.schema(game.types.plan)


def wire_schema(game: AnyGame) -> dict[str, Any]:
    """The JSON schemas of all that crosses the wire, by what they are, and of their parts by name."""
    wire = {
        "options": game.options,
        "plan": game.types.plan,
        "view": view_type(game),
        "told": told_type(game),
    }
    schemas, parts = msgspec.json.schema_components(tuple(wire.values()), ref_template="#/parts/{name}")
    return {**dict(zip(wire, schemas, strict=True)), "parts": parts}


def fingerprint(game: AnyGame) -> str:
    """A short text that changes whenever the stored bytes of a game's tables would look otherwise.

    What classes are called, and what is said of them, does not count: only what the bytes can tell.
    """
    order: dict[type, int] = {}
    told = [_shape(each, order) for each in inspect.multi_type_info([table_type(game), event_type(game)])]
    return hashlib.sha256(msgspec.json.encode(told, enc_hook=str, order="sorted")).hexdigest()[:16]


def _shape(value: Any, order: dict[type, int]) -> Any:
    """A type's description as plain values; a class met before is its number."""
    if isinstance(value, inspect.Metadata):
        return _shape(value.type, order)
    if isinstance(value, list | tuple):
        return [_shape(each, order) for each in cast("list[Any]", value)]
    if isinstance(value, inspect.StructType):
        seen = value.cls in order
        number = order.setdefault(value.cls, len(order))
        if seen:
            return number
    if isinstance(value, inspect.EnumType):
        return {"EnumType": [member.value for member in value.cls]}
    if isinstance(value, msgspec.Struct) and type(value).__module__ == inspect.__name__:
        fields = [name for name in value.__struct_fields__ if name not in {"name", "cls", "default_factory"}]
        return {type(value).__name__: {name: _shape(getattr(value, name), order) for name in fields}}
    return "none" if value is msgspec.NODEFAULT else value
