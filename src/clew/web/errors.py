"""Every way a request can fail, in the one shape of the protocol."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import Method

from clew.web.bodies import invalid_query
from clew.web.languages import spoken_to
from clew.web.limits import retry_after_header
from clew.web.requests import Scope
from clew.wire.errors import ApiError
from clew.wire.shapes import ErrorAnswer

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.web")

RETRY_AFTER_S_DEFAULT: Final = 1.0
"""What a client is asked to wait when nobody knows better."""

CLIENT_LEFT: Final = 499
"""How a request is counted whose client went before the answer; nobody is sent it."""

_CODES_BY_STATUS: Final[Mapping[int, str]] = {
    400: "malformed",
    401: "not_signed_in",
    403: "wrong_origin",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_often",
    503: "busy",
}
_METHODS: Final[tuple[Method, ...]] = ("DELETE", "GET", "OPTIONS", "PATCH", "POST")
_STATUSES_TO_RETRY: Final = frozenset({429, 503})

NOBODYS: Final[Scope] = {}
"""Of what is answered before there is a request: in English."""

_encoder: Final = msgspec.json.Encoder()


class ClientLeft(ConnectionError):
    """Whoever asked is gone: nothing went wrong, and there is nobody to tell."""


def error_bytes(error: ApiError, scope: Scope = NOBODYS) -> bytes:
    """The answer's body, in the language of the request with this scope."""
    return _encoder.encode(ErrorAnswer(spoken_to(scope, error.body())))


def error_headers(error: ApiError) -> dict[str, str]:
    """``Retry-After`` where trying again is the thing to do."""
    if error.status in _STATUSES_TO_RETRY:
        return {"retry-after": retry_after_header(error.retry_after_s or RETRY_AFTER_S_DEFAULT)}
    return {}


def as_api_error(exception: Exception) -> ApiError:
    """What the client is told about an exception. Anything unexpected is ``internal``, and says nothing of itself."""
    match exception:
        case ApiError():
            return exception
        case ValidationException():
            return invalid_query(exception)
        case HTTPException(status_code=status) if status in _CODES_BY_STATUS:
            return ApiError(_CODES_BY_STATUS[status])
        case HTTPException(status_code=status) if 400 <= status < 500:
            return ApiError("malformed")
        case _:
            return ApiError("internal")


def _answer_error(request: Request[Any, Any, Any], exception: Exception) -> Response[bytes]:
    if isinstance(exception, ClientLeft):
        return Response(b"", status_code=CLIENT_LEFT)
    error = as_api_error(exception)
    if error.code == "internal":
        log.error("request_failed", method=request.method, route=route_of(request.scope), exc_info=exception)
    headers = error_headers(error)
    if error.code == "method_not_allowed":
        headers["allow"] = ", ".join(_allowed_methods(request))
    return Response(
        error_bytes(error, request.scope), status_code=error.status, media_type="application/json", headers=headers
    )


def _allowed_methods(request: Request[Any, Any, Any]) -> Iterator[str]:
    for method in _METHODS:
        try:
            request.app.asgi_router.handle_routing(path=request.scope["path"], method=method)
        except HTTPException:
            continue
        yield method


def route_of(scope: Mapping[str, Any]) -> str:
    """The route's template, never the path: a path holds join codes and whatever strangers type."""
    return str(scope.get("path_template") or "none")


EXCEPTION_HANDLERS: Final[
    dict[int | type[Exception], Callable[[Request[Any, Any, Any], Exception], Response[bytes]]]
] = {Exception: _answer_error}
