"""uvicorn's HTTP/1.1 with what it leaves open closed: the size and slowness of a request, the shape of its errors."""

import asyncio
import re
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from clew.web.bounds import IGNORED_BYTES_MAX
from clew.web.errors import error_bytes
from clew.wire.errors import ApiError
from clew.wiring.door import Door
from clew.wiring.guard import GuardedConfig

HEAD_BYTES_MAX: Final = 64 * 1024
"""A larger request line and headers are answered 400; they are never held in memory as a whole."""

REQUEST_WITHIN_S: Final = 20.0
"""A request that has not arrived whole by then, counted from the connection or its first byte, loses its connection."""

PIPELINED_MAX: Final = 8
"""More requests on one connection, sent before the first was answered, cost it the connection: each takes memory."""

_KEY: Final = re.compile(rb"[A-Za-z0-9+/]{22}==")


class _TooManyAtOnce(Exception):
    """Ends the parser's run over what was read; nobody sees it."""


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    def __init__(self, config: GuardedConfig, *args: Any, door: Door | None = None, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self._door = door
        self._guard = config.guard
        self._head_bytes = 0
        self._is_in_head = True
        self._ignored_bytes = 0
        self._arrival: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        if self._door is not None and not self._door.admits(len(self.connections) - 1, transport):
            return
        refused = self._guard.opened(transport, self.client)
        if refused is not None:
            transport.write(refused)
            transport.close()
            return
        self._expect_arrival()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self._guard.closed(self.transport)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES_MAX:
                self.send_400_response("head too large")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._ignored_bytes = 0
        if len(self.pipeline) >= PIPELINED_MAX:
            raise _TooManyAtOnce
        self._head_bytes = 0
        self._is_in_head = True
        self._expect_arrival()

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        cycle = self._last_cycle
        if cycle is not None and cycle.response_complete:
            self._ignored_bytes += len(body)
            if self._ignored_bytes > IGNORED_BYTES_MAX:
                self.transport.abort()

    def on_message_complete(self) -> None:
        self._arrived()
        self._guard.is_busy(self.transport)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline:
            self._guard.waits(self.transport)

    def handle_websocket_upgrade(self) -> None:
        self._arrived()
        self._guard.is_busy(self.transport)
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.flow.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.pipeline:
            self.flow.resume_reading()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn passes it
        cycle = self._last_cycle
        if cycle is not None and not cycle.response_complete:
            self.transport.abort()  # in the middle of another answer this one would be taken for a part of it
            return
        body = error_bytes(ApiError("malformed"))
        head = (
            b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nx-content-type-options: nosniff\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body)
        )
        self.transport.write(head + body)
        self.transport.close()

    def _should_upgrade(self) -> bool:
        """A handshake that is none is an ordinary request, and gets an ordinary answer."""
        if not super()._should_upgrade() or self.scope["http_version"] != "1.1" or self.scope["method"] != "GET":
            return False
        found = [value for name, value in self.headers if name in (b"sec-websocket-key", b"sec-websocket-version")]
        return len(found) == 2 and b"13" in found and any(_KEY.fullmatch(value) for value in found)

    @property
    def _last_cycle(self) -> RequestResponseCycle | None:
        """Uvicorn's types don't say that there is none before the first request."""
        return cast("RequestResponseCycle | None", self.cycle)

    def _expect_arrival(self) -> None:
        if self._arrival is None:
            self._arrival = self.loop.call_later(REQUEST_WITHIN_S, self.transport.close)

    def _arrived(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None
