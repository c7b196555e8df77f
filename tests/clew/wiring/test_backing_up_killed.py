"""Backup and restore, killed at each thing they ask of the system: what they leave is nothing, or whole."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from clew.stores.sqlite.copy import check_whole, look_at
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from clew.wiring.backing_up import back_up, restore
from clew.wiring.files import whole_file
from clew.wiring.operating import CannotOperate, Where
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import made, register

CUT_OFF_AT_EACH_STEP: Final = """
import os, signal, sys
from pathlib import Path
from clew.wiring.backing_up import back_up, restore
from clew.wiring.operating import Where
from clew.stores.folder import DataFolder

SEEN = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "fcntl.flock", "sqlite3.connect/handle"}
command, folder = sys.argv[1], Path(sys.argv[2])

def run(step):
    left = step
    def count(event, arguments):
        nonlocal left
        if event in SEEN:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    there = folder / str(step)
    there.mkdir()
    sys.addaudithook(count)
    if command == "backup":
        back_up(Where(DataFolder(folder / "here", "minotaur")), there / "backup.db", lambda done: None)
    else:
        restore(folder / "backup.db", Where(DataFolder(there / "data", "minotaur")), lambda done: None)

for step in range(1, 200):
    child = os.fork()
    if child == 0:
        run(step)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        print(step)
        break
"""


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    with open_data(data_in(tmp_path / "here"), HandClock()) as store:
        await made(store, "g1", await register(store), "[1]", "[2]")
    return tmp_path


async def test_a_backup_that_is_killed_at_any_step_leaves_no_half_file_and_the_next_one_is_whole(folder: Path) -> None:
    steps = killed_at_each_step("backup", folder)

    for step in range(1, steps + 1):
        there = folder / str(step) / "backup.db"
        if there.exists():
            check_whole(there)
            there.unlink()
        assert back_up(Where(data_in(folder / "here")), there, lambda _: None).open == 1
        assert [path.name for path in there.parent.iterdir()] == ["backup.db"]


async def test_a_restore_that_is_killed_at_any_step_leaves_nothing_that_is_served_and_the_next_one_is_whole(
    folder: Path,
) -> None:
    back_up(Where(data_in(folder / "here")), folder / "backup.db", lambda _: None)

    steps = killed_at_each_step("restore", folder)

    for step in range(1, steps + 1):
        there = folder / str(step) / "data"
        if not (there / FILE_NAME).exists():
            assert restore(folder / "backup.db", Where(data_in(there)), lambda _: None).open == 1
        check_whole(there / FILE_NAME)
        assert look_at(there / FILE_NAME).open == 1
        assert {path.name for path in there.iterdir()} == {FILE_NAME, "minotaur.lock"}


def test_two_that_make_one_file_do_not_write_into_each_other(tmp_path: Path) -> None:
    with whole_file(tmp_path / "file") as unfinished:
        unfinished.write_bytes(b"first")
        with pytest.raises(CannotOperate, match="another process is writing"), whole_file(tmp_path / "file"):
            pytest.fail("both wrote")

    assert (tmp_path / "file").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def killed_at_each_step(command: str, folder: Path) -> int:
    """How many steps there are; ``folder`` has what each of them left, by number, the last being of one that lived."""
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF_AT_EACH_STEP, command, str(folder)], capture_output=True, text=True, check=True
    )
    steps = int(done.stdout)
    assert steps > len(("begin", "copy", "look", "check", "name")), "it was not killed in the middle"
    return steps
