"""A round's length is time in which its players can be heard: of real servers, stores, signals and clocks."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from clew.client.retrying import pause
from clew.local.postgres import SUPERUSER
from clew.sessions.bounds import LEASE_RENEW_S
from tests.chaos.one_round import LONG_S, ROUND_S, SHORT_S, OneRound, one_round
from tests.kit.cluster import Cluster, cluster_in, wait_for
from tests.kit.proxy import Proxy, proxy_to
from tests.kit.server import Server
from tests.kit.set_clock import SetClock

BEFORE_S: Final = 2.0
"""So much of the round is over when it begins to be unserved."""
ACROSS_S: Final = 4.0
"""Long enough for the deadline to come in it."""
SOME_S: Final = 0.5
SILENT_MS: Final = 850
LONG_ACROSS_S: Final = 20.0
LENGTHS: Final = [ACROSS_S, pytest.param(LONG_ACROSS_S, marks=pytest.mark.long)]
HOLD: Final = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


@pytest.mark.parametrize("across_s", LENGTHS)
async def test_a_server_stopped_across_the_deadline_gives_back_its_pause(tmp_path: Path, across_s: float) -> None:
    async with _server(tmp_path) as server, one_round(server.url) as played:
        await pause(BEFORE_S)
        async with asyncio.TaskGroup() as group:
            server.pause()
            began_s = _now_s()
            group.create_task(played.plan_until_taken(), name="plans")
            await pause(across_s)
            server.resume()
            unserved_s = _now_s() - began_s

        _check(played, await played.lasted_s(), unserved_s, "paused")


@pytest.mark.parametrize("across_s", LENGTHS)
async def test_a_database_file_locked_across_the_deadline_is_a_store_that_is_away(
    tmp_path: Path, across_s: float
) -> None:
    async with _server(tmp_path) as server, one_round(server.url) as played:
        await pause(BEFORE_S)
        async with asyncio.TaskGroup() as group:
            async with _held(server.data / "minotaur.db"):
                began_s = _now_s()
                group.create_task(played.plan_until_taken(), name="plans")
                await pause(across_s)
            unserved_s = _now_s() - began_s

        _check(played, await played.lasted_s(), unserved_s, "store_away")


@pytest.mark.parametrize("across_s", LENGTHS)
@pytest.mark.parametrize("lose", [Proxy.freeze, Proxy.refuse], ids=["hung", "away"])
async def test_a_postgres_lost_across_the_deadline_is_a_store_that_is_away(
    tmp_path: Path, lose: Callable[[Proxy], None], across_s: float
) -> None:
    async with _on_postgres(tmp_path) as (server, proxy), one_round(server.url) as played:
        await pause(BEFORE_S)
        async with asyncio.TaskGroup() as group:
            lose(proxy)
            began_s = _now_s()
            group.create_task(played.plan_until_taken(), name="plans")
            await pause(across_s)
            proxy.mend()
            unserved_s = _now_s() - began_s

        _check(played, await played.lasted_s(), unserved_s, "store_away")


@pytest.mark.parametrize("ahead_s", [-600, 3_600], ids=["back", "forward"])
async def test_a_clock_that_is_set_under_a_running_server_changes_no_round(tmp_path: Path, ahead_s: int) -> None:
    clock = SetClock(tmp_path)
    async with _server(tmp_path, clock) as server, one_round(server.url) as played:
        await pause(BEFORE_S)
        clock.set(ahead_s)
        await played.plan_until_taken()

        lasted_s = await played.lasted_s()

    assert ROUND_S - SHORT_S <= lasted_s <= ROUND_S + LONG_S + _besides_s(played, "clock_step")
    assert abs(played.credits()["clock_step"] - ahead_s) < SHORT_S


async def test_a_round_begun_by_a_clock_an_hour_ahead_lasts_no_hour_once_it_is_right(tmp_path: Path) -> None:
    clock = SetClock(tmp_path, ahead_s=3_600)
    async with _server(tmp_path, clock) as server, one_round(server.url) as played:
        await pause(BEFORE_S)
        await server.kill()
        down_s = _now_s()
        clock.set(0)
        await server.start()
        down_s = _now_s() - down_s
        await played.plan_until_taken()

        lasted_s = await played.lasted_s()

    longest_s = BEFORE_S + ROUND_S + LONG_S + _besides_s(played, "clock_step")
    assert ROUND_S - SHORT_S <= lasted_s - down_s <= longest_s, "it may begin anew"
    assert "clock_step" in played.credits()


@pytest.mark.long
async def test_a_cluster_of_which_all_nodes_are_killed_twice_in_one_round_dates_each_end(tmp_path: Path) -> None:
    names, unserved_s = ("host-1", "host-2"), 0.0
    async with cluster_in(tmp_path) as cluster:
        nodes = [cluster.node(name) for name in names]
        await cluster.start(*names)
        async with one_round(nodes[0].url) as played:
            for _ in range(2):
                await pause(SOME_S)
                await _long_after_a_beat(cluster)
                for node in nodes:
                    node.kill_nowait()
                began_s = _now_s()
                for node in nodes:
                    await node.wait_gone()
                unserved_s += await _started_until_held(cluster, names) - began_s

            lasted_s = await played.lasted_s()

    served_s, given = lasted_s - unserved_s, played.credits()
    print(f"{served_s:.2f} s served of {lasted_s:.2f} s; given back {given} for {unserved_s:.2f} s")
    assert ROUND_S - SHORT_S <= served_s <= ROUND_S + LONG_S + _besides_s(played, "restart")


async def _started_until_held(cluster: Cluster, names: Sequence[str]) -> float:
    """Starts them; when one of them had taken the game."""
    before = await cluster.holders()

    async def is_taken() -> bool:
        return await cluster.holders() != before

    async with asyncio.TaskGroup() as group:
        starting = group.create_task(cluster.start(*names), name="start")
        await wait_for(is_taken)
        taken_s = _now_s()
        await starting
    return taken_s


async def _long_after_a_beat(cluster: Cluster) -> None:
    """Until the store has heard nothing of who holds the game for nearly as long as a beat takes, if ever that is."""
    (holder,) = (await cluster.holders()).values()

    async def is_silent() -> bool:
        (life,) = [life for life in await cluster.lives() if life.owner == holder]
        return life.silent_ms >= SILENT_MS

    with suppress(TimeoutError):
        await wait_for(is_silent, LEASE_RENEW_S)


def _check(played: OneRound, lasted_s: float, unserved_s: float, why: str) -> None:
    served_s, given = lasted_s - unserved_s, played.credits()
    print(f"{served_s:.2f} s served of {lasted_s:.2f} s; given back {given} for {unserved_s:.2f} s")
    assert ROUND_S - SHORT_S <= served_s <= ROUND_S + LONG_S + _besides_s(played, why)
    assert unserved_s - SHORT_S <= given[why] <= unserved_s + LONG_S


def _besides_s(played: OneRound, why: str) -> float:
    """A machine too busy for its tests stops a server for a second as well, which is given back as any other pause."""
    return sum(seconds for cause, seconds in played.credits().items() if cause == "paused" != why)


def _now_s() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def _server(folder: Path, clock: SetClock | None = None) -> AsyncGenerator[Server]:
    """One that runs, on a file."""
    command, environment = (clock.command, clock.environment) if clock else (None, None)
    server = Server(folder / "data", "--rate-limits", "off", command=command, environment=environment)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


@asynccontextmanager
async def _on_postgres(folder: Path) -> AsyncGenerator[tuple[Server, Proxy]]:
    """One that runs, and its way to PostgreSQL."""
    async with cluster_in(folder) as cluster, proxy_to(cluster.postgres_socket) as proxy:
        url = f"postgresql://{SUPERUSER}@127.0.0.1:{proxy.port}/postgres?sslmode=disable"
        server = cluster.node("host-1", database_url=url)
        await cluster.start("host-1")
        yield server, proxy


@asynccontextmanager
async def _held(path: Path) -> AsyncGenerator[None]:
    """Another process holds this SQLite file for itself, from the beginning of the block to its end."""
    pipe = asyncio.subprocess.PIPE
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, str(path), stdin=pipe, stdout=pipe)
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert await holder.stdout.readline() == b"held\n"
        yield
    finally:
        holder.stdin.close()
        await holder.wait()
