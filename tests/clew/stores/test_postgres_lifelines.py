"""A killed process is seen at once; a server that goes, or a connection that breaks, is not mistaken for one."""

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from clew.local.postgres import LocalPostgres, temporary_postgres
from clew.sessions.ids import Owner
from clew.stores.postgres.lifelines import PostgresLifelines
from clew.testing.hand_clock import start
from tests.kit.postgres import new_database, run

A = Owner("a.1")
SOON_S = 10.0
HOLD = """
import asyncio, sys
from clew.stores.postgres.lifelines import PostgresLifelines
asyncio.run(PostgresLifelines(sys.argv[1]).hold(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def own_server() -> Generator[LocalPostgres]:
    """One that may be stopped: the others' goes on."""
    with temporary_postgres(durable=False) as started:
        yield started


@contextmanager
def holding(url: str) -> Generator[subprocess.Popen[bytes]]:
    """Another process, which holds the line."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, url, A])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_a_killed_process_is_seen_soon() -> None:
    async with new_database() as url:
        with holding(url) as process:
            watcher = start(PostgresLifelines(url).wait_cut(A))
            await until_watched(url, watcher)

            process.kill()

            await asyncio.wait_for(watcher, SOON_S)


async def test_a_watcher_that_loses_its_connection_saw_no_cut_and_watches_on() -> None:
    async with new_database() as url:
        with holding(url) as process:
            watcher = start(PostgresLifelines(url).wait_cut(A))
            await until_watched(url, watcher)

            await run(
                url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'clew watch'"
            )

            await until_watched(url, watcher)
            process.kill()
            await asyncio.wait_for(watcher, SOON_S)


async def test_both_losing_their_connections_is_no_cut() -> None:
    async with new_database() as url:
        with holding(url) as process:
            watcher = start(PostgresLifelines(url).wait_cut(A))
            await until_watched(url, watcher)

            await run(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name LIKE 'clew %' ORDER BY application_name",
            )

            await until_watched(url, watcher)
            process.kill()
            await asyncio.wait_for(watcher, SOON_S)


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_a_server_that_goes_is_no_cut(own_server: LocalPostgres, end: str) -> None:
    url = own_server.url()
    with holding(url) as process:
        watcher = start(PostgresLifelines(url).wait_cut(A))
        await until_watched(url, watcher)

        for _ in range(5):
            if end == "stop":
                own_server.stop()
            else:
                own_server.kill()
            own_server.start()
            await until_watched(url, watcher)

        process.kill()
        await asyncio.wait_for(watcher, SOON_S)


async def until_watched(url: str, watcher: asyncio.Task[None]) -> None:
    """Until a watcher waits for the lock that a holder has."""
    waits = """
        SELECT FROM pg_locks AS waiting JOIN pg_locks AS held USING (locktype, database, classid, objid, objsubid)
        JOIN pg_stat_activity AS a ON a.pid = waiting.pid
        WHERE locktype = 'advisory' AND NOT waiting.granted AND held.granted AND a.application_name = 'clew watch'
        AND held.mode = 'ExclusiveLock'"""
    async with asyncio.timeout(SOON_S):
        while not await run(url, waits):
            assert not watcher.done(), "it believed a cut that was none"
