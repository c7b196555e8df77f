"""How long `minotaur check-upgrade` takes for many games, on a PostgreSQL of this machine with nobody else in it.

    python -m bench.check_upgrade [--games 10000] [--over 1000] [--times 3] [--folder DIR]

The games are in their first to ninth round and half of their people have planned; ``--over`` more are over. The command
is a process of its own: its time is from its start to its end, and of its processor time PostgreSQL's is no part.
"""

import argparse
import asyncio
import resource
import sys
import time
from asyncio.subprocess import PIPE, create_subprocess_exec
from dataclasses import dataclass
from pathlib import Path

import msgspec
import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.mid_games import fill
from clew.cli.check_upgrade_shown import ReportJson
from clew.local.postgres import LocalPostgres
from clew.stores.postgres.connections import connect
from clew.stores.postgres.schema import migrate_postgres
from clew.stores.postgres.store import open_postgres
from tests.kit.store_records import register


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: int
    over: int
    times: int
    folder: Path | None


async def check(url: str, *options: str) -> ReportJson:
    """Run the command once, and print how long it took."""
    began, cpu_began = time.perf_counter(), _children_cpu_s()
    process = await create_subprocess_exec(
        *(sys.executable, "-m", "minotaur", "check-upgrade", "--json", "--database-url", url, *options), stdout=PIPE
    )
    told, _ = await process.communicate()
    took, cpu = time.perf_counter() - began, _children_cpu_s() - cpu_began
    assert process.returncode == 0, told.decode()
    report = msgspec.json.decode(told, type=ReportJson)
    tried = ", ".join(
        f"{each.fine:,} {'open' if each.open else 'over'} v{each.state_version}" for each in report.versions
    )
    print(f"{took:6.2f} s, {cpu:6.2f} s of our processor, {_most_memory_mb():.0f} MB at the most: {tried}", flush=True)
    return report


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as scratch:
        print_facts(scratch)
        server = LocalPostgres(scratch / "postgres")
        server.start()
        try:
            await migrate_postgres(server.url())
            await _fill(server.url(), options)
            for _ in range(options.times):
                await check(server.url())
            print("without those that are over:")
            await check(server.url(), "--closed", "0")
        finally:
            server.stop()


async def _fill(url: str, options: Options) -> None:
    began = time.perf_counter()
    async with open_postgres(url) as store:
        owner = await register(store)
        async for _ in fill(store, owner, options.games, options.over):
            await asyncio.sleep(0)
    connection = await connect(url, "bench")
    ((size, entries),) = await connection.fetch(
        "SELECT pg_database_size(current_database()), count(*) FROM game_events"
    )
    connection.terminate()
    made = options.games + options.over
    print(f"{made:,} games with {entries:,} entries made in {time.perf_counter() - began:.0f} s: {size / 1e6:.0f} MB")


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _most_memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=10_000, help="games that go on")
    parser.add_argument("--over", type=int, default=1_000, help="games that are over, of which the command takes some")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes: on the disk to be measured")
    found = parser.parse_args()
    return Options(found.games, found.over, found.times, found.folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
