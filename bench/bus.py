"""How fast the buses carry requests and feeds, and how long one message takes when nothing else is on its way.

Asker and answerer, publisher and follower are two buses of one process, so a figure holds the work of both ends.

    python -m bench.bus [--bus local,nats] [--seconds 3] [--bytes 200] [--askers 1,100]
"""

import argparse
import asyncio
import random
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop
from prometheus_client import CollectorRegistry

from bench.kit.machine import print_facts, scratch_folder
from clew.buses.local import open_local
from clew.buses.metrics import BusMetrics
from clew.buses.nats.bus import open_nats
from clew.buses.nats.settings import NatsSettings, read_servers
from clew.local.nats import LocalNats
from clew.local.process import free_port
from clew.sessions.ports.bus import Bus
from clew.wiring.clock import RealClock

WITHIN_S = 10.0
BURST = 256
IN_FLIGHT_MAX = 8_192
"""Below what a follower holds: the figure is of messages that arrive."""
IDLE_PROBES = 500
IDLE_PAUSE_S = 0.002
CHANNEL, ADDRESS = "gateway-1.1", "node-1.1"


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    buses: tuple[str, ...]
    seconds: float
    body: bytes
    askers: tuple[int, ...]


@asynccontextmanager
async def opened(kind: str, folder: Path) -> AsyncGenerator[tuple[Bus, Bus]]:
    if kind == "local":
        async with open_local(RealClock(), BusMetrics(CollectorRegistry())) as bus:
            yield bus, bus
        return
    server = LocalNats(folder, free_port())
    server.start()
    try:
        one, two = (NatsSettings(read_servers(server.url), node, "bench") for node in ("one", "two"))
        async with (
            open_nats(one, RealClock(), BusMetrics(CollectorRegistry()), random.Random(1)) as ours,
            open_nats(two, RealClock(), BusMetrics(CollectorRegistry()), random.Random(2)) as theirs,
        ):
            yield ours, theirs
    finally:
        server.kill()


async def requests(kind: str, ours: Bus, theirs: Bus, askers: int, options: Options) -> None:
    """Each asker always has one request on its way."""

    async def echo(body: bytes) -> bytes:
        return body

    took_s: list[float] = []
    until_s = time.perf_counter() + options.seconds

    async def ask() -> None:
        while (began_s := time.perf_counter()) < until_s:
            await ours.request(ADDRESS, options.body, WITHIN_S)
            took_s.append(time.perf_counter() - began_s)

    served = await theirs.serve(ADDRESS, echo)
    cpu_s = time.process_time()
    async with asyncio.TaskGroup() as tasks:
        for number in range(askers):
            tasks.create_task(ask(), name=f"asker {number}")
    cpu_s = time.process_time() - cpu_s
    await served.close()
    print_row(kind, f"requests, {askers} at once", len(took_s) / options.seconds, took_s, cpu_s)


async def feed(kind: str, ours: Bus, theirs: Bus, options: Options) -> None:
    """As many messages as arrive, a bounded number of them on their way."""
    arrived = 0
    room = asyncio.Event()

    def deliver(feed: str, body: bytes) -> None:
        nonlocal arrived
        del feed, body
        arrived += 1
        room.set()

    followed = await theirs.follow(CHANNEL, deliver, not_expected)
    sent, began_s, cpu_s = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - began_s < options.seconds:
        for _ in range(BURST):
            ours.publish(CHANNEL, f"game-{sent % 1_000}.p1", options.body)
            sent += 1
        room.clear()
        while sent - arrived > IN_FLIGHT_MAX - BURST:
            room.clear()
            await room.wait()
        await asyncio.sleep(0)
    while arrived < sent:
        room.clear()
        await room.wait()
    took_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_s
    await followed.close()
    print_row(kind, "feed messages", sent / took_s, [], cpu_s, sent)


async def idle(kind: str, ours: Bus, theirs: Bus, options: Options) -> None:
    """One message at a time, from ``publish`` to ``deliver``, with a pause before each."""
    took_s: list[float] = []
    published_s = 0.0
    arrived = asyncio.Event()

    def deliver(feed: str, body: bytes) -> None:
        del feed, body
        took_s.append(time.perf_counter() - published_s)
        arrived.set()

    followed = await theirs.follow(CHANNEL, deliver, not_expected)
    for _ in range(IDLE_PROBES):
        await asyncio.sleep(IDLE_PAUSE_S)
        arrived.clear()
        published_s = time.perf_counter()
        ours.publish(CHANNEL, "game-1.p1", options.body)
        await arrived.wait()
    await followed.close()
    print_row(kind, "publish to deliver, idle", 0.0, took_s, 0.0)


async def publishing(kind: str, ours: Bus, theirs: Bus, options: Options) -> None:
    """What one call of ``publish`` costs its caller."""
    del theirs
    took_s: list[float] = []
    for _ in range(200):
        began_s = time.perf_counter()
        for number in range(100):
            ours.publish(CHANNEL, f"game-{number}.p1", options.body)
        took_s.append((time.perf_counter() - began_s) / 100)
        await asyncio.sleep(IDLE_PAUSE_S)
    print_row(kind, "one call of publish", 0.0, took_s, 0.0)


def not_expected() -> None:
    raise AssertionError("a bench loses nothing")


def print_row(
    kind: str, what: str, per_second: float, took_s: list[float], cpu_s: float, done: int | None = None
) -> None:
    took_s.sort()
    number = done or len(took_s)

    def at(part: float) -> str:
        return f"{took_s[int(part * (len(took_s) - 1))] * 1e3:8.4f}" if took_s else ""

    rate = f"{per_second:10,.0f}" if per_second else ""
    cpu = f"{cpu_s / number * 1e6:8.1f}" if cpu_s else ""
    print(f"| {kind:5} | {what:24} | {rate:10} | {at(0.5):8} | {at(0.99):8} | {cpu:8} |", flush=True)


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bus", default="local,nats", help="which buses")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each is measured")
    parser.add_argument("--bytes", type=int, default=200, help="the size of each body")
    parser.add_argument("--askers", default="1,100", help="how many ask at once, one run for each number")
    found = parser.parse_args()
    askers = tuple(int(number) for number in found.askers.split(","))
    return Options(tuple(found.bus.split(",")), found.seconds, bytes(found.bytes), askers)


async def main(options: Options) -> None:
    with scratch_folder(None) as folder:
        print_facts(folder)
        print("| bus   | what                     |   a second |   p50 ms |   p99 ms | CPU us   |")
        print("| ----- | ------------------------ | ---------- | -------- | -------- | -------- |")
        for kind in options.buses:
            async with opened(kind, folder) as (ours, theirs):
                for askers in options.askers:
                    await requests(kind, ours, theirs, askers, options)
                await feed(kind, ours, theirs, options)
                await idle(kind, ours, theirs, options)
                await publishing(kind, ours, theirs, options)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
