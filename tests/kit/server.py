"""A real ``minotaur serve`` as a process of its own: started, waited for, killed and started again on the same data."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import httpx

from clew.client.retrying import pause

READY_WITHIN_S: Final = 90.0
STOP_WITHIN_S: Final = 20.0
READY_POLL_S: Final = 0.02
LOG_TAIL_CHARS: Final = 4_000
OUR_PROGRAM: Final = (sys.executable, "-m", "minotaur")
"""The command of this checkout."""


class ServerDiedError(Exception):
    """The process ended by itself; the message is the end of what it printed."""


def free_port() -> int:
    """A port that was free a moment ago on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server on one data folder. Its port stays the same over restarts, so clients find it again."""

    def __init__(
        self,
        data: Path,
        *options: str,
        port: int | None = None,
        command: tuple[str, ...] | None = None,
        environment: Mapping[str, str] | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.data = data
        self.host = host
        self.port = port if port is not None else free_port()
        self.log_path = data.with_name(f"{data.name}.log")
        self._command = command or OUR_PROGRAM
        self._environment = environment
        self._options = options
        self._process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server was not started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self, ready_within_s: float = READY_WITHIN_S) -> None:
        """Launch it and wait until it is ready; where that fails no process is left."""
        await self.launch()
        try:
            await self.wait_ready(ready_within_s)
        except BaseException:
            await self.close()
            raise

    async def launch(self) -> None:
        """Start the process and wait for nothing."""
        assert not self.is_running, "started twice"
        self.data.mkdir(parents=True, exist_ok=True)
        arguments = ("serve", "--host", self.host, "--port", str(self.port), "--data", str(self.data))
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(*self._command, *arguments, *self._options),
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(os.environ if self._environment is None else self._environment),
            )

    async def wait_ready(self, within_s: float = READY_WITHIN_S) -> None:
        """Wait for ``/health/ready``. Raises ``ServerDiedError`` or ``TimeoutError``."""
        assert self._process is not None, "the server was not started"
        try:
            async with asyncio.timeout(within_s):
                await self._ask_until_ready()
        except TimeoutError as late:
            raise TimeoutError(f"not ready within {within_s} s\n{self.log_tail()}") from late

    async def _ask_until_ready(self) -> None:
        assert self._process is not None, "the server was not started"
        async with httpx.AsyncClient(base_url=self.url) as http:
            while True:
                if self._process.returncode is not None:
                    raise ServerDiedError(f"exit code {self._process.returncode}\n{self.log_tail()}")
                try:
                    if (await http.get("/health/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await pause(READY_POLL_S)

    def kill_nowait(self) -> None:
        """SIGKILL, this very moment; ``kill`` waits until it is gone."""
        assert self._process is not None, "the server was not started"
        if self._process.returncode is None:
            self._process.kill()

    async def kill(self) -> None:
        """SIGKILL: nothing in the process gets to run any more. Returns when it is gone."""
        await self._end(signal.SIGKILL)

    async def stop(self, within_s: float = STOP_WITHIN_S) -> int:
        """SIGTERM; gives the exit code. One that does not go in time is killed and raises ``TimeoutError``."""
        return await self._end(signal.SIGTERM, within_s)

    def pause(self) -> None:
        """SIGSTOP: it keeps its memory, its connections and its port, and does nothing."""
        self.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT: it goes on as if no time had passed."""
        self.send_signal(signal.SIGCONT)

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it and wait for nothing."""
        assert self._process is not None, "the server was not started"
        self._process.send_signal(sign)

    async def wait_gone(self) -> int:
        """Its exit code, once it ended by itself or by a signal. Raises ``TimeoutError``."""
        assert self._process is not None, "the server was not started"
        async with asyncio.timeout(STOP_WITHIN_S):
            return await self._process.wait()

    async def close(self) -> None:
        """End it if it runs, whatever became of it before."""
        if self.is_running:
            await self.kill()

    def log_tail(self) -> str:
        return self.log_path.read_text(errors="replace")[-LOG_TAIL_CHARS:] if self.log_path.exists() else ""

    def logged(self) -> list[dict[str, Any]]:
        """Its log so far, of one that was told ``--log-format json``; what else it printed is left out."""
        text = self.log_path.read_text(encoding="utf-8", errors="replace")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    async def _end(self, sign: signal.Signals, within_s: float = STOP_WITHIN_S) -> int:
        process = self._process
        assert process is not None, "the server was not started"
        if process.returncode is None:
            process.send_signal(sign)
        try:
            async with asyncio.timeout(within_s):
                return await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
