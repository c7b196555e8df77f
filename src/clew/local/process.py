"""A server as a process of its own: started, waited for, signalled, killed, and sure to end."""

import asyncio
import os
import re
import shutil
import signal
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from clew.local.dying import dying_with_us
from clew.local.health import is_ready
from clew.wiring.faults import CannotStart

READY_WITHIN_S: Final = 90.0
LOOK_AGAIN_S: Final = 0.02
STOP_WITHIN_S: Final = 35.0
"""A server ends by itself within 30 s; one that is still there after this is killed."""
LOG_TAIL_BYTES: Final = 4_000


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """Started, stopped, killed and started again, on one port, so that those who know it find it again.

    It is killed when this process ends, however that ends, and hears nothing of a Ctrl-C in our terminal. What it
    prints goes to ``log_path``, after what is there.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        port: int,
        log_path: Path,
        *,
        host: str = "127.0.0.1",
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        """``name``: what faults call it. ``environment`` and ``folder`` are ours where none are given."""
        self.name = name
        self.command = tuple(command)
        self.host = host
        self.port = port
        self.log_path = log_path
        self._environment = environment
        self._folder = folder
        self._process: Process | None = None
        self._launching = asyncio.Lock()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        assert self._process is not None, "it was not started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def has_ended(self) -> bool:
        """Whether it was started and has gone since."""
        return self._process is not None and self._process.returncode is not None

    async def start(self, within_s: float = READY_WITHIN_S) -> None:
        """Launch it and wait until it is ready. Raises ``CannotStart``; then no process is left."""
        await self.launch()
        try:
            await self.wait_ready(within_s)
        except BaseException:
            await self.kill()
            raise

    async def launch(self) -> None:
        """Start the process, where it doesn't run, and wait for nothing."""
        async with self._launching:
            if not self.is_running:
                await self._launch()

    async def _launch(self) -> None:
        program, *arguments = self.command
        environment = dict(os.environ if self._environment is None else self._environment)
        found = shutil.which(program, path=environment.get("PATH")) or program
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *dying_with_us([found, *arguments]),
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self._folder,
                start_new_session=True,
            )

    async def wait_ready(self, within_s: float = READY_WITHIN_S) -> None:
        """Until people may be sent to it. Raises ``CannotStart`` with the end of what it said, if it ended, or late."""
        try:
            async with asyncio.timeout(within_s):
                while not await is_ready(self.port, self.host):
                    await self._look_again()
        except TimeoutError as late:
            raise CannotStart(f"{self.name} was not ready within {within_s:g} s:\n{self.log_tail()}") from late

    async def wait_said(self, pattern: str, within_s: float = READY_WITHIN_S) -> re.Match[str]:
        """Until something in what it has printed matches: how it tells an address, among others.

        Raises ``CannotStart``, as ``wait_ready`` does.
        """
        try:
            async with asyncio.timeout(within_s):
                while (said := re.search(pattern, self.printed(), re.MULTILINE)) is None:
                    await self._look_again()
        except TimeoutError as late:
            raise CannotStart(f"{self.name} said no {pattern!r} in {within_s:g} s:\n{self.log_tail()}") from late
        return said

    async def _look_again(self) -> None:
        if not self.is_running:
            raise CannotStart(f"{self.name} ended before it was ready:\n{self.log_tail()}")
        await asyncio.sleep(LOOK_AGAIN_S)

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it, to one that runs, and wait for nothing."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(sign)

    async def stop(self, within_s: float = STOP_WITHIN_S) -> int:
        """SIGTERM: it hands over and goes. Gives its exit status; of one that had to be killed -9."""
        self.send_signal(signal.SIGTERM)
        try:
            return await self.wait_gone(within_s)
        except TimeoutError:
            await self.kill()
            return await self.wait_gone()

    def kill_nowait(self) -> None:
        """SIGKILL: nothing in it gets to run any more."""
        self.send_signal(signal.SIGKILL)

    async def kill(self) -> None:
        """SIGKILL, where it runs. Returns when it is gone."""
        self.kill_nowait()
        await self.wait_gone()

    async def wait_gone(self, within_s: float | None = None) -> int:
        """Its exit status, once it ended; 0 where it never began. Raises ``TimeoutError``."""
        async with asyncio.timeout(within_s):
            return 0 if self._process is None else await self._process.wait()

    def printed(self) -> str:
        """All that it printed so far, in all its lives."""
        return self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""

    def log_tail(self) -> str:
        """The end of what it printed."""
        if not self.log_path.exists():
            return ""
        with self.log_path.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - LOG_TAIL_BYTES))
            return log.read(LOG_TAIL_BYTES).decode(errors="replace")
