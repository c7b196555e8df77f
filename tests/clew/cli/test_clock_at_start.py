"""``minotaur serve``, and the commands that write times, on a machine whose clock can't be right."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from minotaur.cli.main import app
from tests.kit.commands import ran_here
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import made, register

MOVED = """
import runpy, sys, time
moved_ns = int(sys.argv.pop(1))
time.time_ns = lambda: moved_ns
runpy.run_module("minotaur", run_name="__main__")
"""


NOW_S = 1_800_000_000


@pytest.mark.parametrize(("shows_s", "day"), [(-3_600, "1969-12-31"), (0, "1970-01-01"), (1_600_000_000, "2020-09-13")])
def test_a_clock_before_this_release_was_made_is_one_line_and_nothing_is_written(
    tmp_path: Path, shows_s: int, day: str
) -> None:
    data = tmp_path / "data"

    done = _run(shows_s, "serve", "--port", "0", "--data", str(data))

    _check_refused(done, day)
    assert not data.exists()


@pytest.mark.parametrize(
    "command",
    [
        "restore FILE --data ELSEWHERE",
        "export NEW --data DATA",
        "sessions export g1 NEW --data DATA",
        "sessions release g1 --data DATA",
        "nodes drain node --data DATA",
    ],
)
async def test_no_command_that_writes_a_time_writes_a_wrong_one(tmp_path: Path, command: str) -> None:
    data, file = tmp_path / "data", tmp_path / "file"
    with open_data(data_in(data), HandClock()) as store:
        await made(store, "g1", await register(store))
    assert (await _ran_here(NOW_S, "backup", str(file), "--data", str(data))).returncode == 0
    before = (data / FILE_NAME).read_bytes()
    places = {"DATA": data, "FILE": file, "NEW": tmp_path / "new", "ELSEWHERE": tmp_path / "elsewhere"}

    done = await _ran_here(0, *(str(places.get(word, word)) for word in command.split()))

    _check_refused(done, "1970-01-01")
    assert (data / FILE_NAME).read_bytes() == before
    assert not places["NEW"].exists()
    assert not (places["ELSEWHERE"] / FILE_NAME).exists()


async def test_what_writes_no_time_needs_no_clock(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock()) as store:
        await made(store, "g1", await register(store))

    for command in (["sessions", "list"], ["backup", str(tmp_path / "file")], ["migrate"]):
        done = await _ran_here(0, *command, "--data", str(tmp_path))
        assert done.returncode == 0, done.stderr


def _run(shows_s: int, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", MOVED, str(shows_s * 10**9), *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def _ran_here(shows_s: int, *command: str) -> subprocess.CompletedProcess[str]:
    """In a thread of this process: a command has a loop of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: shows_s * 10**9)
        return await asyncio.to_thread(ran_here, app, *command)


def _check_refused(done: subprocess.CompletedProcess[str], day: str) -> None:
    assert done.returncode == 1, done.stdout
    [line] = done.stderr.splitlines()
    assert line.startswith(f"minotaur: This machine's clock shows {day}, before this release was made: set it")
