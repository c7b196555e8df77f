"""A PostgreSQL at a node's start: what only an operator can mend ends it at once, what may come is waited for."""

import asyncio
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from clew.local.postgres import SOCKET_PORT
from clew.stores.postgres import connections as postgres_connections
from clew.testing.hand_clock import start
from clew.wiring import database
from clew.wiring.clock import RealClock
from clew.wiring.database import open_database
from clew.wiring.faults import CannotStart
from tests.kit.postgres import new_database, run, server
from tests.kit.proxy import proxy_to

NOWHERE = "postgresql://ada:secret@127.0.0.1:1/nowhere"


async def opened(url: str, asked: asyncio.Event | None = None) -> None:
    async with open_database(url, RealClock(), asked or asyncio.Event()):
        pass


@pytest.mark.parametrize(
    ("change", "told", "advice"),
    [
        (("clew@", "nobody@"), "nobody", "user and the password"),
        (("/test", "/no_such_place_"), "does not exist", "make the database"),
        (("clew@", "stranger@"), "permission denied", "its rights on the tables"),
    ],
)
async def test_a_database_that_lets_nobody_in_ends_the_start_with_what_to_do(
    change: tuple[str, str], told: str, advice: str
) -> None:
    async with new_database() as url:
        await run(url, "DROP ROLE IF EXISTS stranger")
        await run(url, "CREATE ROLE stranger LOGIN")
        wrong = url.replace(*change) if change[0] in url else f"{url}_elsewhere"

        with pytest.raises(CannotStart, match=advice) as refused:
            await opened(wrong)

        await run(url, "DROP ROLE stranger")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert urlsplit(url).path


async def test_a_database_that_is_not_there_yet_is_waited_for_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "START_PAUSE_S", 0.02)
    async with new_database() as url, proxy_to(server().folder / f".s.PGSQL.{SOCKET_PORT}") as proxy:
        proxy.freeze()
        by_proxy = f"postgresql://clew@127.0.0.1:{proxy.port}{urlsplit(url).path}?sslmode=disable"
        with monkeypatch.context() as hasty, capture_logs() as logged:
            hasty.setattr(postgres_connections, "CONNECT_TIMEOUT_S", 0.1)
            waiting = start(opened(by_proxy))
            await until_told(logged)
        proxy.thaw()
        proxy.cut()

        await waiting

    assert [entry["event"] for entry in logged] == ["database_away"]


async def test_one_that_does_not_come_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "START_WAIT_S", 0.0)

    with pytest.raises(CannotStart, match="cannot be reached") as refused:
        await opened(NOWHERE)

    assert "see that PostgreSQL runs" in str(refused.value)
    assert "secret" not in str(refused.value)


async def test_a_start_that_waits_heeds_whoever_asks_it_to_stop() -> None:
    asked = asyncio.Event()
    with capture_logs() as logged:
        waiting = start(opened(NOWHERE, asked))
        await until_told(logged)

    asked.set()

    with pytest.raises(CannotStart, match="cannot be reached"):
        await waiting


async def until_told(logged: list[MutableMapping[str, Any]]) -> None:
    async with asyncio.timeout(10):
        while not logged:
            await RealClock().sleep(0.01)
