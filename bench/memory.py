"""Memory of one idle session of four heroes: a server with many of them against the same server with none.

python -m bench.memory [--games 10000] [--rounds 3] [--folder DIR]
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.many_games import make_games_and_be_killed
from clew.client.retrying import pause
from tests.kit.server import Server

READY_WITHIN_S = 300.0
SETTLE_S = 3.0
"""After readiness, until what the resume needed was given back."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: int
    rounds: int
    folder: Path | None


async def resident_bytes(folder: Path) -> int:
    """The resident memory of a server that has these games and nobody to play them."""
    server = Server(folder)
    await server.start(READY_WITHIN_S)
    try:
        await pause(SETTLE_S)
        return psutil.Process(server.pid).memory_info().rss
    finally:
        await server.kill()


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as scratch:
        print_facts(scratch)
        await make_games_and_be_killed(scratch / "full", options.games, options.rounds)
        none = await resident_bytes(scratch / "empty")
        many = await resident_bytes(scratch / "full")
        print(f"{none / 1e6:.1f} MB with no game")
        print(f"{many / 1e6:.1f} MB with {options.games} games of four, {options.rounds} rounds played in each")
        print(f"{(many - none) / options.games / 1024:.1f} KiB for each game")


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="rounds played in each game before it was left alone")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes")
    found = parser.parse_args()
    return Options(found.games, found.rounds, found.folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
