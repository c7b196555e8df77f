"""How many durable commands a second the runtime and its store carry, without a web in front.

    python -m bench.store [--sessions 500] [--clients 100] [--seconds 5] [--store NAME] [--folder DIR]

``NAME`` is ``sqlite``, ``memory`` or ``postgres`` (a server of its own on this machine, which waits for the disk).
A client posts, waits for the durable answer, and posts again to the next session. Prints commands and commits a
second, the time to an answer, and the processor time a command takes in the whole process.
"""

import argparse
import asyncio
import sys
import time
from itertools import count
from pathlib import Path

import uvloop
from prometheus_client import CollectorRegistry

from bench.kit.stores import open_store
from clew.sessions.games import games_of
from clew.sessions.ids import GameId
from clew.sessions.metrics import Metrics
from clew.sessions.policy import Policy
from clew.sessions.ports.store import Store
from clew.sessions.records import Acknowledged
from clew.testing.hosts.life import NodeOptions, host_of
from clew.wiring.clock import RealClock
from tests.kit.hosting import ADA, BEN, HERE, TallyHost, open_game, tally
from tests.kit.tally import Add

SWITCH_INTERVAL_S = 0.001
UNCAPPED = Policy(entries_per_round_max=sys.maxsize)
"""Two players post all there is, in one round."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--store", choices=("sqlite", "memory", "postgres"), default="sqlite")
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    uvloop.run(_run(options))


async def _run(options: argparse.Namespace) -> None:
    async with open_store(options.store, options.folder) as store:
        await _measure(store, options.sessions, options.clients, options.seconds)


async def _measure(store: Store, sessions: int, clients: int, seconds: float) -> None:
    registry = CollectorRegistry()
    options = NodeOptions(policy=UNCAPPED)
    host = host_of(games_of(tally()), store, RealClock(), options=options, metrics=Metrics(registry))
    async with host.running():
        games = [GameId(f"game-{number}") for number in range(sessions)]
        await asyncio.gather(*(open_game(host, game, 1_000_000_000) for game in games))
        took_s: list[float] = []
        commits_before = _commits(registry)
        began_s, cpu_began_s = time.perf_counter(), time.process_time()
        until_s = began_s + seconds
        async with asyncio.TaskGroup() as tasks:
            for client in range(clients):
                tasks.create_task(_post(host, games[client::clients] or games, client, until_s, took_s), name="client")
        wall_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_began_s
        commits = _commits(registry) - commits_before
    took_s.sort()
    done = len(took_s)
    print(f"{sessions} sessions, {clients} clients, {wall_s:.1f} s")
    print(f"  {done / wall_s:10,.0f} durable commands/s   {cpu_s / done * 1e6:6.1f} us of processor each")
    print(f"  {commits / wall_s:10,.0f} commits/s            {done / commits:6.1f} commands in each")
    print(f"  p50 {took_s[done // 2] * 1e3:.2f} ms   p99 {took_s[done * 99 // 100] * 1e3:.2f} ms")


async def _post(host: TallyHost, games: list[GameId], client: int, until_s: float, took_s: list[float]) -> None:
    for number in count():
        began_s = time.perf_counter()
        if began_s > until_s:
            return
        player = (ADA, BEN)[number % 2]
        command = Add(player, HERE, 1)
        answer = await host.post(
            games[number % len(games)], command, player_id=player, command_id=f"01JCOMMAND{client:06}{number:08}"
        )
        assert isinstance(answer, Acknowledged)
        took_s.append(time.perf_counter() - began_s)


def _commits(registry: CollectorRegistry) -> float:
    return registry.get_sample_value("clew_commits_total") or 0.0


if __name__ == "__main__":
    main()
