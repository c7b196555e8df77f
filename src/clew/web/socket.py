"""The game's WebSocket: one reader, one writer; everything that is said is play's.

Raw ASGI, because every message passes here (docs/decisions/0040-the-socket-is-raw-asgi.md).
"""

import re
from asyncio import TaskGroup
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, cast

import msgspec
import structlog
from litestar.types import Receive, Send, WebSocketSendMessage

from clew.gateway.outbox import (
    CLOSE_NO_SUCH_GAME,
    CLOSE_NOT_ALLOWED,
    CLOSE_NOT_SIGNED_IN,
    CLOSE_TRY_AGAIN,
    Outbox,
)
from clew.gateway.service import Service
from clew.people.user import User
from clew.web.bounds import CLOSE_REASON_BYTES_MAX, JOIN_CODE_CHARS_MAX, REFUSALS_IN_A_ROW_MAX
from clew.web.commands import Commands
from clew.web.doorkeeper import Doorkeeper
from clew.web.errors import as_api_error, error_bytes, error_headers
from clew.web.languages import spoken_to
from clew.web.limits import Bucket, Unlimited
from clew.web.metrics import WebMetrics
from clew.web.paths import PathKind, canonical_path
from clew.web.phase import Readiness
from clew.web.requests import Scope
from clew.web.resume import resume_point_of
from clew.web.settings import WebSettings
from clew.web.sockets import Sockets
from clew.wire.errors import ApiError
from clew.wire.socket import ErrorMessage

CLOSE_BROKEN: Final = 1011
_CLIENT_LEFT: Final = 1005
"""Closed from the other side: there is nobody to send a close to."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.web")

_PATH: Final = re.compile(rf"/api/v1/games/([^/]{{1,{JOIN_CODE_CHARS_MAX}}})/socket")
_CLOSE_CODES: Final[Mapping[int, int]] = {
    401: CLOSE_NOT_SIGNED_IN,
    404: CLOSE_NO_SUCH_GAME,
    429: CLOSE_TRY_AGAIN,
    503: CLOSE_TRY_AGAIN,
    500: CLOSE_BROKEN,
}
_encoder: Final = msgspec.json.Encoder()


class Patience:
    """The allowance of one socket: its person's bucket, and an end when somebody never lets up."""

    __slots__ = ("_bucket", "_outbox", "_refusals")

    def __init__(self, bucket: Bucket | Unlimited, outbox: Outbox) -> None:
        self._bucket = bucket
        self._outbox = outbox
        self._refusals = 0

    def take_nowait(self) -> bool:
        """Use one up; False when there is none left. Closes the socket with 1008 after too many of those in a row."""
        if self._bucket.take_nowait():
            self._refusals = 0
            return True
        self._refusals += 1
        if self._refusals >= REFUSALS_IN_A_ROW_MAX:
            self._outbox.close_nowait(CLOSE_NOT_ALLOWED, "too_often")
        return False


class _Wire:
    """The sending side of one socket. Both verbs raise ``OSError`` once nobody listens any more."""

    __slots__ = ("_send",)

    def __init__(self, send: Send) -> None:
        self._send = send

    async def say(self, texts: Sequence[str]) -> None:
        """So many messages, in one call: what waits for one client is mostly an answer and news of the same command."""
        await self._send_message(cast("Any", {"type": "websocket.send", "texts": texts}))

    async def close(self, code: int, reason: str) -> None:
        short = reason.encode()[:CLOSE_REASON_BYTES_MAX].decode(errors="ignore")
        await self._send_message({"type": "websocket.close", "code": code, "reason": short})

    async def _send_message(self, message: WebSocketSendMessage) -> None:
        try:
            await self._send(message)
        except RuntimeError as error:
            # uvicorn closed the socket by itself (a frame too large, no pong) and the reader has yet to hear of it
            raise ConnectionResetError("closed by the server's protocol") from error


class SocketDoor:
    """Lets sockets in and carries what they say.

    Who comes is asked while it is still an HTTP request: only somebody who is signed in, and for whom there is a place
    in a game, ever has a socket. Nobody else holds anything of ours.
    """

    def __init__(
        self,
        service: Service,
        doorkeeper: Doorkeeper,
        readiness: Readiness,
        sockets: Sockets,
        metrics: WebMetrics,
        settings: WebSettings,
    ) -> None:
        self._service = service
        self._subprotocols = service.shapes.subprotocols
        self._doorkeeper = doorkeeper
        self._readiness = readiness
        self._sockets = sockets
        self._metrics = metrics
        self._lets_people_in = settings.gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        path = canonical_path(scope)
        match = _PATH.fullmatch(path or "") if self._lets_people_in else None
        offered = [each for each in scope["subprotocols"] if each in self._subprotocols]
        try:
            await self._doorkeeper.admit_address(scope, PathKind.CALL)
            if match is None:
                raise ApiError("malformed" if path is None else "not_found")  # noqa: TRY301 - told like all the others
            user, token = await self._admit(scope, offered)
            await self._serve(match[1], user, token, offered, scope, receive, send)
        except OSError:
            return  # the client is gone; it comes back and resumes by seq
        except Exception as exception:
            error = as_api_error(exception)
            if error.code == "internal":
                log.error("socket_failed", exc_info=exception)
            self._metrics.rejected.labels(error.code).inc()
            with suppress(OSError):
                await (
                    _answer(error, scope, send)
                    if match is None
                    else _turn_away(error, offered[0] if offered else None, scope, send)
                )

    async def _admit(self, scope: Scope, offered: Sequence[str]) -> tuple[User, str]:
        self._doorkeeper.admit_page(scope)
        if not offered:
            wanted = " or ".join(self._subprotocols)
            raise ApiError("invalid", f"Offer the subprotocol {wanted}.", {"path": "sec-websocket-protocol"})
        if not self._readiness.lets_in:
            raise ApiError("not_ready")
        return await self._doorkeeper.admit_user(scope)

    async def _serve(
        self,
        join_code: str,
        user: User,
        token: str,
        offered: Sequence[str],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        outbox = Outbox()
        # Known among the open ones before anything is awaited: who signs out from here on closes this one too.
        with self._sockets.opened(user, token, outbox, self._doorkeeper.address_limit(scope)):
            patience = Patience(self._doorkeeper.messages_of(user), outbox)
            point = resume_point_of(scope)
            connection = await self._service.connect(
                join_code, user, point.after, outbox, patience, point.mark, offered
            )
            connection.say = partial(spoken_to, scope)
            try:
                # Upgraded here and not before: whatever could be refused has been.
                await send({"type": "websocket.accept", "subprotocol": connection.subprotocol, "headers": []})
                async with TaskGroup() as tasks:
                    tasks.create_task(self._write(outbox, _Wire(send)), name="socket writer")
                    await Commands(connection, self._heard(outbox, receive), outbox, self._sockets, tasks).read()
            finally:
                connection.close()

    def _heard(self, outbox: Outbox, receive: Receive) -> Callable[[], Awaitable[bytes | str | None]]:
        """What gives the client's next message; None: it has gone. Who was not sent away plays on in a drain."""

        async def hear() -> bytes | str | None:
            message = cast("dict[str, Any]", await receive())
            if message["type"] == "websocket.disconnect":
                outbox.close_nowait(_CLIENT_LEFT)
                return None
            self._metrics.received.inc()
            text = message.get("text")
            return text if text is not None else message["bytes"]

        return hear

    async def _write(self, outbox: Outbox, wire: _Wire) -> None:
        try:
            while messages := await outbox.wait_messages():
                await wire.say(messages)
                self._metrics.sent.inc(len(messages))
            if outbox.close_code is not None and outbox.close_code != _CLIENT_LEFT:
                self._metrics.sockets_closed.labels(str(outbox.close_code)).inc()
                await wire.close(outbox.close_code, outbox.close_reason)
        except OSError:
            # Its reader hears of it by itself. What was not sent is not lost: the client resumes by its number.
            outbox.close_nowait(_CLIENT_LEFT)


async def _turn_away(error: ApiError, subprotocol: str | None, scope: Scope, send: Send) -> None:
    """Tells why in the protocol's own words, where a browser can read them, without making it a socket first.

    A browser's page learns nothing of a refused handshake, and pages of every release are promised a close code. So
    the answer is handshake, ``error`` and close in one piece, after which nothing is read and nothing is kept: it
    costs what an HTTP answer costs (wiring/websocket.py).
    """
    await send(
        cast(
            Any,
            {
                "type": "websocket.close",
                "code": _CLOSE_CODES.get(error.status, CLOSE_NOT_ALLOWED),
                "reason": error.code,
                "message": _encoder.encode(ErrorMessage(spoken_to(scope, error.body()))).decode(),
                "subprotocol": subprotocol,
            },
        )
    )


async def _answer(error: ApiError, scope: Scope, send: Send) -> None:
    """There is no socket at that address, so it is answered as a request."""
    named = {"content-type": "application/json", **error_headers(error)}
    headers = [(name.encode(), value.encode()) for name, value in named.items()]
    await send({"type": "websocket.http.response.start", "status": error.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": error_bytes(error, scope), "more_body": False})
