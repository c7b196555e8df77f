"""Minotaur beside others who serve rooms: the same rooms and actions, in turn, on the same two cores.

    make peers ARGS="--rooms 50 --seconds 5 --times 3 --only ours,starlette --out FILE"

What is served has one core, its database too; the players have the other. Each time every one is started, played on,
killed with SIGKILL under load, started again by its own means, and asked what it still has.
"""

import argparse
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.peers.entrants import ENTRANTS
from bench.peers.install import HOME, install, ours
from bench.peers.report import Results, record_of, table_of
from bench.peers.trial import Demand, tried


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    demand: Demand
    times: int
    only: tuple[str, ...]
    folder: Path | None
    out: Path


async def compare(options: Options) -> Results:
    """So many times in turn, each on a fresh folder."""
    needs_more = any(ENTRANTS[name].is_installed for name in options.only)
    programs = install() if needs_more else ours()
    results: Results = {name: [] for name in options.only}
    for time in range(options.times):
        for name in options.only:
            with scratch_folder(options.folder) as folder:
                trial = await tried(ENTRANTS[name], options.demand, programs, folder)
            results[name].append(trial)
            rates, kill = trial.rates, trial.kill
            print(
                f"{time + 1}/{options.times} {name:18} {rates.per_second:9,.0f}/s {rates.processor_us:7.0f} us"
                f"  lost {kill.lost} of {kill.acknowledged}, {kill.rooms_going_on} of {kill.rooms} rooms go on"
                f"  load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    return results


def parsed(arguments: list[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=50, help="of four players each")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each is measured, each time")
    parser.add_argument("--warm-up", type=float, default=1.5, help="seconds of the server's processor before that")
    parser.add_argument("--times", type=int, default=3, help="how often, in turn")
    parser.add_argument("--only", default=",".join(ENTRANTS), help=f"of these: {', '.join(ENTRANTS)}")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes: on the disk to be measured")
    parser.add_argument("--out", type=Path, default=HOME / "result.json", help="where the figures go, as JSON")
    found = parser.parse_args(arguments)
    only = tuple(str(found.only).split(","))
    if unknown := set(only) - set(ENTRANTS):
        parser.error(f"nobody is called {', '.join(sorted(unknown))}")
    demand = Demand(found.rooms, found.warm_up, found.seconds)
    return Options(demand, found.times, only, found.folder, found.out)


def commit() -> str:
    """Of this checkout; ``+`` where files differ from it."""
    git = ("git", "-C", str(Path(__file__).parent))
    found = subprocess.run([*git, "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as folder:
        print_facts(folder)
    began = os.getloadavg()[0]
    results = await compare(options)
    print(f"\ncommit {commit()}; load {began:.1f} before, {os.getloadavg()[0]:.1f} after\n")
    print(table_of(results))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(record_of(results, options.demand, commit()), indent=1), encoding="utf-8")
    print(f"\nall figures: {options.out}")


if __name__ == "__main__":
    uvloop.run(main(parsed()))
