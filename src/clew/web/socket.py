"""The game's WebSocket: who comes in, and a line between their connection and the gateway.

Raw ASGI, because every message passes here (docs/decisions/0040-the-socket-is-raw-asgi.md).
"""

import re
from asyncio import TaskGroup
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, cast

import msgspec
import structlog
from litestar.types import Receive, Send

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


class SocketLine:
    """One open socket, as its connection's protocol sees it: what a client says goes in, what it is told comes out.

    Called straight, without a message of ASGI and a task to wake for each: most of what a server does passes here
    (docs/decisions/0140-a-command-wakes-no-task.md). All are called in the loop.
    """

    __slots__ = ("_commands", "_metrics", "_outbox")

    def __init__(self, commands: Commands, outbox: Outbox, metrics: WebMetrics) -> None:
        self._commands = commands
        self._outbox = outbox
        self._metrics = metrics

    def attend(self, ready: Callable[[], None], read_on: Callable[[], None]) -> None:
        """``ready``: called when there is something to ``take``; ``read_on``: when more is wanted again."""
        self._commands.call_to_read_on(read_on)
        self._outbox.attend(ready)

    @property
    def wants_more(self) -> bool:
        """Whether the client's next message is to be heard."""
        return self._commands.wants_more

    def hear(self, message: str | bytes) -> None:
        """The client's next message. Never raises."""
        self._metrics.received.inc()
        self._commands.hear(message)

    def take(self, chars_max: int) -> list[str]:
        """What the client is told next, so many characters or one message; empty when nothing waits."""
        texts = self._outbox.take_nowait(chars_max)
        if texts:
            self._metrics.sent.inc(len(texts))
        return texts


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
                join_code, user, point.after, outbox, patience, point.mark, offered, changes=point.changes
            )
            connection.say = partial(spoken_to, scope)
            try:
                async with TaskGroup() as tasks:
                    broken = partial(self._broken, outbox)
                    line = SocketLine(Commands(connection, outbox, self._sockets, tasks, broken), outbox, self._metrics)
                    try:
                        # Upgraded here and not before: whatever could be refused has been.
                        accept = {"type": "websocket.accept", "subprotocol": connection.subprotocol, "line": line}
                        await send(cast("Any", accept))
                        tasks.create_task(self._close(outbox, send), name="socket closer")
                        while cast("dict[str, Any]", await receive())["type"] != "websocket.disconnect":
                            pass
                    finally:  # a cancel too: from here on nothing more may begin among the tasks
                        outbox.close_nowait(_CLIENT_LEFT)
            finally:
                connection.close()

    def _broken(self, outbox: Outbox, bug: BaseException) -> None:
        log.error("socket_failed", exc_info=bug)
        self._metrics.rejected.labels("internal").inc()
        outbox.close_nowait(CLOSE_BROKEN, "internal")

    async def _close(self, outbox: Outbox, send: Send) -> None:
        """Says good-bye, behind all that was said before, to a client that has not gone by itself."""
        await outbox.wait_closed()
        if outbox.close_code is None or outbox.close_code == _CLIENT_LEFT:
            return
        self._metrics.sockets_closed.labels(str(outbox.close_code)).inc()
        reason = outbox.close_reason.encode()[:CLOSE_REASON_BYTES_MAX].decode(errors="ignore")
        with suppress(OSError, RuntimeError):
            # uvicorn says RuntimeError where it has closed the socket by itself (a frame too large, no pong), and the
            # reader has yet to hear of it. What was not sent is not lost: the client resumes by its number.
            await send({"type": "websocket.close", "code": outbox.close_code, "reason": reason})


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
