"""Where a server's time goes: py-spy samples who holds the interpreter, the system says what each thread used."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

SAMPLES_PER_SECOND: Final = 250
ROWS: Final = 20
FRAME_OF_ALL: Final = 0.97
"""Functions around nearly everything say nothing: the event loop, the command line."""
TOOL: Final = Path(sys.executable).with_name("py-spy")


@dataclass(frozen=True)
class Profile:
    """Samples by function: ``own`` for the innermost one, ``within`` for every one on the stack.

    Only samples of the thread that held the interpreter count. What runs without it (SQLite, the disk) is in the
    threads' own times.
    """

    samples: int
    own: Counter[str]
    within: Counter[str]

    def table(self) -> str:
        """The functions most often found running, and those most often found waiting for what they called."""
        return "\n".join(
            [
                f"{self.samples} samples of whoever held the interpreter",
                "  own time",
                *(self._row(name, count) for name, count in self.own.most_common(ROWS)),
                "  with everything called from it",
                *(self._row(n, c) for n, c in self.within.most_common(3 * ROWS) if c < FRAME_OF_ALL * self.samples),
            ]
        )

    def _row(self, name: str, count: int) -> str:
        return f"    {100 * count / self.samples:5.1f} %  {name}"


async def begin_profile(pid: int, seconds: float, into: Path) -> Process:
    """Start sampling a process; ``end_profile`` waits for the result."""
    return await asyncio.create_subprocess_exec(
        str(TOOL),
        "record",
        *("--pid", str(pid), "--duration", str(max(1, round(seconds))), "--rate", str(SAMPLES_PER_SECOND)),
        *("--gil", "--format", "raw", "--output", str(into)),
        stdout=PIPE,
        stderr=PIPE,
    )


async def end_profile(sampling: Process, out: Path) -> Profile:
    """Raises ``RuntimeError`` with what py-spy said where it may not look."""
    said, complained = await sampling.communicate()
    if sampling.returncode != 0:
        raise RuntimeError(f"py-spy: {said.decode()}{complained.decode()}")
    return _read(out)


class ThreadMeter:
    """What each thread of a process used since the meter was made."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._before = self._used()

    def table(self, seconds: float) -> str:
        """A row for each thread that did something; the first thread is the event loop."""
        used = {thread: (u - b[0], s - b[1]) for thread, (u, s) in self._used().items() if (b := self._before[thread])}
        rows = [
            f"    {100 * user / seconds:5.1f} % user {100 * system / seconds:5.1f} % system  "
            f"{'the event loop' if thread == self._process.pid else 'a helper thread'}"
            for thread, (user, system) in sorted(used.items(), key=lambda item: -sum(item[1]))
            if user + system > 0.01 * seconds
        ]
        return "\n".join(["  of one core, by thread", *rows])

    def _used(self) -> dict[int, tuple[float, float]]:
        return defaultdict(
            lambda: (0.0, 0.0),
            {thread.id: (thread.user_time, thread.system_time) for thread in self._process.threads()},
        )


def _read(out: Path) -> Profile:
    own, within, samples = Counter[str](), Counter[str](), 0
    for line in out.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [_short(frame) for frame in stack.split(";")]
        samples += int(count)
        own[frames[-1]] += int(count)
        for name in set(frames):
            within[name] += int(count)
    return Profile(samples, own, within)


def _short(frame: str) -> str:
    """``decide (minotaur/rules/decide.py:40)`` without its line, so that one function is one row."""
    name, _, place = frame.partition(" (")
    return f"{name} ({place.rpartition(':')[0] or place.rstrip(')')})"
