"""What a figure was measured on, and which core does what."""

import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

FSYNCS: Final = 200
PAGE: Final = b"\0" * 4096
SERVER_CORE: Final = 0
CLIENT_CORE: Final = 1
SHOWN_VERSIONS: Final = ("minotaur-game", "uvicorn", "uvloop", "litestar", "msgspec", "websockets")


def print_facts(folder: Path) -> None:
    """One block to paste beside the figures: the machine, the versions, the disk under ``folder``, the command."""
    versions = ", ".join(f"{name} {version(name)}" for name in SHOWN_VERSIONS)
    low, high = _fsync_ms(folder)
    print(f"machine   {os.cpu_count()} cores, {_cpu_name()}, {platform.system()} {platform.release()}")
    print(f"versions  Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}")
    print(f"disk      4 KiB write + fsync: median {low:.2f} ms, p99 {high:.2f} ms in {_filesystem(folder)}")
    print(f"command   python -m {_module()} {' '.join(sys.argv[1:])}".rstrip())
    print(flush=True)


@contextmanager
def scratch_folder(within: Path | None) -> Generator[Path]:
    """A folder for a server's data that is gone afterwards. On a disk, one hopes: ``print_facts`` tells."""
    with tempfile.TemporaryDirectory(prefix="minotaur-bench-", dir=within) as name:
        Path(name).chmod(0o711)  # as root, PostgreSQL runs as nobody, and has to get in
        yield Path(name)


@contextmanager
def on_core(core: int) -> Generator[None]:
    """Processes started inside inherit this one core; where the system cannot pin, nothing happens."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(allowed)[core % len(allowed)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _fsync_ms(folder: Path) -> tuple[float, float]:
    probe = folder / "fsync-probe"
    took: list[float] = []
    with probe.open("wb") as file:
        for _ in range(FSYNCS):
            began = time.perf_counter()
            file.write(PAGE)
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    probe.unlink()
    return statistics.median(took), sorted(took)[int(FSYNCS * 0.99)]


def _cpu_name() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _filesystem(folder: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "an unknown filesystem"
    rows = [line.split() for line in mounts.read_text().splitlines()]
    under = [row for row in rows if folder.resolve().is_relative_to(row[1])]
    return max(under, key=lambda row: len(row[1]))[2] if under else "an unknown filesystem"


def _module() -> str:
    path = Path(sys.argv[0])
    return f"bench.{path.parent.name if path.stem == '__main__' else path.stem}"
