"""How many parts a second each store commits, by how many go in one transaction.

    python -m bench.batches [--stores sqlite,postgres,memory] [--sizes 1,10,100,500] [--seconds 2] [--snapshots 0.1]

Each part has one entry, and every tenth a snapshot with two players too. One commit follows another, as the committer
sends them; beside it, how long a load, a beat and a claim of 500 take.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import uvloop

from bench.kit.stores import open_store
from clew.sessions.ids import GameId
from clew.sessions.ports.store import Store
from clew.sessions.records import Verdict
from tests.kit.store_records import LEASE, NOW, beat, loaded, new_session, part, reads, register, snapshot

STATE = '{"board":"' + "x" * 6_000 + '"}'
EVENT = '{"v":1,"event":{"type":"plan_registered","player_id":"p1","steps":["e","e","ne"],"at":1800000000123}}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stores", default="sqlite,postgres,memory")
    parser.add_argument("--sizes", default="1,10,100,500")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--snapshots", type=float, default=0.1)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    for kind in options.stores.split(","):
        uvloop.run(_run(kind, sizes, options.seconds, options.snapshots))


async def _run(kind: str, sizes: Sequence[int], seconds: float, snapshots: float) -> None:
    async with open_store(kind) as store:
        owner = await register(store, "a")
        shot = snapshot(STATE, "active", 1, p1="ada alive", p2="ben alive")
        for start in range(0, max(sizes), 100):
            await store.journal.create([new_session(f"g{start + number}", owner, shot=shot) for number in range(100)])
        print(kind)
        for size in sizes:
            await _measure(store, size, seconds, snapshots)
        await _ask(store)


async def _measure(store: Store, size: int, seconds: float, snapshots: float) -> None:
    rows = [await loaded(store, f"g{number}") for number in range(size)]
    seqs = [row.seq for row in rows]
    shot = snapshot(STATE, "active", 2, p1="ada alive", p2="ben alive")
    took_s: list[float] = []
    began_s, cpu_began_s, parts, every = time.perf_counter(), time.process_time(), 0, round(1 / (snapshots or 1e-9))
    while time.perf_counter() - began_s < seconds:
        batch = [
            part(
                row, EVENT, after=seqs[index], wake_at=NOW + parts, shot=shot if (parts + index) % every == 0 else None
            )
            for index, row in enumerate(rows)
        ]
        sent_s = time.perf_counter()
        verdicts = await store.journal.commit(batch)
        took_s.append(time.perf_counter() - sent_s)
        assert verdicts == [Verdict.COMMITTED] * size
        seqs = [seq + 1 for seq in seqs]
        parts += size
    wall_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_began_s
    took_s.sort()
    p50, p99 = took_s[len(took_s) // 2] * 1e3, took_s[len(took_s) * 99 // 100] * 1e3
    print(
        f"  {size:4} in one: {parts / wall_s:9,.0f} parts/s  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms"
        f"  {cpu_s / parts * 1e6:6.1f} us of our processor each"
    )


async def _ask(store: Store) -> None:
    dead = await register(store, "dead")
    for start in range(0, 2_000, 100):
        await store.journal.create(
            [new_session(f"d{start + number}", dead, shot=snapshot(STATE)) for number in range(100)]
        )
    await store.nodes.retire(dead)
    mine = await register(store, "mine")
    print(f"  load {await _timed(lambda: store.journal.load(GameId('d1')), 50):.2f} ms", end="")
    print(f"   beat {await _timed(lambda: store.nodes.renew(mine, LEASE, beat()), 50):.2f} ms", end="")
    print(f"   holding {await _timed(lambda: store.ownership.holding(GameId('d1')), 50):.2f} ms", end="")
    print(f"   claim of 500 {await _timed(lambda: store.ownership.claim(mine, reads(1), 500), 4):.1f} ms", end="")
    print(f"   claim of none {await _timed(lambda: store.ownership.claim(mine, reads(1), 500), 20):.2f} ms")


async def _timed(ask: Callable[[], Awaitable[object]], times: int) -> float:
    await asyncio.sleep(0)
    began_s = time.perf_counter()
    for _ in range(times):
        await ask()
    return (time.perf_counter() - began_s) / times * 1e3


if __name__ == "__main__":
    main()
