"""A WebSocket client that costs next to nothing, so that a benchmark measures the server and not its client.

It speaks just enough of RFC 6455: whole messages, one frame each, never fragmented, masked with zeros (a legal key that
leaves the bytes as they are); pings are answered.
"""

import asyncio
from collections.abc import Callable
from typing import Final, cast

TEXT: Final = 0x81
BINARY: Final = 0x82
_WHOLE: Final = frozenset({TEXT, BINARY})
_CLOSE: Final = 0x88
_PING: Final = 0x89
_PONG: Final = 0x8A
_MASKED: Final = 0x80
_ZERO_KEY: Final = b"\0\0\0\0"
_HANDSHAKE: Final = (
    "GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: bWlub3RhdXItYmVuY2gtMQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: minotaur.v1\r\nAuthorization: Bearer {token}\r\n\r\n"
)


class LeanSocket(asyncio.Protocol):
    """One connection. ``on_text`` gets every message, binary ones too; ``closed`` ends when the connection does."""

    def __init__(self, on_text: Callable[[bytes], None]) -> None:
        self.on_text = on_text
        self._buffer = b""
        self._is_open = False
        self._transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[None] = loop.create_future()

    @classmethod
    async def open(cls, host: str, port: int, path: str, token: str, on_text: Callable[[bytes], None]) -> "LeanSocket":
        """Connect and shake hands. Raises ``ConnectionError`` with the server's first line if it says no."""
        loop = asyncio.get_running_loop()
        transport, socket = await loop.create_connection(lambda: cls(on_text), host, port)
        transport.write(_HANDSHAKE.format(path=path, host=host, port=port, token=token).encode())
        await socket.opened
        return socket

    def send(self, text: bytes, kind: int = TEXT) -> None:
        assert self._transport is not None, "send before the connection was made"
        self._transport.write(framed(text, kind))

    @property
    def is_closing(self) -> bool:
        return self._transport is None or self._transport.is_closing()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(exc or ConnectionError("closed during the handshake"))
        if not self.closed.done():
            self.closed.set_result(None)

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        if not self._is_open:
            head, end, buffer = buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.opened.set_exception(ConnectionError(head.partition(b"\r\n")[0].decode(errors="replace")))
                self.close()
                return
            self._is_open = True
            self.opened.set_result(None)
        self._buffer = self._take_frames(buffer)

    def _take_frames(self, buffer: bytes) -> bytes:
        """Hand out every whole frame; gives the rest."""
        at, end = 0, len(buffer)
        while end - at >= 2:
            size, start = buffer[at + 1], at + 2
            if size == 126:
                size, start = int.from_bytes(buffer[at + 2 : at + 4]), at + 4
            elif size == 127:
                size, start = int.from_bytes(buffer[at + 2 : at + 10]), at + 10
            if end < start + size:
                break
            kind, payload = buffer[at], buffer[start : start + size]
            at = start + size
            if kind in _WHOLE:
                self.on_text(payload)
            elif kind == _PING and self._transport is not None:
                self._transport.write(framed(payload, _PONG))
            elif kind == _CLOSE:
                self.close()
        return buffer[at:]


def framed(payload: bytes, kind: int = TEXT) -> bytes:
    """A client's frame around the payload."""
    size = len(payload)
    if size < 126:
        return bytes((kind, _MASKED | size)) + _ZERO_KEY + payload
    assert size < 1 << 16, "the protocol takes 16 KiB at most"
    return bytes((kind, _MASKED | 126)) + size.to_bytes(2) + _ZERO_KEY + payload
