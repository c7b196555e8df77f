"""A PostgreSQL server of our own: it keeps what it was told, and leaves with us."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from clew.local import postgres as local_postgres
from clew.local.postgres import LocalPostgres, temporary_postgres
from clew.local.process import free_port
from clew.wiring.faults import CannotStart
from tests.kit.postgres import run

RUN_UNTIL_KILLED = """
import sys
from clew.local.postgres import temporary_postgres
with temporary_postgres(durable=False) as server:
    print(server.pid, server.folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Generator[Path]:
    """Where whoever runs the server may go: not below the tests' own folder, which is ours alone."""
    with tempfile.TemporaryDirectory(prefix="minotaur-pg-test-") as made:
        Path(made).chmod(0o755)
        yield Path(made) / "server"


async def test_a_server_keeps_its_data_and_address_when_it_is_stopped_and_killed(folder: Path) -> None:
    server = LocalPostgres(folder, port=free_port())
    server.start()
    try:
        await run(server.url(), "CREATE TABLE kept (number int)")
        for number, end in enumerate((server.stop, server.kill, server.stop)):
            await run(server.url(), "INSERT INTO kept VALUES ($1)", number)
            end()
            assert server.pid is None
            with pytest.raises(OSError, match=r"refused|Connect call failed"):
                await run(server.url(), "SELECT")
            server.start()
        assert await run(server.url(), "SELECT number FROM kept ORDER BY number") == [(0,), (1,), (2,)]
        assert await run(server.url(), "SHOW fsync") == [("on",)]
    finally:
        server.stop()


async def test_a_temporary_server_leaves_nothing_behind() -> None:
    with temporary_postgres(durable=False, settings={"work_mem": "5MB"}) as server:
        pid = server.pid
        assert await run(server.url(), "SHOW work_mem") == [("5MB",)]
        assert await run(server.url(), "SHOW listen_addresses") == [("",)]

    assert not server.folder.exists()
    assert pid is not None and not runs(pid)


def test_a_server_ends_with_its_process_however_that_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN_UNTIL_KILLED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        pid, folder = process.stdout.readline().split()
        assert runs(int(pid))

        process.send_signal(signal.SIGKILL)
        process.wait()

        while runs(int(pid)) or Path(folder).exists():
            pass


def test_what_a_server_said_before_it_failed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_postgres, "START_WAIT_S", 0.5)

    with pytest.raises(CannotStart, match=r"did not start in .*nonsense"):
        LocalPostgres(folder, settings={"shared_buffers": "nonsense"}).start()


def test_without_its_wheel_one_is_told_which_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_postgres, "WHEEL", "no-such-wheel")
    local_postgres.binaries_here.cache_clear()
    try:
        with pytest.raises(CannotStart, match="pip install no-such-wheel"):
            LocalPostgres(folder).start()
    finally:
        local_postgres.binaries_here.cache_clear()


def test_binaries_that_only_root_can_reach_are_brought_within_reach() -> None:
    binaries = local_postgres.within_reach(local_postgres.binaries_here())

    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, check=True, text=True)

    assert said.stdout.startswith("postgres (PostgreSQL)")


def runs(pid: int) -> bool:
    """Whether there is such a process that has not ended yet."""
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False
