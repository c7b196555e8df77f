"""What an error of PostgreSQL, or of the way to it, means to a caller: by its SQLSTATE, and by the class of that."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Final

import asyncpg

from clew.sessions.faults import Busy, Fault, NeedsOperator
from clew.stores.meanings import BUG, FaultKind, Meaning

_WAY = "see that PostgreSQL runs, and that this machine can reach it"
_LOST = Meaning(FaultKind.UNKNOWN, _WAY)
_COMES_BACK = Meaning(FaultKind.UNKNOWN, "nothing, if PostgreSQL is just starting or stopping; else start it")
_AGAIN = Meaning(FaultKind.PASSING, "nothing, if it does not last")
_HELD = Meaning(FaultKind.PASSING, "end who holds the lock (pg_stat_activity tells), if it lasts")
_FULL = Meaning(FaultKind.PASSING, "make room on PostgreSQL's disk")
_SCARCE = Meaning(FaultKind.PASSING, "give PostgreSQL more memory or connections, or take some from others")
_STANDBY = Meaning(
    FaultKind.PASSING, "promote this server or name the primary in --database-url, with target_session_attrs=read-write"
)
_DISK = Meaning(FaultKind.PASSING, "PostgreSQL's disk answers with errors: look at its log and the system's")
_NOT_LET_IN = Meaning(
    FaultKind.DEFINITE,
    "see that the user and the password of --database-url are right, and that pg_hba.conf lets it in",
)
_NOT_TRUSTED = Meaning(
    FaultKind.DEFINITE,
    "see that sslrootcert names the CA of PostgreSQL's certificate, and the certificate the host's name",
)
_NO_DATABASE = Meaning(FaultKind.DEFINITE, "make the database that --database-url names, or name another")
_FORBIDDEN = Meaning(
    FaultKind.DEFINITE, "give the user of --database-url its rights on the tables (the one that migrated them has them)"
)
_NO_SCHEMA = Meaning(
    FaultKind.DEFINITE,
    "name the database the games are in, or bring this one up to date (`migrate`); restore a backup if tables are gone",
)
_MISSET = Meaning(FaultKind.DEFINITE, "mend PostgreSQL's configuration: its log says where it is wrong")
_DAMAGED = Meaning(
    FaultKind.DEFINITE,
    "stop all nodes, keep the damaged cluster, look at its disk, and promote a standby or restore the latest backup",
)

CLASSES: Final[Mapping[str, Meaning]] = {
    "00": BUG,  # success
    "01": BUG,  # warnings
    "02": BUG,  # no data
    "03": BUG,  # SQL statement not yet complete
    "08": _LOST,  # connection exceptions
    "09": BUG,  # triggered action
    "0A": BUG,  # feature not supported
    "0B": BUG,  # invalid transaction initiation
    "0F": BUG,  # locators
    "0L": BUG,  # invalid grantor
    "0P": _NOT_LET_IN,  # invalid role
    "0Z": BUG,  # diagnostics
    "10": BUG,  # XQuery
    "20": BUG,  # case not found
    "21": BUG,  # cardinality
    "22": BUG,  # data exceptions
    "23": BUG,  # constraints
    "24": BUG,  # invalid cursor state
    "25": BUG,  # invalid transaction state
    "26": BUG,  # invalid statement name
    "27": BUG,  # triggered data change
    "28": _NOT_LET_IN,  # invalid authorization
    "2B": BUG,  # dependent privileges
    "2D": BUG,  # invalid transaction termination
    "2F": BUG,  # SQL routines
    "34": BUG,  # invalid cursor name
    "38": BUG,  # external routines
    "39": BUG,  # external routine invocation
    "3B": BUG,  # savepoints
    "3D": _NO_DATABASE,  # invalid catalog name
    "3F": _NO_SCHEMA,  # invalid schema name
    "40": _AGAIN,  # transaction rollback
    "42": BUG,  # syntax, or access rule
    "44": BUG,  # WITH CHECK OPTION
    "53": _SCARCE,  # insufficient resources
    "54": BUG,  # program limits
    "55": BUG,  # object not in prerequisite state
    "57": _COMES_BACK,  # operator intervention
    "58": _DISK,  # system errors
    "72": _AGAIN,  # snapshot too old
    "F0": _MISSET,  # configuration file
    "HV": BUG,  # foreign data
    "P0": BUG,  # PL/pgSQL
    "XX": BUG,  # internal errors
}
"""All there are. A code means what its class does, unless it is named below."""

CODES: Final[Mapping[str, Meaning]] = {
    "25006": _STANDBY,  # read-only: a standby, or a primary that is being demoted
    "25P03": _LOST,  # idle in transaction for too long
    "25P04": _LOST,  # transaction timeout
    "40003": _LOST,  # statement completion unknown
    "42501": _FORBIDDEN,
    "42P01": _NO_SCHEMA,  # no such table
    "42703": _NO_SCHEMA,  # no such column
    "53100": _FULL,
    "55006": _HELD,  # object in use
    "55P03": _HELD,  # lock not available
    "57014": _HELD,  # canceled: the statement's timeout
    "57P04": _NO_DATABASE,  # dropped meanwhile
    "58P01": _DAMAGED,  # a file of the cluster is not there
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}


def meaning_of(error: BaseException) -> Meaning:
    """What an error of the driver or of the way means. Anything else is a bug."""
    match error:
        case ssl.SSLCertVerificationError():
            return _NOT_TRUSTED
        case TimeoutError() | OSError() | asyncpg.InternalClientError():
            return _LOST
        case asyncpg.PostgresError(sqlstate=str(code)):
            return CODES.get(code) or CLASSES.get(code[:2], BUG)
        case _:
            return BUG


def is_lost(error: BaseException) -> bool:
    """Whether the connection is gone, rather than one statement refused."""
    return meaning_of(error).kind is FaultKind.UNKNOWN


def fault_of(error: Exception, *, writes: bool) -> Fault | None:
    """The fault that an error during a statement is; None: it is a bug.

    PostgreSQL undoes a statement that it refuses. Where the connection was lost while it wrote, nobody knows.
    """
    if isinstance(error, Fault):
        return error
    if isinstance(error, asyncpg.InterfaceError) and str(error).endswith("connection is closed"):
        return Busy(_in_words(error), advice=_WAY)  # found closed before anything was sent
    return meaning_of(error).fault(_in_words(error), writes=writes)


def is_unmigrated(fault: NeedsOperator) -> bool:
    """Whether a statement failed for a table or a column that an older schema does not have."""
    return isinstance(fault.__cause__, asyncpg.UndefinedTableError | asyncpg.UndefinedColumnError)


def fault_of_connecting(error: Exception) -> Fault:
    """The fault that an error on the way in is: nothing was asked yet. What is none of ours to name may pass."""
    words = f"PostgreSQL can't be reached: {type(error).__name__}: {error}"
    return meaning_of(error).fault(words, writes=False) or Busy(words, advice=_WAY)


def _in_words(error: Exception) -> str:
    return f"PostgreSQL: {type(error).__name__}: {error}"
