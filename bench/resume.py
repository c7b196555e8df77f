"""Seconds from the start of a server to readiness, with many games that were going on when the last one was killed.

python -m bench.resume [--games 10000] [--rounds 3] [--folder DIR]
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.many_games import make_games_and_be_killed
from tests.kit.server import Server

READY_WITHIN_S = 300.0


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: int
    rounds: int
    folder: Path | None


async def seconds_to_ready(folder: Path) -> float:
    """Start a server on this data, wait, and kill it again."""
    server = Server(folder)
    began = time.perf_counter()
    await server.start(READY_WITHIN_S)
    took = time.perf_counter() - began
    await server.kill()
    return took


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as scratch:
        print_facts(scratch)
        full = scratch / "full"
        made = await make_games_and_be_killed(full, options.games, options.rounds)
        size = sum(file.stat().st_size for file in full.rglob("*") if file.is_file())
        print(f"{options.games} games, {options.rounds} rounds each, made in {made:.1f} s: {size / 1e6:.0f} MB")
        empty = await seconds_to_ready(scratch / "empty")
        print(f"ready after {empty:.2f} s with no game")
        for time_ in ("first", "second"):
            print(f"ready after {await seconds_to_ready(full):.2f} s with {options.games} games, the {time_} time")


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="rounds played in each game before the kill")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes: on the disk to be measured")
    found = parser.parse_args()
    return Options(found.games, found.rounds, found.folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
