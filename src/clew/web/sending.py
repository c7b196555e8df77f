"""An answer on its way out: made safe, and, if it is large, in pieces of one shared buffer at its reader's pace."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, cast

from litestar.types import Message, Send

from clew.web.bounds import DOWNLOAD_BYTES_MIN, DOWNLOADS_MAX, DOWNLOADS_PER_ADDRESS_MAX, PIECE_BYTES
from clew.web.errors import NOBODYS, error_bytes, error_headers
from clew.web.headers import Headers
from clew.web.requests import Scope
from clew.wire.errors import ApiError


class Downloads:
    """How many large answers are on their way, in all and to each address."""

    def __init__(self) -> None:
        self._by_address = Counter[str]()
        self._all = 0

    def begin_nowait(self, address: str) -> bool:
        """One more, until ``end``; False, and none more, when there are too many."""
        if self._all >= DOWNLOADS_MAX or self._by_address[address] >= DOWNLOADS_PER_ADDRESS_MAX:
            return False
        self._all += 1
        self._by_address[address] += 1
        return True

    def end(self, address: str) -> None:
        """The other half of ``begin_nowait``."""
        self._all -= 1
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]


class Sending:
    """Sends one answer for an application that says all of it at once, its headers ``dressed``.

    Its head goes out with the first of its body, and not before: a large answer for which there is no place becomes
    ``busy``, whatever route it is from.
    """

    def __init__(self, send: Send, dressed: Callable[[Headers], Headers], downloads: Downloads, address: str) -> None:
        self._send = send
        self._dressed = dressed
        self._downloads = downloads
        self._address = address
        self._head: Any = None
        self._is_refused = False
        self.status = 0
        """Of the answer that was begun; 0 before."""

    async def __call__(self, message: Message) -> None:
        if self._is_refused:
            return
        if message["type"] == "http.response.start":
            message["headers"] = self._dressed(list(message.get("headers", [])))
            self.status = message["status"]
            self._head = message
            return
        body: bytes = cast("Any", message).get("body", b"")
        if len(body) < DOWNLOAD_BYTES_MIN:
            await self._go(message)
        elif self._downloads.begin_nowait(self._address):
            try:
                await self._go_in_pieces(message, body)
            finally:  # a reader that goes in the middle gives its place back
                self._downloads.end(self._address)
        else:
            await self._refuse()

    async def _go(self, message: Message) -> None:
        if self._head is not None:
            head, self._head = self._head, None
            await self._send(head)
        await self._send(message)

    async def _go_in_pieces(self, message: Any, body: bytes) -> None:
        """Each waits until the one before was taken: what lies about for a slow reader is a piece, not the whole."""
        view = memoryview(body)
        for at in range(0, len(body), PIECE_BYTES):
            more = message.get("more_body", False) or at + PIECE_BYTES < len(body)
            piece: Any = {"type": "http.response.body", "body": view[at : at + PIECE_BYTES], "more_body": more}
            await self._go(piece)

    async def _refuse(self) -> None:
        self._is_refused = True
        status, headers, body = error_answer(ApiError("busy", retry_after_s=2.0))
        self.status = status
        self._head: Any = {
            "type": "http.response.start",
            "status": status,
            "headers": self._dressed(headers),
        }
        await self._go({"type": "http.response.body", "body": body, "more_body": False})


def error_answer(
    error: ApiError, scope: Scope = NOBODYS, extra: Mapping[str, str] | None = None
) -> tuple[int, Headers, bytes]:
    """Status, headers and body."""
    body = error_bytes(error, scope)
    named = {"content-type": "application/json", "content-length": str(len(body)), **error_headers(error)}
    return error.status, [(name.encode(), value.encode()) for name, value in {**named, **(extra or {})}.items()], body


async def send_answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """A whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
