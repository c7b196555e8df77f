"""Where a server's time goes, sampled from outside by py-spy."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SAMPLES_PER_SECOND: Final = 250
ROWS: Final = 22
TOOL: Final = Path(sys.executable).with_name("py-spy")


@dataclass(frozen=True)
class Profile:
    """Samples by function: ``own`` for the innermost one, ``within`` for every one on the stack."""

    samples: int
    own: Counter[str]
    within: Counter[str]

    def table(self) -> str:
        """The functions most often found running, and those most often found waiting for what they called."""
        return "\n".join(
            [
                f"{self.samples} samples of running threads",
                "  own time",
                *(self._row(name, count) for name, count in self.own.most_common(ROWS)),
                "  with everything called from it",
                *(self._row(name, count) for name, count in self.within.most_common(2 * ROWS)),
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
        *("--format", "raw", "--output", str(into)),
        stdout=PIPE,
        stderr=PIPE,
    )


async def end_profile(sampling: Process, out: Path) -> Profile:
    """Raises ``RuntimeError`` with what py-spy said where it may not look."""
    said, complained = await sampling.communicate()
    if sampling.returncode != 0:
        raise RuntimeError(f"py-spy: {said.decode()}{complained.decode()}")
    return _read(out)


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
