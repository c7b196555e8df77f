"""Servers and their databases, all on one core, and what they use of it."""

import asyncio
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from bench.kit.machine import SERVER_CORE, on_core
from clew.local.postgres import LocalPostgres, temporary_postgres
from clew.local.process import READY_WITHIN_S, ServerProcess, free_port
from clew.wiring.faults import CannotStart

LOOK_AGAIN_S: Final = 0.02
STARTS_WITHIN_S: Final = 10.0
START_AGAIN_S: Final = 0.5


class PeerProcess(ServerProcess):
    """A server that is ready when it takes connections."""

    @classmethod
    def at(cls, name: str, folder: Path, command: Callable[[int], Sequence[str]]) -> "PeerProcess":
        """On a free port, which the command is told, with its log in the folder."""
        port = free_port()
        return cls(name, command(port), port, folder / f"{name}.log", folder=folder)

    async def wait_ready(self, within_s: float = READY_WITHIN_S) -> None:
        try:
            async with asyncio.timeout(within_s):
                while not await self._takes_connections():
                    if not self.is_running:
                        raise CannotStart(f"{self.name} ended before it was ready:\n{self.log_tail()}")
                    await asyncio.sleep(LOOK_AGAIN_S)
        except TimeoutError as late:
            raise CannotStart(f"{self.name} was not ready within {within_s:g} s:\n{self.log_tail()}") from late

    async def _takes_connections(self) -> bool:
        try:
            _, writer = await asyncio.open_connection(self.host, self.port)
        except OSError:
            return False
        writer.close()
        return True


@dataclass
class Serving:
    """What serves, once it runs."""

    servers: Sequence[ServerProcess]
    """Started in this order. People come to the last."""
    victim: ServerProcess
    """Which is killed."""
    engines: list[int] = field(default_factory=list[int])
    """The databases' and brokers' processes, which live on."""
    starts_again: bool = True
    """Whether the victim is started again; else the others go on without it."""

    @property
    def url(self) -> str:
        return self.servers[-1].url

    async def start(self) -> None:
        with on_core(SERVER_CORE):
            for server in self.servers:
                await server.launch()
        for server in self.servers:
            await server.wait_ready()

    async def start_again(self) -> None:
        """By its own command, on what it left, and as a service manager does: again, if it ends before it is ready.

        Raises ``CannotStart`` where it did so for ``STARTS_WITHIN_S``.
        """
        await self.victim.wait_gone()
        deadline_s = time.monotonic() + STARTS_WITHIN_S
        while self.starts_again:
            try:
                with on_core(SERVER_CORE):
                    await self.victim.launch()
                await self.victim.wait_ready()
            except CannotStart:
                if time.monotonic() > deadline_s:
                    raise
                await asyncio.sleep(START_AGAIN_S)
            else:
                return

    async def kill(self) -> None:
        for server in self.servers:
            await server.kill()

    def processor_s(self) -> float:
        """What all of it has used since its start, databases too."""
        roots = [server.pid for server in self.servers if server.is_running] + self.engines
        return sum(_used_s(process) for root in roots for process in _with_children(root))

    def memory_mb(self) -> float:
        """What the servers alone have resident."""
        return sum(psutil.Process(server.pid).memory_info().rss for server in self.servers if server.is_running) / 1e6


def _with_children(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _used_s(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system


@contextmanager
def postgres_on_core() -> Generator[LocalPostgres]:
    """A PostgreSQL that shares the servers' core and waits for the disk, gone after the block."""
    with ExitStack() as stack:
        with on_core(SERVER_CORE):
            postgres = stack.enter_context(temporary_postgres(port=free_port()))
        yield postgres
