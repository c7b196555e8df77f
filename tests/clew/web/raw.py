"""Bytes on a connection, for clients that no library would be: they never read, never end, or misspell."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from clew.client.retrying import pause
from tests.clew.web.live import Live

WITHIN_S: Final = 10.0
PING: Final = 0x89
TEXT: Final = 0x81
TEXT_BEGUN: Final = 0x01
CONTINUED: Final = 0x00
LOOK_AGAIN_S: Final = 0.01


class Raw:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, sent: bytes) -> None:
        self._writer.write(sent)
        await self._writer.drain()

    async def head(self) -> bytes:
        """The answer's head."""
        async with asyncio.timeout(WITHIN_S):
            return await self._reader.readuntil(b"\r\n\r\n")

    async def read(self, size: int) -> None:
        """So many bytes, which are forgotten."""
        async with asyncio.timeout(WITHIN_S):
            while size > 0:
                chunk = await self._reader.read(min(size, 65_536))
                assert chunk, "the server hung up"
                size -= len(chunk)

    async def rest(self) -> bytes:
        """All that comes until the server closes. Raises ``TimeoutError`` where it does not."""
        found = b""
        async with asyncio.timeout(WITHIN_S):
            with suppress(ConnectionError):
                while chunk := await self._reader.read(65_536):
                    found += chunk
        return found

    async def rest_until(self, wanted: bytes, times: int = 1) -> bytes:
        """What comes until this has come so often. Raises ``TimeoutError``."""
        found = b""
        async with asyncio.timeout(WITHIN_S):
            while found.count(wanted) < times:
                chunk = await self._reader.read(65_536)
                assert chunk, f"the server hung up after {found[-100:]!r}"
                found += chunk
        return found

    async def send_all_it_takes(self, sent: bytes, times: int) -> int:
        """Send it over and over without reading; gives how often until the server took no more, or hung up."""
        for number in range(times):
            try:
                async with asyncio.timeout(1.0):
                    await self.send(sent)
            except (TimeoutError, ConnectionError):
                return number
        return times

    def half_close(self) -> None:
        self._writer.write_eof()

    def abort(self) -> None:
        self._writer.transport.abort()


@asynccontextmanager
async def raw(web: Live) -> AsyncGenerator[Raw]:
    """A connection to the server; reset at the end of the block."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port, limit=2**16)
    one = Raw(reader, writer)
    try:
        yield one
    finally:
        one.abort()


async def until(condition: Callable[[], bool]) -> None:
    """Returns when it holds. Raises ``TimeoutError``."""
    async with asyncio.timeout(WITHIN_S):
        while not condition():
            await pause(LOOK_AGAIN_S)


def handshake(path: str, token: str | None = None, more: str = "") -> bytes:
    credentials = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: game.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Sec-WebSocket-Protocol: minotaur.v1\r\n{credentials}{more}\r\n"
    ).encode()


def frame(kind: int, payload: bytes = b"") -> bytes:
    """A client's frame; masked with zeros, which leave it as it is."""
    size = len(payload)
    if size < 126:
        return bytes((kind, 0x80 | size)) + b"\0\0\0\0" + payload
    return bytes((kind, 0x80 | 126)) + size.to_bytes(2) + b"\0\0\0\0" + payload
