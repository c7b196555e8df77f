"""A store that can't be served from is told in one line with what to do, by every command that opens it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from clew.testing.serving import running
from clew.wiring.descriptors import CONNECTIONS_MIN, KEPT_FOR_US
from clew.wiring.storage import migrate_storage
from minotaur.cli.main import app
from tests.kit.commands import ran_here
from tests.kit.data import FILE_NAME, data_in, fill
from tests.kit.server import Server
from tests.kit.sqlite_file import change, nonsense_in

ENDS_WITHIN_S: Final = 60.0
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="a disk of its own is mounted by root alone")


def minotaur(
    *arguments: str, files_max: int | None = None, by: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself; ``files_max``: as many files it may open. ``by``: what runs it."""
    limit = "" if files_max is None else f"ulimit -n {files_max}; "
    command = ["sh", "-c", f'{limit}exec "$@"', "sh", *by, sys.executable, "-m", "minotaur", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=ENDS_WITHIN_S, check=False)


def serve(
    data: Path, *options: str, files_max: int | None = None, by: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return minotaur("serve", "--port", "0", "--data", str(data), *options, files_max=files_max, by=by)


def malformed(data: Path) -> None:
    migrate_storage(data_in(data))
    nonsense_in(data / FILE_NAME, "game_session_summaries")


def no_database(data: Path) -> None:
    data.mkdir()
    (data / FILE_NAME).write_bytes(b"This is somebody's diary.\n" * 400)


def a_folder(data: Path) -> None:
    (data / FILE_NAME).mkdir(parents=True)


def a_log_alone(data: Path) -> None:
    migrate_storage(data_in(data))
    (data / FILE_NAME).rename(data / f"{FILE_NAME}-wal")


def no_table(data: Path) -> None:
    migrate_storage(data_in(data))
    change(data / FILE_NAME, "ALTER TABLE game_session_summaries RENAME TO elsewhere")


@pytest.mark.parametrize(
    ("spoil", "told", "advice"),
    [
        (malformed, "malformed", "restore the latest backup"),
        (no_database, "file is not a database", "choose another folder"),
        (a_folder, "unable to open", "see that the data folder is there"),
        (a_log_alone, "belongs to, is not", "restore a backup"),
        (no_table, "no such table", "restore the latest backup"),
    ],
)
def test_a_store_that_is_broken_at_the_start_ends_it_with_what_to_do(
    tmp_path: Path, spoil: Callable[[Path], None], told: str, advice: str
) -> None:
    data = tmp_path / "data"
    spoil(data)

    done = serve(data, "--log-level", "error", "--log-format", "json")

    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert done.returncode == 1, done.stderr
    assert len(said) == 1 and told in said[0] and advice in said[0], done.stderr
    assert len(done.stderr.splitlines()) <= 2, "the line and, where it came up later, the one in the log"
    assert "Traceback" not in done.stderr


READS_GAMES: Final = (
    ("sessions", "list"),
    ("check-upgrade",),
    ("export", "games.export"),
    ("backup", "games.backup"),
)
OPENS: Final = (("sessions", "expand"), ("nodes", "list"), ("migrate",))


@pytest.mark.parametrize(
    ("spoil", "command"),
    [*((malformed, command) for command in READS_GAMES), *((no_database, command) for command in READS_GAMES + OPENS)],
)
def test_every_command_says_so_alike(tmp_path: Path, spoil: Callable[[Path], None], command: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    spoil(data)
    files = [str(tmp_path / part) if part.startswith("games.") else part for part in command]

    done = ran_here(app, *files, "--data", data)

    assert done.returncode == 1, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("minotaur: ")


def test_too_few_descriptors_are_told_in_one_line(tmp_path: Path) -> None:
    done = serve(tmp_path / "data", files_max=20)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert f"needs {KEPT_FOR_US + CONNECTIONS_MIN} at least" in done.stderr


@as_root
def test_files_that_its_user_may_only_read_are_told_in_one_line() -> None:
    with TemporaryDirectory() as home:  # another user may go in there
        Path(home).chmod(0o755)
        data = Path(home) / "data"
        migrate_storage(data_in(data))
        with closing(sqlite3.connect(data / FILE_NAME)) as still_open:
            still_open.execute("PRAGMA journal_mode = WAL")
            still_open.execute("SELECT count(*) FROM nodes").fetchone()
            files = {path: path.read_bytes() for path in data.glob(f"{FILE_NAME}*")}
        for path, content in files.items():
            path.write_bytes(content)
            path.chmod(0o444)
        for path in (data, *data.iterdir()):
            os.chown(path, 65_534, 65_534)
        as_another = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")

        done = serve(data, "--log-level", "error", "--log-format", "json", by=as_another)

    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert done.returncode == 1, done.stderr
    assert len(said) == 1 and "Cannot serve from the store: attempt to write a readonly database" in said[0], (
        done.stderr
    )


@as_root
@pytest.mark.parametrize(
    ("options", "migrated", "told"),
    [("size=64k", False, "make room"), ("size=1m", True, "make room"), ("size=4m,ro", True, "Read-only file system")],
)
def test_a_disk_that_takes_nothing_is_told_in_one_line(tmp_path: Path, options: str, migrated: bool, told: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options.removesuffix(",ro"), "tmpfs", data], check=True)
    try:
        if migrated:
            migrate_storage(data_in(data))
            (data / "fill").write_bytes(b"") if options.endswith("ro") else fill(data / "fill")
        if options.endswith("ro"):
            subprocess.run(["mount", "-o", "remount,ro", data], check=True)

        done = serve(data)
    finally:
        subprocess.run(["umount", "--lazy", data], check=True)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert told in done.stderr


async def test_a_server_whose_output_goes_nowhere_serves_all_the_same(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.log_path = Path("/dev/full")
    async with running(server):
        status = await server.stop()

    assert status == 0


def test_the_limit_of_files_is_raised_to_what_the_bounds_need_and_no_further() -> None:
    program = (
        "import resource\n"
        "from clew.wiring.descriptors import connections_allowed, CONNECTIONS_MAX, KEPT_FOR_US\n"
        "soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))\n"
        "wanted = CONNECTIONS_MAX + KEPT_FOR_US\n"
        "allowed = connections_allowed()\n"
        "reached = resource.getrlimit(resource.RLIMIT_NOFILE)[0]\n"
        "assert reached == (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)), reached\n"
        "assert allowed == min(CONNECTIONS_MAX, reached - KEPT_FOR_US), allowed\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stderr
