"""The HTTP half of the protocol as OpenAPI 3.1, made from the routes and the wire's own structs."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from litestar import Litestar, Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Tag

from clew.gateway.ports import AnyGame, Shapes
from clew.wire.http import CreatedGame, CreateGuest, Joined, Me, NewGuest
from clew.wire.shapes import ErrorAnswer

_ERROR_SHAPE: Final = "#/components/schemas/ErrorAnswer"

_ABOUT: Final = """The HTTP half of {title}'s public protocol, version 1.

Come in with `POST /api/v1/guests`; the token it gives is sent as `Authorization: Bearer …`, a browser may use the
cookie instead. Only guests for now: accounts are not offered yet.

Play itself is on a WebSocket, `GET /api/v1/games/{{join_code}}/socket?after=SEQ`, subprotocol `{subprotocol}`.

Every error has one shape: `{{"error": {{"code", "message", "details"}}}}`. The codes:

"""


def openapi_of(api: Router, game: AnyGame, version: str) -> dict[str, Any]:
    """The whole document.

    Litestar describes the routes; the bodies are msgspec's own description of the structs that read and write them,
    so bounds and closedness are exactly those that are enforced.
    """
    about = _ABOUT.format(title=game.title, subprotocol=game.subprotocol)
    codes = "\n".join(f"- `{code}` ({kind.status}): {kind.message}" for code, kind in game.shapes.errors.items())
    config = OpenAPIConfig(
        title=game.title,
        version=version,
        description=about + codes,
        tags=[Tag("People", "Who you are."), Tag("Games", "Games and seats.")],
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", description="The token of a guest."),
            }
        ),
    )
    document = Litestar([api], openapi_config=config, logging_config=None).openapi_schema.to_schema()
    _, schemas = msgspec.json.schema_components(_bodies(game.shapes), ref_template="#/components/schemas/{name}")
    document["components"]["schemas"] = schemas
    for methods in document["paths"].values():
        for operation in methods.values():
            _keep_own_answers(operation["responses"])
    return document


def _bodies(shapes: Shapes) -> Iterable[type[Any]]:
    own = shapes.request, CreatedGame, Joined, shapes.info, shapes.page, shapes.replay
    return CreateGuest, NewGuest, Me, *own, ErrorAnswer


def _keep_own_answers(responses: dict[str, Any]) -> None:
    """Litestar adds a 400 of its own shape to whatever has parameters, and content to what has none."""
    responses.get("204", {}).pop("content", None)
    for status in [status for status in responses if status >= "400"]:
        content = responses[status]["content"]["application/json"]
        if content["schema"].get("$ref") != _ERROR_SHAPE:
            del responses[status]
