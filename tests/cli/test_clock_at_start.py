"""``minotaur serve`` on a machine whose clock can't be right."""

import subprocess
import sys
from pathlib import Path

import pytest

MOVED = """
import runpy, sys, time
moved_ns = int(sys.argv.pop(1))
time.time_ns = lambda: moved_ns
runpy.run_module("minotaur", run_name="__main__")
"""


@pytest.mark.parametrize(("shows_s", "day"), [(-3_600, "1969-12-31"), (0, "1970-01-01"), (1_600_000_000, "2020-09-13")])
def test_a_clock_before_this_release_was_made_is_one_line_and_nothing_is_written(
    tmp_path: Path, shows_s: int, day: str
) -> None:
    data = tmp_path / "data"
    command = ["serve", "--port", "0", "--data", str(data)]

    done = subprocess.run(
        [sys.executable, "-c", MOVED, str(shows_s * 10**9), *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"minotaur: This machine's clock shows {day}, before this release was made: set it")
    assert not data.exists()
