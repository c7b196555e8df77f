"""The game's WebSocket: one reader, one writer; everything that is said is play's.

Raw ASGI, because every message passes here (docs/decisions/0040-the-socket-is-raw-asgi.md).
"""

import re
from asyncio import TaskGroup
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import parse_qs

import msgspec
import structlog
from litestar.types import Receive, Send, WebSocketSendMessage

from minotaur.play.errors import ApiError
from minotaur.play.outbox import (
    CLOSE_NO_SUCH_GAME,
    CLOSE_NOT_ALLOWED,
    CLOSE_NOT_SIGNED_IN,
    CLOSE_TRY_AGAIN,
    Outbox,
)
from minotaur.play.people import User
from minotaur.play.service import Connection, Service
from minotaur.play.wire import ErrorMessage
from minotaur.web.bounds import CLOSE_REASON_BYTES_MAX, JOIN_CODE_CHARS_MAX, REFUSALS_IN_A_ROW_MAX
from minotaur.web.commands import Commands
from minotaur.web.doorkeeper import Doorkeeper
from minotaur.web.errors import as_api_error, error_bytes
from minotaur.web.limits import Bucket, Unlimited
from minotaur.web.metrics import WebMetrics
from minotaur.web.phase import Readiness
from minotaur.web.requests import Scope
from minotaur.web.sockets import Sockets

SUBPROTOCOL: Final = "minotaur.v1"
CLOSE_BROKEN: Final = 1011
_CLIENT_LEFT: Final = 1005
"""Closed from the other side: there is nobody to send a close to."""

SEQ_MAX: Final = 2**53 - 1

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("minotaur.web")

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

    async def say(self, text: str) -> None:
        await self._tell({"type": "websocket.send", "text": text, "bytes": None})

    async def close(self, code: int, reason: str) -> None:
        short = reason.encode()[:CLOSE_REASON_BYTES_MAX].decode(errors="ignore")
        await self._tell({"type": "websocket.close", "code": code, "reason": short})

    async def _tell(self, message: WebSocketSendMessage) -> None:
        try:
            await self._send(message)
        except RuntimeError as error:
            # uvicorn closed the socket by itself (a frame too large, no pong) and the reader has yet to hear of it
            raise ConnectionResetError("closed by the server's protocol") from error


class SocketDoor:
    """Lets sockets in and carries what they say. Those that may not come in are told why, then closed."""

    def __init__(
        self,
        service: Service,
        doorkeeper: Doorkeeper,
        readiness: Readiness,
        sockets: Sockets,
        metrics: WebMetrics,
    ) -> None:
        self._service = service
        self._doorkeeper = doorkeeper
        self._readiness = readiness
        self._sockets = sockets
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        path = _PATH.fullmatch(scope["path"])
        if path is None:
            await _answer_not_found(send)
            return
        offered = SUBPROTOCOL in scope["subprotocols"]
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if offered else None, "headers": []})
        wire = _Wire(send)
        try:
            user, token = await self._admit(scope, offered)
            await self._serve(path[1], user, token, _after(scope), receive, wire)
        except OSError:
            return  # the client is gone; it comes back and resumes by seq
        except Exception as exception:  # noqa: BLE001
            await self._reject(exception, wire)

    async def _admit(self, scope: Scope, offered: bool) -> tuple[User, str]:
        self._doorkeeper.admit_address(scope)
        self._doorkeeper.admit_page(scope)
        if not offered:
            raise ApiError("invalid", f"Offer the subprotocol {SUBPROTOCOL}.", {"path": "sec-websocket-protocol"})
        if not self._readiness.is_ready:
            raise ApiError("not_ready")
        return await self._doorkeeper.admit_user(scope)

    async def _serve(
        self, join_code: str, user: User, token: str, after: int | None, receive: Receive, wire: _Wire
    ) -> None:
        outbox = Outbox()
        with self._sockets.opened(user, token, outbox):
            patience = Patience(self._doorkeeper.messages_of(user), outbox)
            connection = await self._service.connect(join_code, user, after, outbox, patience)
            try:
                async with TaskGroup() as tasks:
                    tasks.create_task(self._write(outbox, wire), name="socket writer")
                    commands = Commands(connection, outbox, self._sockets, tasks)
                    await self._read(connection, commands, outbox, receive)
            finally:
                connection.close()

    async def _read(self, connection: Connection, commands: Commands, outbox: Outbox, receive: Receive) -> None:
        """Until the client goes, or the outbox closes. Whoever has not been sent away may play on while we drain."""
        while outbox.close_code is None:
            message = cast("dict[str, Any]", await receive())
            if message["type"] == "websocket.disconnect":
                outbox.close_nowait(_CLIENT_LEFT)
                return
            self._metrics.received.inc()
            text = message.get("text")
            command = connection.take(text if text is not None else message["bytes"])
            if command is not None:
                await commands.put(command)

    async def _write(self, outbox: Outbox, wire: _Wire) -> None:
        try:
            while messages := await outbox.wait_messages():
                for message in messages:
                    await wire.say(message)
                self._metrics.sent.inc(len(messages))
            if outbox.close_code is not None and outbox.close_code != _CLIENT_LEFT:
                self._metrics.sockets_closed.labels(str(outbox.close_code)).inc()
                await wire.close(outbox.close_code, outbox.close_reason)
        except OSError:
            outbox.close_nowait(_CLIENT_LEFT)

    async def _reject(self, exception: Exception, wire: _Wire) -> None:
        error = as_api_error(exception)
        if error.code == "internal":
            log.error("socket_failed", exc_info=exception)
        self._metrics.rejected.labels(error.code).inc()
        try:
            await wire.say(_encoder.encode(ErrorMessage(error.body())).decode())
            await wire.close(_CLOSE_CODES.get(error.status, CLOSE_NOT_ALLOWED), error.code)
        except OSError:
            log.debug("socket_left_before_its_error", code=error.code)


def _after(scope: Scope) -> int | None:
    given = parse_qs(bytes(scope["query_string"]).decode("latin-1"), keep_blank_values=True).get("after")
    if given is None:
        return None
    if len(given) != 1 or not (given[0].isascii() and given[0].isdigit()) or int(given[0][:17]) > SEQ_MAX:
        raise ApiError("invalid", "`after` is the number of the last event you have.", {"path": "after"})
    return int(given[0])


async def _answer_not_found(send: Send) -> None:
    error = ApiError("not_found")
    headers = [(b"content-type", b"application/json")]
    await send({"type": "websocket.http.response.start", "status": error.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": error_bytes(error), "more_body": False})
