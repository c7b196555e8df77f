"""The HTTP half of the protocol as OpenAPI 3.1, made from the routes and the wire's own structs."""

from typing import Any, Final

import msgspec
from litestar import Litestar, Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Tag

from clew.wire import http, shapes
from minotaur.play import wire_http, wire_replay
from minotaur.play.errors import ERRORS

BODIES: Final = (
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

_ERROR_SHAPE: Final = "#/components/schemas/ErrorAnswer"

_ABOUT: Final = """The HTTP half of Minotaur's public protocol, version 1.

Come in with `POST /api/v1/guests`; the token it gives is sent as `Authorization: Bearer …`, a browser may use the
cookie instead. Only guests for now: accounts are not offered yet.

Play itself is on a WebSocket, `GET /api/v1/games/{join_code}/socket?after=SEQ`, subprotocol `minotaur.v1`.

Every error has one shape: `{"error": {"code", "message", "details"}}`. The codes:

"""


def openapi_of(api: Router, version: str) -> dict[str, Any]:
    """The whole document.

    Litestar describes the routes; the bodies are msgspec's own description of the structs that read and write them,
    so bounds and closedness are exactly those that are enforced.
    """
    config = OpenAPIConfig(
        title="Minotaur",
        version=version,
        description=_ABOUT + "\n".join(f"- `{code}` ({kind.status}): {kind.message}" for code, kind in ERRORS.items()),
        tags=[Tag("People", "Who you are."), Tag("Games", "Games and seats.")],
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", description="The token of a guest."),
            }
        ),
    )
    document = Litestar([api], openapi_config=config, logging_config=None).openapi_schema.to_schema()
    _, schemas = msgspec.json.schema_components(BODIES, ref_template="#/components/schemas/{name}")
    document["components"]["schemas"] = schemas
    for methods in document["paths"].values():
        for operation in methods.values():
            _keep_own_answers(operation["responses"])
    return document


def _keep_own_answers(responses: dict[str, Any]) -> None:
    """Litestar adds a 400 of its own shape to whatever has parameters, and content to what has none."""
    responses.get("204", {}).pop("content", None)
    for status in [status for status in responses if status >= "400"]:
        content = responses[status]["content"]["application/json"]
        if content["schema"].get("$ref") != _ERROR_SHAPE:
            del responses[status]
