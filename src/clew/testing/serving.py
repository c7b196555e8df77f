"""A real server as a process of its own, in a test's hands: killed, paused, and started again on the same data.

async with running(ServeProcess(tmp_path / "data", "bids.game:Bids")) as server:
await server.kill()
await server.start()
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from clew.local.process import STOP_WITHIN_S, ServerProcess, free_port

ServerT = TypeVar("ServerT", bound=ServerProcess)


class ServeProcess(ServerProcess):
    """``serve`` of a program, on one data folder; for ``clew serve``, the games are among the options.

    Its port stays the same over restarts, so clients find it again; its log lies beside the folder.
    """

    program: ClassVar[tuple[str, ...]] = (sys.executable, "-m", "clew")

    def __init__(
        self,
        data: Path,
        *options: str,
        port: int | None = None,
        command: tuple[str, ...] | None = None,
        environment: Mapping[str, str] | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        """``command``: another program than ``clew``. ``port``: a free one where none is given."""
        self.data = data
        port = free_port() if port is None else port
        served = (*(command or self.program), "serve", "--host", host, "--port", str(port), "--data", str(data))
        log_path = data.with_name(f"{data.name}.log")
        super().__init__(data.name, (*served, *options), port, log_path, host=host, environment=environment)

    async def launch(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        await super().launch()

    async def stop(self, within_s: float = STOP_WITHIN_S) -> int:
        """SIGTERM; gives the exit status. One that does not go in time is killed, and raises ``TimeoutError``."""
        status = await super().stop(within_s)
        if status == -signal.SIGKILL:
            raise TimeoutError(f"{self.name} did not end within {within_s:g} s:\n{self.log_tail()}")
        return status

    def pause(self) -> None:
        """SIGSTOP: it keeps its memory, its connections and its port, and does nothing."""
        self.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT: it goes on as if no time had passed."""
        self.send_signal(signal.SIGCONT)

    def logged(self) -> list[dict[str, Any]]:
        """Its log so far, of one that was told ``--log-format json``; what else it printed is left out."""
        return [json.loads(line) for line in self.printed().splitlines() if line.startswith("{")]


@asynccontextmanager
async def running(server: ServerT) -> AsyncGenerator[ServerT]:
    """The server, once it is ready. At the end of the block it is killed, if it still runs."""
    try:
        await server.start()
        yield server
    finally:
        await server.kill()
