"""A real server whose wall clock a test sets while it runs, as an operator or a time service sets the machine's.

Run as a program it is ``minotaur`` in all but this: wall time is the machine's and so many seconds as stand in a file.
The monotonic clock is left as it is. (libfaketime does the same to all of a process, but stalls it for seconds.)
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_VARIABLE: Final = "MINOTAUR_TEST_CLOCK_AHEAD"
_ROOT: Final = Path(__file__).parents[2]


class SetClock:
    """What a server is started with, and the clock that it then has."""

    command: Final = (sys.executable, "-m", "tests.kit.set_clock")

    def __init__(self, folder: Path, ahead_s: int = 0) -> None:
        self._told = folder / "ahead"
        self.set(ahead_s)

    def set(self, ahead_s: int) -> None:
        """Put it so many seconds ahead of the machine's: at once, never half written."""
        fresh = self._told.with_suffix(".new")
        fresh.write_text(str(ahead_s))
        fresh.replace(self._told)

    @property
    def environment(self) -> Mapping[str, str]:
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), _VARIABLE: str(self._told)}


def _main() -> None:
    from clew.wiring.clock import RealClock  # noqa: PLC0415
    from minotaur.cli.main import app  # noqa: PLC0415  tests that only start it as a process need none of this

    told, machines = Path(os.environ[_VARIABLE]), RealClock.now

    def now(self: RealClock) -> int:
        return machines(self) + 1000 * int(told.read_text())

    RealClock.now = now
    app()


if __name__ == "__main__":
    _main()
