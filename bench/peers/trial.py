"""One run of one entrant: how much it takes, what that costs, and what is left after a kill."""

import asyncio
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import httpx
import psutil

from bench.kit.machine import CLIENT_CORE, on_core
from bench.peers.crowd import Crowd
from bench.peers.entrants import Entrant
from bench.peers.install import Programs
from bench.peers.serving import Serving
from bench.peers.talks.talk import Talk
from clew.wiring.faults import CannotStart

ONCE_WITHIN_S: Final = 20.0
LOOK_AGAIN_S: Final = 0.1


@dataclass(frozen=True)
class Demand:
    """What each entrant is asked for."""

    rooms: int
    warm_up_s: float
    """Of processor time, before anything is measured."""
    seconds: float


@dataclass(frozen=True)
class Rates:
    """What was measured while all of them played."""

    per_second: float
    p50_ms: float
    p99_ms: float
    processor_us: float
    """Of all that serves, for each action."""
    frames: float
    bytes: float
    """Sent for each action, payloads alone."""
    server_core: float
    client_core: float
    """How much of its core each side used, 1 being all of it."""
    memory_mb: float


@dataclass(frozen=True)
class Kill:
    """What SIGKILL at this load cost."""

    acknowledged: int
    lost: int
    """Of these; 0 where it does not start, and nobody can tell."""
    rooms_going_on: int
    rooms: int
    back_s: float | None
    """From the kill until everyone in the rooms that go on had another action acknowledged, without the counting."""
    starts: bool
    """Whether it started again, and stayed."""


@dataclass(frozen=True)
class Trial:
    """One run."""

    rates: Rates
    kill: Kill

    def told(self) -> dict[str, object]:
        return {**asdict(self.rates), **{f"kill_{name}": value for name, value in asdict(self.kill).items()}}


async def tried(entrant: Entrant, demand: Demand, programs: Programs, folder: Path) -> Trial:
    """Serve it on a core of its own, let everyone play from another, and kill it while they do."""
    async with entrant.opened(programs, folder) as (serving, talk):
        with on_core(CLIENT_CORE):
            return await _played(serving, talk, demand)


async def _played(serving: Serving, talk: Talk, demand: Demand) -> Trial:
    crowd = Crowd(talk, serving.url)
    try:
        await crowd.come_in(demand.rooms)
        crowd.begin()
        await _warmed_up(crowd, serving, demand.warm_up_s)
        rates = await _measured(crowd, serving, demand.seconds)
        return Trial(rates, await _killed(crowd, serving, demand.rooms))
    finally:
        await crowd.close()


async def _warmed_up(crowd: Crowd, serving: Serving, processor_s: float) -> None:
    """Until it has used so much of the processor since, or had four times as long: a compiler has to have seen it all.

    And until everyone was answered once: before that, what is used is used for answers still to come.
    """
    enough_s, latest_s = serving.processor_s() + processor_s, time.perf_counter() + 4 * processor_s
    while time.perf_counter() < latest_s:
        await asyncio.sleep(LOOK_AGAIN_S)
        if serving.processor_s() > enough_s:
            break
    await crowd.all_answered(ONCE_WITHIN_S)


async def _measured(crowd: Crowd, serving: Serving, seconds: float) -> Rates:
    ours = psutil.Process()
    crowd.took_s.clear()
    frames, sent, began_s = crowd.frames, crowd.bytes, time.perf_counter()
    theirs_s, ours_s = serving.processor_s(), sum(ours.cpu_times()[:2])
    await asyncio.sleep(seconds)
    took_s, passed_s = sorted(crowd.took_s), time.perf_counter() - began_s
    used_s, count = serving.processor_s() - theirs_s, max(1, len(took_s))
    return Rates(
        per_second=len(took_s) / passed_s,
        p50_ms=_at(took_s, 0.5) * 1e3,
        p99_ms=_at(took_s, 0.99) * 1e3,
        processor_us=used_s / count * 1e6,
        frames=(crowd.frames - frames) / count,
        bytes=(crowd.bytes - sent) / count,
        server_core=used_s / passed_s,
        client_core=(sum(ours.cpu_times()[:2]) - ours_s) / passed_s,
        memory_mb=serving.memory_mb(),
    )


async def _killed(crowd: Crowd, serving: Serving, rooms: int) -> Kill:
    serving.victim.kill_nowait()
    killed_s = time.perf_counter()
    await crowd.go()
    acknowledged = crowd.acknowledged
    try:
        await serving.start_again()
        counting_s = time.perf_counter()
        lost = await crowd.lost()
        counting_s = time.perf_counter() - counting_s
        going_on = await crowd.rooms_that_go_on()
    except (CannotStart, httpx.TransportError):
        return Kill(acknowledged, 0, 0, rooms, None, starts=False)
    back_s = time.perf_counter() - killed_s - counting_s if going_on else None
    return Kill(acknowledged, lost, going_on, rooms, back_s, starts=True)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
