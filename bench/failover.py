"""How long games do not answer after the process that ran them was killed, or vanished without a word.

    python -m bench.failover [--games 100,1000,10000] [--rounds 3] [--sockets 500] [--way kill|pause|dark]

Three hosts share the games; people sit at a gateway. One host is killed with SIGKILL (or stopped with SIGSTOP: what a
lost machine looks like to the others). At that moment a player of each of its games (of ``--sockets`` of them at most)
sends a plan; its pause is the time until that plan is accepted by the node that took the game over. With ``--way dark``
all hosts, the gateway, PostgreSQL and NATS are killed; the pause counts from when the first of them is started again.
"""

import argparse
import asyncio
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.kit.cluster import GATEWAY, HOSTS, Cluster, cluster_of
from bench.kit.machine import print_facts, scratch_folder
from bench.kit.planner import Planner, connected, distribution


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: tuple[int, ...]
    rounds: int
    sockets: int
    way: str
    folder: Path | None


async def measure(folder: Path, games: int, options: Options) -> None:
    """One row of the table."""
    victim = HOSTS[1]
    async with cluster_of(folder, games, options.rounds) as (cluster, made):
        holders = await cluster.holders()
        lost = [game for game in made if options.way == "dark" or holders[game.game_id] == victim]
        port = cluster.nodes[GATEWAY].port
        planners = [Planner(game, [port], options.rounds + 1) for game in lost[: options.sockets]]
        async with asyncio.TaskGroup() as group:
            staying = await connected(planners, group)
            owners = await cluster.owners()
            lives = {owners[game.game_id] for game in lost}
            began = await _strike(cluster, victim, options.way)
            claimed = group.create_task(cluster.wait_all_let_go(lives), name="claimed")
            pauses = await asyncio.gather(*(planner.plan() for planner in planners))
            await claimed
            all_held_s = time.perf_counter() - began
            for task in staying:
                task.cancel()
        refused = sum(len(planner.refusals) for planner in planners)
        connections = max(planner.connections for planner in planners)
        print(
            f"{games:6d} {len(lost):6d} {len(planners):8d}   {distribution(pauses)} {all_held_s * 1000:9.0f}"
            f" {refused:8d} {connections:12d}",
            flush=True,
        )


async def _strike(cluster: Cluster, victim: str, way: str) -> float:
    """Do it; gives the moment from which it counts."""
    match way:
        case "kill":
            cluster.nodes[victim].kill_nowait()
        case "pause":
            cluster.nodes[victim].send_signal(signal.SIGSTOP)
        case _:
            await cluster.kill_everything()
            began = time.perf_counter()
            await cluster.launch_everything()
            return began
    return time.perf_counter()


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as scratch:
        print_facts(scratch)
        print(" games   lost  planning   p50 ms  p90 ms  p99 ms  max ms  all held  refused  connections")
        for games in options.games:
            folder = scratch / f"games-{games}"
            folder.mkdir()
            await measure(folder, games, options)


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", default="100,1000,10000", help="sessions in the cluster, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="rounds played in each game before")
    parser.add_argument("--sockets", type=int, default=500, help="players who send a plan at the moment of the kill")
    parser.add_argument("--way", choices=("kill", "pause", "dark"), default="kill")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes: on the disk to be measured")
    found = parser.parse_args()
    games = tuple(int(number) for number in found.games.split(","))
    return Options(games, found.rounds, found.sockets, found.way, found.folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
