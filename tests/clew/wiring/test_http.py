"""What comes over the wire before it is a request: bounded, and answered in the one shape."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

import httpx
import pytest

from clew.wiring import http
from clew.wiring.http import HEAD_BYTES_MAX
from tests.clew.web.live import Live, guest, live

ANSWER_WITHIN_S = 5.0


@pytest.fixture
async def web() -> AsyncGenerator[Live]:
    async with live() as one:
        yield one


async def exchange(web: Live, sent: bytes) -> bytes:
    """All that comes back for these bytes until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(web.url.rsplit(":", 1)[1]))
    answer = b""
    async with asyncio.timeout(ANSWER_WITHIN_S):
        with suppress(ConnectionError):
            writer.write(sent)
            await writer.drain()
            while chunk := await reader.read(65_536):
                answer += chunk
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return answer


async def expect_alive(web: Live) -> None:
    async with httpx.AsyncClient(base_url=web.url) as client:
        assert (await client.get("/health/live")).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: minus\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_malformed_in_the_one_shape(web: Live, sent: bytes) -> None:
    head, _, body = (await exchange(web, sent)).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["error"]["code"] == "malformed"
    await expect_alive(web)


@pytest.mark.parametrize(
    "first", [b"GET /", b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 10]
)
async def test_a_head_without_end_is_cut_off(web: Live, first: bytes) -> None:
    answer = await exchange(web, first + b"y" * 8 * HEAD_BYTES_MAX)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    await expect_alive(web)


async def test_a_request_that_never_ends_loses_its_connection(web: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "REQUEST_WITHIN_S", 0.2)

    for beginning in (b"", b"GET / HT", b"POST /api/v1/guests HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"):
        await exchange(web, beginning)

    monkeypatch.undo()  # who is alive may need longer, on a busy machine
    await expect_alive(web)


async def test_a_body_of_10_megabytes_is_too_large_however_it_is_sent(web: Live) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 10_000

    async with httpx.AsyncClient(base_url=web.url) as client:
        headers = {"authorization": f"Bearer {await guest(client)}", "content-type": "application/json"}
        whole = await client.post("/api/v1/games", content=b"x" * 10_000_000, headers=headers)
        chunked = await client.post("/api/v1/games", content=chunks(), headers=headers)

    for answer in (whole, chunked):
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize(
    "handshake",
    [
        b"Connection: Upgrade\r\nUpgrade: websocket\r\n",
        b"Connection: Upgrade\r\nUpgrade: h2c\r\n",
        b"",
    ],
)
async def test_a_handshake_that_is_none_is_an_ordinary_request(web: Live, handshake: bytes) -> None:
    sent = b"GET /api/v1/games/ABCDEF/socket HTTP/1.0\r\nHost: a\r\n" + handshake + b"\r\n"

    head, _, body = (await exchange(web, sent)).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 404 ")
    assert json.loads(body)["error"]["code"] == "not_found"
