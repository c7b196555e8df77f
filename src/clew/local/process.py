"""One node of a cluster on this machine: a process that serves, in all its lives."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from clew.local.dying import dying_with_us
from clew.local.health import is_ready
from clew.wiring.faults import CannotStart
from clew.wiring.words import Words

READY_WITHIN_S: Final = 90.0
READY_POLL_S: Final = 0.05
STOP_WITHIN_S: Final = 35.0
"""A node ends by itself within 30 s; one that is still there after this is killed."""
LOG_TAIL_CHARS: Final = 2_000


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class NodeProcess:
    """Started, stopped, killed and started again, on one port, so that those who know it find it again.

    It is killed when this process ends, however that ends, and hears nothing of a Ctrl-C in our terminal.
    """

    def __init__(
        self, program: str, node_id: str, release: str, port: int, log_path: Path, options: Sequence[str]
    ) -> None:
        """``options`` are those of the program's ``serve`` that are not given here."""
        self.program = program
        self.node_id = node_id
        self.release = release
        self.port = port
        self.log_path = log_path
        self._options = tuple(options)
        self._process: Process | None = None
        self._launching = asyncio.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """None where it doesn't run."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    @property
    def is_running(self) -> bool:
        return self.pid is not None

    @property
    def has_ended(self) -> bool:
        """Whether it was started and has gone since."""
        return self._process is not None and self._process.returncode is not None

    async def start(self, within_s: float = READY_WITHIN_S) -> None:
        """Launch it and wait until it is ready. Raises ``CannotStart``; then no process is left."""
        await self.launch()
        try:
            await self.wait_ready(within_s)
        except BaseException:  # cancelled too: nobody else would know of it
            await self.kill()
            raise

    async def launch(self) -> None:
        """Start the process, where it doesn't run, and wait for nothing."""
        # Two that restart it at once must not both find it gone: the second process would have no owner and no end.
        async with self._launching:
            if not self.is_running:
                await self._launch()

    async def _launch(self) -> None:
        command = [
            *(sys.executable, "-P", "-m", self.program, "serve", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--node-id", self.node_id, "--release", self.release, *self._options),
        ]
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *dying_with_us(command),
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(self.program),
                start_new_session=True,
            )

    async def wait_ready(self, within_s: float = READY_WITHIN_S) -> None:
        """Raises ``CannotStart`` with the end of what it said, where it ended or took too long."""
        try:
            async with asyncio.timeout(within_s):
                while not await is_ready(self.port):
                    if not self.is_running:
                        raise CannotStart(f"{self.node_id} ended before it was ready:\n{self.log_tail()}")
                    await asyncio.sleep(READY_POLL_S)
        except TimeoutError as late:
            raise CannotStart(f"{self.node_id} was not ready within {within_s:g} s:\n{self.log_tail()}") from late

    def signal_nowait(self, sign: signal.Signals) -> None:
        """Send it, to one that runs, and wait for nothing."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(sign)

    async def stop(self, within_s: float = STOP_WITHIN_S) -> int:
        """SIGTERM: it hands over and goes. Gives its exit status; of one that had to be killed -9."""
        self.signal_nowait(signal.SIGTERM)
        try:
            async with asyncio.timeout(within_s):
                return await self.wait_gone()
        except TimeoutError:
            await self.kill()
            return await self.wait_gone()

    def kill_nowait(self) -> None:
        """SIGKILL: nothing in it gets to run any more."""
        self.signal_nowait(signal.SIGKILL)

    async def kill(self) -> None:
        """SIGKILL. Returns when it is gone."""
        self.kill_nowait()
        await self.wait_gone()

    async def wait_gone(self) -> int:
        """Its exit status, once it ended; 0 where it never began."""
        return 0 if self._process is None else await self._process.wait()

    def log_tail(self) -> str:
        return self.log_path.read_text(errors="replace")[-LOG_TAIL_CHARS:] if self.log_path.exists() else ""


def _environment(program: str) -> dict[str, str]:
    """Ours, without settings of another server."""
    ours = Words(program).variable("")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
