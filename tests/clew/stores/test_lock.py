"""One server to a data folder, and the second is told who the first is."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clew.stores.lock import DataInUse, DataLock, Holder
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, LOCK_NAME, data_in

HOLD = """
import sys
from pathlib import Path
from clew.stores.lock import DataLock
lock = DataLock(Path(sys.argv[1]) / "minotaur.lock", "http://127.0.0.1:4242")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_opener_gets_an_error_that_names_the_first(tmp_path: Path) -> None:
    with (
        open_data(data_in(tmp_path), HandClock(), "http://127.0.0.1:8000"),
        pytest.raises(DataInUse) as refused,
        open_data(data_in(tmp_path), HandClock()),
    ):
        pytest.fail("opened twice")

    assert refused.value.holder == Holder(os.getpid(), "http://127.0.0.1:8000")
    assert str(refused.value) == f"{tmp_path} is in use by process {os.getpid()} at http://127.0.0.1:8000"


def test_the_folder_is_free_when_the_first_has_closed_it(tmp_path: Path) -> None:
    for _ in range(2):
        with open_data(data_in(tmp_path), HandClock()):
            assert (tmp_path / FILE_NAME).exists()


def test_the_lock_says_where_its_holder_answers_once_that_is_known(tmp_path: Path) -> None:
    lock = DataLock(data_in(tmp_path).lock)
    with pytest.raises(DataInUse, match=f"process {os.getpid()}$"):
        DataLock(data_in(tmp_path).lock)

    lock.announce("http://127.0.0.1:9000")

    with pytest.raises(DataInUse, match="9000"):
        DataLock(data_in(tmp_path).lock)
    lock.release()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(DataInUse, match=f"process {holder.pid} at http://127.0.0.1:4242"):
            DataLock(data_in(tmp_path).lock)

        holder.send_signal(signal.SIGKILL)
        holder.wait()

    DataLock(data_in(tmp_path).lock).release()


def test_a_lock_file_full_of_nonsense_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text("{nonsense")

    lock = DataLock(data_in(tmp_path).lock, "http://here")

    with pytest.raises(DataInUse) as refused:
        DataLock(data_in(tmp_path).lock)
    assert refused.value.holder == Holder(os.getpid(), "http://here")
    lock.release()
