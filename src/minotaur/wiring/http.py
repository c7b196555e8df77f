"""uvicorn's HTTP/1.1 with what it leaves open closed: the size and slowness of a request, the shape of its errors."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from minotaur.play.errors import ApiError
from minotaur.web.errors import error_bytes

HEAD_BYTES_MAX: Final = 64 * 1024
"""A larger request line and headers are answered 400; they are never held in memory as a whole."""

REQUEST_WITHIN_S: Final = 20.0
"""A request that has not arrived whole by then, counted from the connection or its first byte, loses its connection."""

_HANDSHAKE: Final = frozenset({b"sec-websocket-key", b"sec-websocket-version"})


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_bytes = 0
        self._is_in_head = True
        self._arrival: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._expect_arrival()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES_MAX:
                self.send_400_response("head too large")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_bytes = 0
        self._is_in_head = True
        self._expect_arrival()

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._arrived()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._arrived()
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        body = error_bytes(ApiError("malformed"))
        head = (
            b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nx-content-type-options: nosniff\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body)
        )
        self.transport.write(head + body)
        self.transport.close()

    def _should_upgrade(self) -> bool:
        """A handshake without its headers is an ordinary request, and gets an ordinary answer."""
        return super()._should_upgrade() and {name for name, _ in self.headers} >= _HANDSHAKE

    def _expect_arrival(self) -> None:
        if self._arrival is None:
            self._arrival = self.loop.call_later(REQUEST_WITHIN_S, self.transport.close)

    def _arrived(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None
