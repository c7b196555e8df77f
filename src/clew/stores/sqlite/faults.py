"""What an error of SQLite means to a caller: by its extended result code, and by the primary one below it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from clew.sessions.faults import Fault
from clew.stores.meanings import BUG, FaultKind, Meaning

_HELD = Meaning(FaultKind.PASSING, "end the other process that holds the database's lock, if it lasts")
_MEMORY = Meaning(FaultKind.PASSING, "this machine is out of memory: give it more, or end something else on it")
_FULL = Meaning(FaultKind.PASSING, "make room on the disk that holds the data folder")
_DISK = Meaning(
    FaultKind.PASSING, "the disk answers with errors: look at the system's log, and take a backup while it can be read"
)
# A flush that failed is passing too: SQLite undoes its transaction and writes the frames anew the next time, and what
# was acknowledged before had a flush of its own. So a retry does not build on what the disk may have forgotten.
_WRITING = Meaning(
    FaultKind.PASSING,
    "see that the disk is not full, over its quota or read-only, and look at the system's log",
)
_OPENING = Meaning(
    FaultKind.PASSING,
    "see that the data folder is there, that this user may read and write in it, and that file descriptors are left",
)
_AGAIN = Meaning(FaultKind.PASSING, "nothing, if it does not last")
_FORBIDDEN = Meaning(
    FaultKind.DEFINITE,
    "let this user read and write the data folder and the files in it, on a disk that is not mounted read-only",
)
_FILE_SYSTEM = Meaning(
    FaultKind.DEFINITE, "move the data folder to a local disk: this file system can't do what is needed"
)
_NO_FILE = Meaning(FaultKind.DEFINITE, "put the database's file back where it was, or stop and restore a backup")
_DAMAGED = Meaning(
    FaultKind.DEFINITE,
    "keep the damaged files, look at the disk, and restore the latest backup into an empty folder",
    final=True,
)
_NOT_OURS = Meaning(
    FaultKind.DEFINITE,
    "choose another folder with --data; if games were in it, restore the latest backup into an empty folder",
    final=True,
)
_NO_SCHEMA = Meaning(
    FaultKind.DEFINITE,
    "something else wrote to the database: restore the latest backup into an empty folder",
    final=True,
)
_MISSING: Final = ("no such table", "no such column")

PRIMARY: Final[Mapping[int, Meaning]] = {
    sqlite3.SQLITE_OK: BUG,
    sqlite3.SQLITE_ERROR: BUG,
    sqlite3.SQLITE_INTERNAL: BUG,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_ABORT: _AGAIN,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_NOMEM: _MEMORY,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_INTERRUPT: _AGAIN,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTFOUND: BUG,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _OPENING,
    sqlite3.SQLITE_PROTOCOL: _HELD,
    sqlite3.SQLITE_EMPTY: BUG,
    sqlite3.SQLITE_SCHEMA: _AGAIN,
    sqlite3.SQLITE_TOOBIG: BUG,
    sqlite3.SQLITE_CONSTRAINT: BUG,
    sqlite3.SQLITE_MISMATCH: BUG,
    sqlite3.SQLITE_MISUSE: BUG,
    sqlite3.SQLITE_NOLFS: _FILE_SYSTEM,
    sqlite3.SQLITE_AUTH: _FORBIDDEN,
    sqlite3.SQLITE_FORMAT: BUG,
    sqlite3.SQLITE_RANGE: BUG,
    sqlite3.SQLITE_NOTADB: _NOT_OURS,
    sqlite3.SQLITE_NOTICE: BUG,
    sqlite3.SQLITE_WARNING: BUG,
    sqlite3.SQLITE_ROW: BUG,
    sqlite3.SQLITE_DONE: BUG,
}
"""All there are. An extended code (the primary one in its lowest byte) means the same, unless it is named below."""

EXTENDED: Final[Mapping[int, Meaning]] = {
    sqlite3.SQLITE_READONLY_DBMOVED: _NO_FILE,
    sqlite3.SQLITE_IOERR_NOMEM: _MEMORY,
    sqlite3.SQLITE_IOERR_BLOCKED: _HELD,
    sqlite3.SQLITE_IOERR_LOCK: _FILE_SYSTEM,
    sqlite3.SQLITE_IOERR_RDLOCK: _FILE_SYSTEM,
    sqlite3.SQLITE_IOERR_UNLOCK: _FILE_SYSTEM,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK: _FILE_SYSTEM,
    sqlite3.SQLITE_IOERR_SHMLOCK: _FILE_SYSTEM,
    sqlite3.SQLITE_IOERR_SHMMAP: _MEMORY,
    sqlite3.SQLITE_IOERR_SHMSIZE: _WRITING,
    sqlite3.SQLITE_IOERR_WRITE: _WRITING,
    sqlite3.SQLITE_IOERR_FSYNC: _WRITING,
    sqlite3.SQLITE_IOERR_DIR_FSYNC: _WRITING,
    sqlite3.SQLITE_IOERR_TRUNCATE: _WRITING,
    sqlite3.SQLITE_IOERR_SHMOPEN: _OPENING,
    sqlite3.SQLITE_IOERR_VNODE: _NO_FILE,
    sqlite3.SQLITE_IOERR_SHORT_READ: _DAMAGED,
    sqlite3.SQLITE_IOERR_CORRUPTFS: _DAMAGED,
    sqlite3.SQLITE_IOERR_DATA: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN_ISDIR: _NO_FILE,
    sqlite3.SQLITE_CANTOPEN_SYMLINK: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN_FULLPATH: _FORBIDDEN,
}


def meaning_of(error: BaseException) -> Meaning:
    """What an error of the driver means. Anything else is a bug."""
    if isinstance(error, MemoryError):
        return _MEMORY
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, sqlite3.Error) or not isinstance(code, int):
        return BUG  # the driver's own complaint: it was used wrongly
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(_MISSING):
        return _NO_SCHEMA  # of this code only the words say more
    return EXTENDED.get(code) or PRIMARY.get(code & 0xFF, BUG)


def fault_of(error: Exception, doing: str = "") -> Fault | None:
    """The fault that an error is, while nothing was committed; None: it is a bug."""
    return meaning_of(error).fault(doing + worded(error), writes=True)


def in_words(error: BaseException) -> str:
    """The driver's words and what to do about it, for who could not open the file."""
    advice = meaning_of(error).advice
    return f"{error}: {advice}" if advice else str(error)


def worded(error: BaseException) -> str:
    """The driver's words, with the code's name: several codes share their words."""
    name = getattr(error, "sqlite_errorname", None)
    return f"{error} ({name})" if name else str(error)
