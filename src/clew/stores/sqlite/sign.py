"""When a server could last write to its file, told more finely than by its beats: what a killed one's players lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import structlog

from clew.sessions.ids import Millis
from clew.stores.store_clock import Times

SUFFIX: Final = "-alive"
EVERY_MS: Final = 20
"""More often than this says nothing new: a second is what rounds are exact to."""

_DIGITS: Final = 16
_log = structlog.get_logger("clew.stores.sqlite.sign")


class SignOfLife:
    """A time in a small file beside the database. Nobody waits for it to be on disk: a process that is killed leaves it
    to the system, which keeps it. A power cut may leave an older one, or none; then the last beat is what is known.

    No sign can be no worse than that: where the file can't be written, the log says so once and nothing is given.
    """

    def __init__(self, path: Path, clock: Times) -> None:
        self._clock = clock
        self._given_at: Millis = 0
        self._file: int | None = None
        self.last: Millis | None = None
        """Of this process, or of the one before it until the first is given; None: there was none."""
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            found = os.pread(self._file, _DIGITS, 0)
        except OSError as fault:
            self._give_up(fault)
        else:
            self.last = int(found) if len(found) == _DIGITS and found.isdigit() else None

    def give(self) -> None:
        """The file was written to just now, or could have been."""
        now = self._clock.now()
        if self._file is None or 0 <= now - self._given_at < EVERY_MS:
            return
        try:
            os.pwrite(self._file, b"%0*d" % (_DIGITS, now), 0)
        except OSError as fault:
            self._give_up(fault)
        else:
            self.last = self._given_at = now

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _give_up(self, fault: OSError) -> None:
        _log.warning("no_sign_of_life", fault=str(fault), what_it_means="if killed, it is dated back to its last beat")
        self.close()
