"""What an error of PostgreSQL, or of the way to it, means to a caller."""

from __future__ import annotations

import asyncpg

from minotaur.sessions.faults import Busy, Fault, OutcomeUnknown

_UNDONE_CLASSES = ("40", "53", "58")
"""Rolled back for a conflict; out of connections, memory or disk; the system said no."""
_UNDONE_CODES = frozenset(
    {
        "25006",  # read-only: a standby, or a primary that is being demoted
        "55006",  # object in use
        "55P03",  # lock not available
        "57014",  # canceled: the statement's timeout
    }
)
_UNKNOWN_CODES = frozenset({"40003"})
_LOST_CLASSES = ("08",)
_LOST_CODES = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03"})
"""The server ends the connection. The statement in progress was most likely undone, but nobody says so."""


def is_lost(error: BaseException) -> bool:
    """Whether the connection is gone, rather than one statement refused."""
    match error:
        case TimeoutError() | OSError() | asyncpg.InternalClientError():
            return True
        case asyncpg.PostgresError(sqlstate=str(code)):
            return code.startswith(_LOST_CLASSES) or code in _LOST_CODES or code in _UNKNOWN_CODES
        case _:
            return False


def fault_of(error: Exception, *, writes: bool) -> Fault | None:
    """The fault that an error during a statement is; None: it is none, but a bug or a broken database.

    A definite refusal is ``Busy``: PostgreSQL undoes a refused statement. Where the connection was lost while it wrote,
    nobody knows.
    """
    if isinstance(error, Fault):
        return error
    if isinstance(error, asyncpg.InterfaceError) and str(error).endswith("connection is closed"):
        return Busy(_told(error))  # found closed before anything was sent
    if is_lost(error):
        return OutcomeUnknown(_told(error)) if writes else Busy(_told(error))
    match error:
        case asyncpg.PostgresError(sqlstate=str(code)) if code.startswith(_UNDONE_CLASSES) or code in _UNDONE_CODES:
            return Busy(_told(error))
        case _:
            return None


def _told(error: Exception) -> str:
    return f"PostgreSQL: {type(error).__name__}: {error}"
