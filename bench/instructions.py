"""Machine instructions that one plan costs the whole server: a figure that others on the machine don't change.

    python -m bench.instructions [--games 10] [--plans 5000]

The server runs under valgrind's cachegrind (Debian: ``valgrind``), some thirty times slower than by itself; players
send plans in a closed loop. Twice, with few plans and with many: the difference is what plans cost, less what it does
meanwhile by itself, which a third and a fourth run without any plan say.
"""

import argparse
import asyncio
import re
import shutil
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

import uvloop

from bench.commands import SEATS, UNCAPPED
from bench.kit.load import Load
from bench.kit.machine import print_facts, scratch_folder
from tests.kit.server import OUR_PROGRAM, Server

FEW: Final = 500
IDLE_S: Final = (3.0, 13.0)
STOP_WITHIN_S: Final = 120.0
_COUNT: Final = re.compile(r"I *refs: *([\d,]+)")


class Counted(NamedTuple):
    """One run of a server: its instructions, the plans that it accepted, and how long the players were there."""

    instructions: int
    plans: int
    seconds: float


async def counted(folder: Path, games: int, plans: int, idle_s: float) -> Counted:
    """A server of its own in this folder, asked for so many plans, then left alone for so long."""
    out = folder / "count.log"
    tool = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", f"--log-file={out}")
    server = Server(folder / "data", "--rate-limits", "off", *UNCAPPED, command=(*tool, *OUR_PROGRAM))
    await server.start()
    try:
        load = Load(patience_s=STOP_WITHIN_S)
        await load.set_up(server.port, games, SEATS)
        began_s = time.perf_counter()
        accepted = await load.closed_loop_of(plans) if plans else 0
        await asyncio.sleep(idle_s)
        seconds = time.perf_counter() - began_s
        load.close()
    finally:
        await server.stop(STOP_WITHIN_S)
    found = _COUNT.search(out.read_text())
    assert found is not None, f"valgrind counted nothing: {out.read_text()}"
    return Counted(int(found[1].replace(",", "")), accepted, seconds)


async def main(games: int, plans: int) -> None:
    if shutil.which("valgrind") is None:
        sys.exit("bench.instructions needs valgrind (Debian: apt-get install valgrind).")
    with scratch_folder(None) as folder:
        print_facts(folder)
        runs: list[Counted] = []
        for number, (asked, idle_s) in enumerate(((0, IDLE_S[0]), (0, IDLE_S[1]), (FEW, 0.0), (plans, 0.0))):
            (within := folder / str(number)).mkdir()
            runs.append(await counted(within, games, asked, idle_s))
        short, long, few, many = runs
        by_itself = (long.instructions - short.instructions) / (long.seconds - short.seconds)
        spent = many.instructions - few.instructions - by_itself * (many.seconds - few.seconds)
        print(f"{spent / (many.plans - few.plans):,.0f} instructions a plan; {by_itself:,.0f} a second by itself")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=10, help="how many games of four")
    parser.add_argument("--plans", type=int, default=5000, help="how many plans, beside the few that it starts with")
    options = parser.parse_args()
    uvloop.run(main(options.games, options.plans))
