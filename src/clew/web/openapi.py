"""The HTTP half of the protocol as OpenAPI 3.1, made from the routes and the wire's own structs."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from litestar import Litestar, Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Tag

from clew.gateway.together import Together
from clew.wire.accounts import Changed, ChangeMe, DeleteMe, Exported, LogIn, NewAccount, OpenAccount, Recover
from clew.wire.credentials import MyPasskey
from clew.wire.http import CreatedGame, CreateGuest, Joined, Kinds, Me, NewGuest, Rematched
from clew.wire.passkeys import (
    AddPasskey,
    AskMorePasskeys,
    AskNewAccount,
    KnownPasskeyOptions,
    LogInByPasskey,
    MyPasskeys,
    NewPasskeyOptions,
    OpenAccountByPasskey,
    RenamePasskey,
)
from clew.wire.people import GameResults, Leaderboard, Person
from clew.wire.pushes import AddWebhook, MyPushes, NewWebhook, PushInfo, Subscribe
from clew.wire.shapes import ErrorAnswer

_SCHEMAS: Final = "#/components/schemas/"
_ERROR_SHAPE: Final = f"{_SCHEMAS}ErrorAnswer"
_OF_ANY_GAME: Final = (
    *(CreateGuest, NewGuest, OpenAccount, NewAccount, LogIn, Recover, Me, ChangeMe, Changed, DeleteMe, Exported),
    *(AskNewAccount, NewPasskeyOptions, OpenAccountByPasskey, KnownPasskeyOptions, LogInByPasskey),
    *(AskMorePasskeys, AddPasskey, RenamePasskey, MyPasskey, MyPasskeys),
    *(Subscribe, AddWebhook, NewWebhook, PushInfo, MyPushes),
    *(Person, GameResults, Leaderboard, Kinds, CreatedGame, Joined, Rematched, ErrorAnswer),
)

_ABOUT: Final = """The HTTP half of {title}'s public protocol, version 1.

Come in with `POST /api/v1/guests`; the token it gives is sent as `Authorization: Bearer …`, a browser may use the
cookie instead. A guest who opens an account (`POST /api/v1/accounts`) keeps games and token, and comes in from any
device with `POST /api/v1/sessions`, or by a passkey.

Play itself is on a WebSocket, `GET /api/v1/games/{{join_code}}/socket?after=SEQ`, subprotocol `{subprotocol}`.

Every error has one shape: `{{"error": {{"code", "message", "details"}}}}`. A game may have codes of its own for plans
that it refuses, which only its socket gives. All others:

"""


def openapi_of(api: Router, shapes: Together, title: str, version: str) -> dict[str, Any]:
    """The whole document.

    Litestar describes the routes; the bodies are msgspec's own description of the structs that read and write them,
    so bounds and closedness are exactly those that are enforced.
    """
    about = _ABOUT.format(title=title, subprotocol=" or ".join(shapes.subprotocols))
    codes = "\n".join(f"- `{code}` ({kind.status}): {kind.message}" for code, kind in shapes.errors.items())
    config = OpenAPIConfig(
        title=title,
        version=version,
        description=about + codes,
        tags=[Tag("People", "Who you are."), Tag("Games", "Games and seats.")],
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", description="A guest's or an account's token."),
            }
        ),
    )
    document = Litestar([api], openapi_config=config, logging_config=None).openapi_schema.to_schema()
    document["components"]["schemas"] = _schemas(shapes)
    for methods in document["paths"].values():
        for operation in methods.values():
            _keep_own_answers(operation["responses"])
    return document


def _schemas(shapes: Together) -> dict[str, Any]:
    """Every body by its name. What is inside a game's own goes by the kind too, where there are several."""
    several = len(shapes.structs) > 1
    _, named = msgspec.json.schema_components(_OF_ANY_GAME, ref_template=_SCHEMAS + "{name}")
    _, listed = msgspec.json.schema_components((shapes.page,), ref_template=_SCHEMAS + "{name}")
    named[shapes.page.__name__] = listed[shapes.page.__name__]
    for kind, structs in shapes.structs.items():
        prefix = f"{kind}." if several else ""
        _, parts = msgspec.json.schema_components(structs, ref_template=f"{_SCHEMAS}{prefix}{{name}}")
        named |= {name if name in _names(structs) else prefix + name: part for name, part in parts.items()}
    if not several:
        named[shapes.request.__name__]["required"].remove("kind")  # where there is one game it need not be said
    return named


def _names(structs: Iterable[type[Any]]) -> set[str]:
    return {each.__name__ for each in structs}


def _keep_own_answers(responses: dict[str, Any]) -> None:
    """Litestar adds a 400 of its own shape to whatever has parameters, and content to what has none."""
    responses.get("204", {}).pop("content", None)
    for status in [status for status in responses if status >= "400"]:
        content = responses[status]["content"]["application/json"]
        if content["schema"].get("$ref") != _ERROR_SHAPE:
            del responses[status]
