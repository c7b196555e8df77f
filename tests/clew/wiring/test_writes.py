"""Downloads that are not taken: cut by time, held in pieces, and bounded in number."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from clew.web.bounds import DOWNLOADS_PER_ADDRESS_MAX, PIECE_BYTES, TAKEN_BYTES_MIN, WRITE_WITHIN_S
from clew.wiring import writes
from clew.wiring.writes import Writes, taken_bytes
from tests.clew.web.live import Live, live
from tests.clew.web.raw import Raw, frame, handshake, raw, until
from tests.clew.web.table import table_with

LARGE_BYTES = 24 * 1024 * 1024
LITTLE_BYTES = 1024 * 1024
GET = b"GET /large.woff2 HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncGenerator[Live]:
    (tmp_path / "large.woff2").write_bytes(b"x" * LARGE_BYTES)
    async with live(static_folder=tmp_path) as one:
        yield one


def waiting(web: Live) -> list[int]:
    return [one.transport.get_write_buffer_size() for one in web.connections]


async def begin(web: Live, connection: Raw) -> None:
    before = sum(size > 0 for size in waiting(web))
    await connection.send(GET)
    await until(lambda: sum(size > 0 for size in waiting(web)) > before)


def has_taken(connection: Any, least: int) -> bool:
    return taken_bytes(connection.transport, 0) >= least


async def test_a_download_that_nobody_takes_holds_a_piece_of_it(web: Live) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(8):
            await begin(web, await stack.enter_async_context(raw(web)))

        held = waiting(web)

    assert len(held) == 8
    assert max(held) <= 3 * PIECE_BYTES


async def test_who_takes_nothing_is_overdue_and_who_takes_a_little_is_not(web: Live) -> None:
    async with raw(web) as never, raw(web) as slowly:
        await begin(web, never)
        (stuck,) = [one for one in web.connections if one.transport.get_write_buffer_size()]
        await begin(web, slowly)
        (slow,) = [one for one in web.connections if one is not stuck and one.transport.get_write_buffer_size()]
        looked, now_s = Writes(), 0.0
        overdue = looked.overdue(web.connections, now_s)
        assert overdue == []

        # The system takes a while longer for who takes nothing, as long as it has room: how long is not ours to say.
        while not overdue:
            more = taken_bytes(slow.transport, 0) + TAKEN_BYTES_MIN
            await slowly.read(LITTLE_BYTES)
            await until(partial(has_taken, slow, more))
            now_s += WRITE_WITHIN_S
            overdue = looked.overdue(web.connections, now_s)
        again = looked.overdue(web.connections, now_s + 1.0)

    assert overdue == [stuck]
    assert again == []


async def test_who_takes_nothing_is_cut_and_the_others_read_on(web: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "WRITE_WITHIN_S", 0.2)
    async with raw(web) as never:
        await begin(web, never)

        await until(lambda: not web.connections)
        async with httpx.AsyncClient(base_url=web.url) as http:
            whole = await http.get("/large.woff2")
            metrics = (await http.get("/metrics")).text

    assert len(whole.content) == LARGE_BYTES
    assert 'clew_connections_cut_total{reason="takes_nothing"} 1.0' in metrics


async def test_a_socket_that_never_reads_loses_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "WRITE_WITHIN_S", 0.2)
    ping = frame(0x89, b"x" * 125)
    async with table_with() as table, raw(table.web) as connection:
        await connection.send(handshake(f"/api/v1/games/{table.code}/socket", table.ada))
        await connection.head()
        assert await connection.send_all_it_takes(ping * 500, 2_000) < 2_000

        await until(lambda: not table.web.upgraded and not len(table.web.web.sockets))


async def test_one_download_too_many_is_told_to_come_again(web: Live) -> None:
    async with AsyncExitStack() as stack, httpx.AsyncClient(base_url=web.url) as http:
        for _ in range(DOWNLOADS_PER_ADDRESS_MAX):
            await (await stack.enter_async_context(raw(web))).send(GET)
        await until(lambda: sum(size > 0 for size in waiting(web)) == DOWNLOADS_PER_ADDRESS_MAX)

        refused = await http.get("/large.woff2")
        small = await http.get("/health/live")
        await stack.aclose()
        await until(lambda: len(web.connections) <= 1)
        taken = await http.get("/large.woff2")

    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert (small.status_code, taken.status_code) == (200, 200)


async def test_a_class_loads_its_page_at_once(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><p>page</p>")
    async with live(static_folder=tmp_path, rate_limits=True) as web, asyncio.TaskGroup() as tasks:

        async def one_browser() -> list[bytes]:
            async with AsyncExitStack() as stack:
                lines = [await stack.enter_async_context(raw(web)) for _ in range(6)]
                heads = list[bytes]()
                for line in lines[:3]:  # the others are opened ahead, as browsers do, and never used
                    try:
                        await line.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                        heads.append(await line.head())
                    except (ConnectionError, asyncio.IncompleteReadError):
                        again = await stack.enter_async_context(raw(web))
                        await again.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                        heads.append(await again.head())
                return heads

        browsers = [tasks.create_task(one_browser()) for _ in range(100)]

    heads = [head for browser in browsers for head in browser.result()]
    assert len(heads) == 300
    assert {head.split(b"\r\n")[0] for head in heads} == {b"HTTP/1.1 200 OK"}
