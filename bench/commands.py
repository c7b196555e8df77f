"""Accepted, durable plans per second of one server process over real sockets, and how long each takes.

The server has a core of its own and the players another one. For each number of games: a closed loop (every player
always has one plan on its way) says how much it can take, an open loop at a set rate says how long a player waits.

    python -m bench.commands [--games 1,50,500] [--seconds 10] [--rate 2000] [--engine postgres] [--profile]
        [--folder DIR]
"""

import argparse
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
import uvloop

from bench.kit.load import Load, Measured, loaded
from bench.kit.machine import print_facts, scratch_folder
from bench.kit.profile import ThreadMeter, begin_profile, end_profile
from clew.local.postgres import temporary_postgres
from clew.people.caps import Caps
from clew.stores.postgres.schema import migrate_postgres
from tests.kit.server import Server

SEATS = 4
WARM_UP_S = 2.0
PROFILE_START_S = 1.0


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: tuple[int, ...]
    seconds: float
    rate: float
    engine: str
    profile: bool
    folder: Path | None


UNCAPPED: Final = [option for name in Caps.__struct_fields__ for option in ("--cap", f"{name}=off")]
"""A few people of one address make all games here, and change their plans without end."""


class CpuMeter:
    """How much of one core a process used since the meter was made."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._process.cpu_percent()

    def percent(self) -> float:
        return self._process.cpu_percent()


@asynccontextmanager
async def engine(options: Options, folder: Path) -> AsyncGenerator[list[str]]:
    """What the server is told of its database: its own file, or one of a PostgreSQL that runs for as long."""
    if options.engine == "sqlite":
        yield []
        return
    with temporary_postgres() as postgres:
        await migrate_postgres(postgres.url())
        key = folder / "secret.key"
        key.write_bytes(bytes(range(32)))
        yield ["--database-url", postgres.url(), "--secret-key-file", str(key)]


async def measure(games: int, options: Options, folder: Path) -> None:
    async with engine(options, folder) as database:
        await measure_on(database, games, options, folder)


async def measure_on(database: list[str], games: int, options: Options, folder: Path) -> None:
    server = Server(folder / f"games-{games}", "--rate-limits", "off", *UNCAPPED, *database)
    async with loaded(server, games, SEATS) as load:
        theirs, ours = CpuMeter(server.pid), CpuMeter(psutil.Process().pid)
        closed = await load.closed_loop(WARM_UP_S, options.seconds)
        print_row(games, "closed loop", closed, theirs.percent(), ours.percent())
        opened = await load.open_loop(options.rate, WARM_UP_S, options.seconds)
        print_row(games, f"open, {options.rate:.0f}/s", opened, theirs.percent(), ours.percent())
        if options.profile:
            await print_profile(server.pid, load, options.seconds, folder / f"profile-{games}.txt")


async def print_profile(pid: int, load: Load, seconds: float, out: Path) -> None:
    """Profile a closed loop; its figures are not shown, sampling slows the server down."""
    await load.closed_loop(PROFILE_START_S, PROFILE_START_S)
    threads = ThreadMeter(pid)
    await load.closed_loop(0.0, seconds)
    print(threads.table(seconds))
    sampling = await begin_profile(pid, seconds, out)
    await load.closed_loop(PROFILE_START_S, seconds)
    print((await end_profile(sampling, out)).table(), flush=True)


def print_row(games: int, kind: str, measured: Measured, server_cpu: float, client_cpu: float) -> None:
    print(
        f"| {games:5} | {kind:14} | {measured.per_second:10.0f} | {measured.percentile(0.5):8.2f} |"
        f" {measured.percentile(0.99):8.2f} | {measured.refused:7} | {server_cpu:8.0f} % | {client_cpu:8.0f} % |",
        flush=True,
    )


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", default="1,50,500", help="how many games of four, one run for each number")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each loop is measured")
    parser.add_argument("--rate", type=float, default=2000.0, help="plans per second of the open loop")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite", help="what it is kept in")
    parser.add_argument("--profile", action="store_true", help="say where the server's time goes (py-spy)")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes: on the disk to be measured")
    found = parser.parse_args()
    games = tuple(int(number) for number in found.games.split(","))
    return Options(games, found.seconds, found.rate, found.engine, found.profile, found.folder)


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as folder:
        print_facts(folder)
        print("| games | loop           | accepted/s | p50 ms   | p99 ms   | refused | server CPU | client CPU |")
        print("| ----- | -------------- | ---------- | -------- | -------- | ------- | ---------- | ---------- |")
        for games in options.games:
            await measure(games, options, folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
