"""One server to a data folder: a lock that dies with its process and says who holds it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TextIO

import msgspec


class Holder(msgspec.Struct, frozen=True):
    """Who holds a data folder, in its own words. ``url`` is empty until it is known."""

    pid: int
    url: str


class DataInUse(Exception):
    """Another process serves from this folder: use that one, or another folder."""

    def __init__(self, folder: Path, holder: Holder | None) -> None:
        by = "another process" if holder is None else f"process {holder.pid}"
        at = f" at {holder.url}" if holder is not None and holder.url else ""
        super().__init__(f"{folder} is in use by {by}{at}")
        self.folder = folder
        self.holder = holder


def has_ended(lock: Path) -> bool:
    """Whether the process that held a folder by this lock last is no more. It is not touched: trying it would take it.

    False where that can't be known: no lock file, no right to ask, or another process has its number by now.
    """
    try:
        holder = msgspec.json.decode(lock.read_bytes(), type=Holder)
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, msgspec.DecodeError):
        return False
    return False


class DataLock:
    """Holds a folder until released, or until this process is gone, however it goes."""

    def __init__(self, lock: Path, url: str = "") -> None:
        """Take the folder that this file is to lie in, made if it isn't there. Raises ``DataInUse``."""
        lock.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = lock.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            holder = self._read()
            self._file.close()
            raise DataInUse(lock.parent, holder) from held
        self.announce(url)

    def announce(self, url: str) -> None:
        """Say where this process answers, for whoever tries to take the folder next."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(msgspec.json.encode(Holder(os.getpid(), url)).decode())
        self._file.flush()

    def release(self) -> None:
        self._file.close()

    def _read(self) -> Holder | None:
        self._file.seek(0)
        try:
            return msgspec.json.decode(self._file.read(), type=Holder)
        except msgspec.DecodeError:  # its holder is just about to write it
            return None
