"""What floods cost those who play: 40 players on real sockets, with and without each flood, in one run.

The server has a core of its own; players and attackers share the other one, in processes of their own. Before and after
each flood the players are measured without one, so that a busy machine is seen. A flood ends by itself, in number and
time, and speaks to 127.0.0.1 only. Rate limits are on; players and attackers come from two addresses, as they would.

    python -m bench.hostile [--floods pings,downloads] [--seconds 8] [--folder DIR] [--same-address]
"""

import argparse
import asyncio
import multiprocessing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import psutil
import uvloop

from bench.kit.attackers import FLOODS, Target, attack
from bench.kit.load import Load, Measured, loaded
from bench.kit.machine import CLIENT_CORE, on_core, print_facts, scratch_folder
from clew.client.retrying import pause
from tests.kit.client import Person, Player
from tests.kit.server import Server

GAMES: Final = 10
SEATS: Final = 4
PLANS_PER_S: Final = 80.0
"""Two plans a second of each player: far more than people make, and below the rate that one person may send."""
WARM_UP_S: Final = 1.0
ATTACKERS_ADDRESS: Final = "127.0.0.2"
RATIO_MAX: Final = 3.0
UNCAPPED: Final = ("--cap", "entries_per_round=off")
"""The players change their plans without end, to be measured by."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    floods: tuple[str, ...]
    seconds: float
    folder: Path | None
    same_address: bool


class Rss:
    """A process's memory, and its peak since it was last asked."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.peak = 0.0

    def now(self) -> float:
        found = self._process.memory_info().rss / 1024 / 1024
        self.peak = max(self.peak, found)
        return found

    async def watch(self) -> None:
        while True:
            self.now()
            await asyncio.sleep(0.1)


async def measure(name: str, load: Load, target: Target, rss: Rss, options: Options) -> float:
    """One row; gives the ratio of the p99s."""
    before, rss_before = await load.open_loop(PLANS_PER_S, WARM_UP_S, options.seconds), rss.now()
    rss.peak = rss_before
    with on_core(CLIENT_CORE):
        process = multiprocessing.get_context("spawn").Process(
            target=attack, args=(name, target, WARM_UP_S + options.seconds + 1.0), daemon=True
        )
        process.start()
    watching = asyncio.get_running_loop().create_task(rss.watch())
    await asyncio.sleep(1.5)  # until the attackers' process has begun
    assert process.is_alive(), "the attackers' process died"
    under = await load.open_loop(PLANS_PER_S, WARM_UP_S, options.seconds)
    await asyncio.to_thread(process.join, 20.0)
    if process.is_alive():
        process.kill()
    watching.cancel()
    after = await load.open_loop(PLANS_PER_S, WARM_UP_S, options.seconds)
    return print_row(name, before, under, after, (rss_before, rss.peak, rss.now()))


def print_row(name: str, before: Measured, under: Measured, after: Measured, rss: tuple[float, float, float]) -> float:
    usual = max(before.percentile(0.99), after.percentile(0.99))
    ratio = under.percentile(0.99) / usual
    unanswered = round(PLANS_PER_S * under.seconds) - under.accepted
    print(
        f"| {name:12} | {before.percentile(0.5):6.1f} {under.percentile(0.5):6.1f} {after.percentile(0.5):6.1f} |"
        f" {before.percentile(0.99):7.1f} {under.percentile(0.99):7.1f} {after.percentile(0.99):7.1f} | {ratio:5.1f} |"
        f" {unanswered:6} | {rss[0]:6.0f} {rss[1]:6.0f} {rss[2]:6.0f} |",
        flush=True,
    )
    return ratio


async def finished_game(port: int) -> str:
    """The join code of a game that is over, with a replay to download."""
    person = await Person.guest(f"http://127.0.0.1:{port}", "Host")
    code = (await person.create_game(seats=8, bots=7, round_seconds=86_400, seed=7))["join_code"]
    await person.start(str(code))
    async with httpx.AsyncClient(base_url=person.base_url) as http:
        player = Player(person, str(code), "p1")
        staying = asyncio.get_running_loop().create_task(player.stay())
        await player.wait_until(lambda record: record.last_seq is not None, 20)
        await player.resign()
        while (
            await http.get(f"/api/v1/games/{code}/replay")
        ).status_code != 200:  # bots play on, three seconds a round
            await pause(1.0)
        staying.cancel()
    await person.close()
    return str(code)


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as folder:
        print_facts(folder)
        limits = ("--limit-network", "127.0.0.1/32=off")  # the players' address: it stands for many
        server = Server(folder / "data", *UNCAPPED, *(() if options.same_address else limits))
        async with loaded(server, GAMES, SEATS) as load:
            guest = await Person.guest(server.url, "Attacker")
            made = await guest.create_game(seats=2, bots=1, round_seconds=86_400)
            address = "127.0.0.1" if options.same_address else ATTACKERS_ADDRESS
            target = Target(server.port, address, guest.token, str(made["join_code"]), await finished_game(server.port))
            await run(options, load, target, Rss(server.pid))
            await guest.close()


async def run(options: Options, load: Load, target: Target, rss: Rss) -> None:
    print("Three figures: before the flood, under it, after it.")
    print("| flood        | p50 ms               | p99 ms                  | ratio | late   | RSS MB: peak under   |")
    print("| ------------ | -------------------- | ----------------------- | ----- | ------ | -------------------- |")
    ratios = {name: await measure(name, load, target, rss, options) for name in options.floods}
    worst = max(ratios, key=lambda name: ratios[name])
    verdict = "holds" if ratios[worst] <= RATIO_MAX else "does NOT hold"
    print(f"\nworst: {worst}, {ratios[worst]:.1f} times the usual p99; at most {RATIO_MAX:.0f} times: {verdict}")


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floods", default=",".join(FLOODS), help="which, of " + ", ".join(FLOODS))
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each stretch is measured")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes")
    parser.add_argument("--same-address", action="store_true", help="attackers share the players' address")
    found = parser.parse_args()
    return Options(tuple(found.floods.split(",")), found.seconds, found.folder, found.same_address)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
