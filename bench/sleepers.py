"""What a node among many sleeping games asks of its store each second, and what it takes to take them all over.

    python -m bench.sleepers [--sleepers 100000] [--store sqlite] [--times 20]

``--store`` is ``sqlite`` or ``postgres`` (a server of its own on this machine). Each sleeper has a state of 3 KB and a
time to wake a day ahead. Prints the middle of so many looks for who is to be woken, of as many beats and of as many
questions who is awake, then what a later life takes to claim all of them.
"""

import argparse
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from statistics import median
from typing import Final

import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.stores import open_store
from clew.sessions.bounds import CLAIM_BATCH, LEASE_MS, WAKE_BATCH
from clew.sessions.ids import GameId, Owner
from clew.sessions.ports.store import Store
from clew.sessions.records import RowVersion, Verdict
from clew.wiring.clock import RealClock
from tests.kit.store_records import beat, new_session, reads, register, snapshot

DAY_MS: Final = 86_400_000
MADE_AT_ONCE: Final = 200
STATE: Final = snapshot('"' + "s" * 3_000 + '"', "active")


async def main(options: argparse.Namespace) -> None:
    with scratch_folder(None) as folder:
        print_facts(folder)
    async with open_store(options.store) as store:
        now = RealClock().now()
        owner = await register(store)
        for first in range(0, options.sleepers, MADE_AT_ONCE):
            await lay_to_sleep(store, owner, range(first, min(first + MADE_AT_ONCE, options.sleepers)), now)
        print(f"{options.sleepers} sleepers, {options.store}")

        async def beaten() -> object:
            return await store.nodes.renew(owner, LEASE_MS, beat())

        await timed("look for who is to be woken", options.times, lambda: store.ownership.wake(owner, now, WAKE_BATCH))
        await timed("beat", options.times, beaten)
        await timed("question who is awake", options.times, lambda: store.ownership.held_by(owner))
        await store.nodes.retire(owner)
        heir = await register(store, "heir")
        began_s, claimed = time.perf_counter(), 0
        while taken := await store.ownership.claim(heir, reads(1), CLAIM_BATCH):
            claimed += len(taken)
            await store.nodes.renew(heir, LEASE_MS, beat())
        print(f"{claimed} claimed by a later life in {time.perf_counter() - began_s:.1f} s")


async def lay_to_sleep(store: Store, owner: Owner, numbers: range, now: int) -> None:
    """Make these sessions, which are to be woken in a day, and note that they sleep."""
    games = [f"game-{number}" for number in numbers]
    await store.journal.create(
        [replace(new_session(game, owner, now=now, shot=STATE), wake_at=now + DAY_MS) for game in games]
    )
    versions = [RowVersion(GameId(game), 1, 1) for game in games]
    assert set(await store.ownership.put_to_sleep(owner, versions)) == {Verdict.COMMITTED}


async def timed(what: str, times: int, ask: Callable[[], Awaitable[object]]) -> None:
    """Ask so often, and print what the middle one took."""
    took_s: list[float] = []
    for _ in range(times):
        began_s = time.perf_counter()
        await ask()
        took_s.append(time.perf_counter() - began_s)
    print(f"{median(took_s) * 1000:8.2f} ms a {what}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sleepers", type=int, default=100_000)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--times", type=int, default=20)
    uvloop.run(main(parser.parse_args()))
