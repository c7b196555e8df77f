"""The outermost ASGI application: where every request comes in and every answer goes out."""

from collections.abc import Callable
from typing import Any, Final

import structlog
from litestar.types import ASGIApp, Receive, Send

from clew.web.cookie import with_renewal
from clew.web.doorkeeper import Doorkeeper
from clew.web.errors import CLIENT_LEFT, ClientLeft, route_of
from clew.web.headers import Headers, SafetyHeaders
from clew.web.languages import SPEAKER, Speaker
from clew.web.limits import client_key
from clew.web.metrics import WebMetrics
from clew.web.pages import Pages
from clew.web.paths import PathKind, canonical_path, kind_of
from clew.web.phase import Readiness
from clew.web.requests import Scope, address, header
from clew.web.sending import Downloads, Sending, error_answer, send_answer
from clew.web.settings import WebSettings
from clew.web.socket import SocketDoor
from clew.wire.errors import ApiError

_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.web")


class Gate:
    """Sorts sockets, pages and calls; holds calls to their rate, type and phase; makes every answer safe.

    An answer that could not be made is ``internal`` in the documented shape; what went wrong is logged, never told.
    """

    def __init__(
        self,
        api: ASGIApp,
        site: Pages,
        door: SocketDoor,
        doorkeeper: Doorkeeper,
        readiness: Readiness,
        metrics: WebMetrics,
        monotonic: Callable[[], float],
        settings: WebSettings,
    ) -> None:
        self._api = api
        self._site = site
        self._door = door
        self._doorkeeper = doorkeeper
        self._readiness = readiness
        self._safety = SafetyHeaders(settings)
        self._settings = settings
        self._downloads = Downloads()
        self._metrics = metrics
        self._monotonic = monotonic
        self._lets_people_in = settings.gateway

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        scope[SPEAKER] = Speaker(self._settings.catalogue, scope)
        match scope["type"]:
            case "websocket":
                await self._door(scope, receive, send)
            case "http":
                await self._answer(scope, receive, send)
            case _:
                await self._api(scope, receive, send)

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:
        began_at = self._monotonic()

        def dressed(headers: Headers) -> Headers:
            return self._safety.added_to(with_renewal(scope, self._settings, headers))

        sending = Sending(send, dressed, self._downloads, client_key(address(scope)))

        async def receive_or_leave() -> Any:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientLeft
            return message

        try:
            await self._route(scope, receive_or_leave, sending)
        except ClientLeft:
            log.debug("client_left", method=scope["method"], route=route_of(scope))
        except ApiError as error:
            await send_answer(sending, *error_answer(error, scope))
        except Exception as exception:
            if sending.status:
                raise  # its head is out: a second answer would be read as the rest of the first, so the server cuts it
            log.error("request_failed", method=scope["method"], route=route_of(scope), exc_info=exception)
            await send_answer(sending, *error_answer(ApiError("internal"), scope))
        finally:
            self._metrics.requests.labels(route_of(scope), str(sending.status or CLIENT_LEFT)).inc()
            self._metrics.request_seconds.observe(self._monotonic() - began_at)

    async def _route(self, scope: Any, receive: Receive, send: Send) -> None:
        path = canonical_path(scope)
        kind = PathKind.CALL if path is None else kind_of(path)
        # A path that is none counts too: else asking in a hundred spellings would cost nothing.
        await self._doorkeeper.admit_address(scope, kind)
        if path is None:
            raise ApiError("malformed", "That is not how an address is written here.")
        if kind in (PathKind.CALL, PathKind.PAGE) and not self._lets_people_in:
            raise ApiError("not_found")
        if self._site.serves(scope):
            scope["path_template"] = "site"
            await self._send_page(scope, send)
            return
        if path.endswith("/"):
            raise ApiError("not_found")  # the router would look past it: a second spelling of every route
        if kind is PathKind.CALL:
            if not self._readiness.lets_in:
                raise ApiError("not_ready")
            _require_json(scope)
        await self._api(scope, receive, send)

    async def _send_page(self, scope: Scope, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await send_answer(send, *error_answer(ApiError("method_not_allowed"), scope, {"allow": "GET, HEAD"}))
            return
        answer = await self._site.answer(scope, told=self._readiness.lets_in)
        headers = [*answer.headers, (b"content-length", str(len(answer.body)).encode())]
        if answer.status == 304:
            headers = answer.headers
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send_answer(send, answer.status, headers, body)


def _require_json(scope: Scope) -> None:
    """Raises ``unsupported_media_type`` for a body that says it is something else, or does not say."""
    if scope["method"] not in _WITH_BODY or not _has_body(scope):
        return
    media_type = (header(scope, b"content-type") or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ApiError("unsupported_media_type")


def _has_body(scope: Scope) -> bool:
    return header(scope, b"content-length") not in (None, "0") or header(scope, b"transfer-encoding") is not None
