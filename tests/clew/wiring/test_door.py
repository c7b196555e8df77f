"""More connections than there is room for are closed, counted and told together; those who are in go on."""

import asyncio
from collections.abc import AsyncGenerator, MutableMapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from clew.testing.hand_clock import HandClock
from clew.wiring.door import REFUSED_LOGGED_EVERY_S, Door
from tests.clew.web.live import Live, live

WITHIN_S = 5.0


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
async def web(clock: HandClock, registry: CollectorRegistry) -> AsyncGenerator[Live]:
    async with live(door=Door(3, registry, clock.monotonic)) as one:
        yield one


@asynccontextmanager
async def connected(web: Live) -> AsyncGenerator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(web.url.rsplit(":", 1)[1]))
    try:
        yield reader
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def closed_unanswered(web: Live) -> None:
    async with connected(web) as reader, asyncio.timeout(WITHIN_S):
        with suppress(ConnectionError):
            assert await reader.read(1) == b""


async def test_one_too_many_is_closed_counted_and_logged_once_a_minute(
    web: Live, clock: HandClock, registry: CollectorRegistry
) -> None:
    async with httpx.AsyncClient(base_url=web.url) as client:
        assert (await client.get("/health/live")).status_code == 200
        with capture_logs() as logged:
            async with connected(web), connected(web):
                for _ in range(20):
                    await closed_unanswered(web)
                assert (await client.get("/health/live")).status_code == 200
                await clock.advance(REFUSED_LOGGED_EVERY_S)
                await closed_unanswered(web)

    assert registry.get_sample_value("clew_connections_refused_total") == 21
    assert told(logged) == [1, 20]


async def test_a_place_that_is_left_is_given_to_the_next(web: Live) -> None:
    for _ in range(3):
        async with connected(web), connected(web), connected(web):
            await closed_unanswered(web)

    async with asyncio.timeout(WITHIN_S), httpx.AsyncClient(base_url=web.url) as client:
        while not await answers(client):
            pass


async def answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/live")).status_code == 200
    except httpx.TransportError:
        return False


def told(logged: list[MutableMapping[str, Any]]) -> list[int]:
    return [entry["refused"] for entry in logged if entry["event"] == "connections_refused"]
