"""How long games stand still while their nodes are replaced one by one: a rolling deploy under play.

    python -m bench.handoff [--games 100,1000,10000] [--rounds 3] [--sockets 500] [--rate 200] [--folder DIR]

Three hosts and a gateway of release 1.0 hold the games; ``--sockets`` people at the gateway send plans all the time,
``--rate`` a second in all. Each host in turn is replaced: its successor of release 2.0 starts, then it is told to stop;
last the gateway. A game's pause is the longest time that one of its plans took to be accepted while the hosts were
replaced, and while the gateway was. ``moves`` is how often a game changed hands at the most.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.kit.cluster import GATEWAY, HOSTS, Cluster, cluster_of
from bench.kit.machine import print_facts, scratch_folder
from bench.kit.planner import Planner, connected, distribution
from clew.local.process import free_port

SETTLE_S = 2.0
NEW_GATEWAY = "gate-2"


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: tuple[int, ...]
    rounds: int
    sockets: int
    rate: float
    folder: Path | None


class Play:
    """People who plan at a rate, and the longest answer of each since the last ``begin``."""

    def __init__(self, planners: list[Planner], rate: float) -> None:
        self._planners = planners
        self._every_s = len(planners) / rate
        self._worst_s = dict.fromkeys(planners, 0.0)
        self.quick_s = list[float]()

    def begin(self) -> None:
        self._worst_s = dict.fromkeys(self._planners, 0.0)
        self.quick_s = []

    def pauses(self) -> list[float]:
        return list(self._worst_s.values())

    async def go_on(self, number: int, planner: Planner) -> None:
        """Plan for ever, each time a while after the last answer."""
        await asyncio.sleep(self._every_s * number / len(self._planners))
        while True:
            took = await planner.plan()
            self._worst_s[planner] = max(self._worst_s[planner], took)
            self.quick_s.append(took)
            await asyncio.sleep(self._every_s)


async def roll(cluster: Cluster) -> list[float]:
    """Replace every host by one of the next release; gives how long each took to leave."""
    left = list[float]()
    for name in HOSTS:
        await cluster.steady_node(f"{name}-next", "host,gateway", "2.0").start()
        began = time.perf_counter()
        code = await cluster.nodes[name].stop(within_s=40)
        assert code == 0, f"{name} ended with {code}"
        left.append(time.perf_counter() - began)
    return left


async def measure(folder: Path, games: int, options: Options) -> None:
    """One row of the table."""
    async with cluster_of(folder, games, options.rounds) as (cluster, made):
        new_port = free_port()
        ports = [cluster.nodes[GATEWAY].port, new_port]
        planners = [Planner(game, ports, options.rounds + 1) for game in made[: options.sockets]]
        play = Play(planners, min(options.rate, len(planners) * 2))
        before = await cluster.epochs()
        async with asyncio.TaskGroup() as group:
            tasks = await connected(planners, group)
            tasks += [group.create_task(play.go_on(n, p), name="plays") for n, p in enumerate(planners)]
            await asyncio.sleep(SETTLE_S)
            play.begin()
            await asyncio.sleep(SETTLE_S)
            calm = distribution(play.quick_s)
            play.begin()
            left = await roll(cluster)
            await asyncio.sleep(SETTLE_S)
            hosts = distribution(play.pauses())
            moves = max(epoch - before[game] for game, epoch in (await cluster.epochs()).items())
            connections = max(planner.connections for planner in planners)
            play.begin()
            await cluster.steady_node(NEW_GATEWAY, "gateway", "2.0", port=new_port).start()
            await cluster.nodes[GATEWAY].stop(within_s=40)
            await asyncio.sleep(SETTLE_S)
            gateway = distribution(play.pauses())
            for task in tasks:
                task.cancel()
        refused = sum(len(planner.refusals) for planner in planners)
        holders = set((await cluster.holders()).values())
        print(
            f"{games:6d} {len(planners):8d}  calm     {calm}\n{'':16} hosts    {hosts}   left after "
            f"{', '.join(f'{seconds:.1f} s' for seconds in left)}; {moves} moves, {connections} connections\n"
            f"{'':16} gateway  {gateway}   {refused} refused; held by {', '.join(sorted(holders))}",
            flush=True,
        )


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as scratch:
        print_facts(scratch)
        print(" games  sockets           p50 ms  p90 ms  p99 ms  max ms")
        for games in options.games:
            folder = scratch / f"games-{games}"
            folder.mkdir()
            await measure(folder, games, options)


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", default="100,1000,10000", help="sessions in the cluster, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="rounds played in each game before")
    parser.add_argument("--sockets", type=int, default=500, help="people who plan all the time")
    parser.add_argument("--rate", type=float, default=200.0, help="plans per second in all")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes: on the disk to be measured")
    found = parser.parse_args()
    games = tuple(int(number) for number in found.games.split(","))
    return Options(games, found.rounds, found.sockets, found.rate, found.folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
