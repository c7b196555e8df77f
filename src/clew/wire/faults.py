"""The runtime's faults in the words of the public protocol."""

from collections.abc import Generator
from contextlib import contextmanager

from clew.sessions.faults import Busy, Crashed, Fault, Late, Moved, Nobody, NoSuchSession, OutcomeUnknown
from clew.wire.errors import ApiError


@contextmanager
def faults_as_errors() -> Generator[None]:
    """Inside, a fault of the runtime becomes the ``ApiError`` that a client is told."""
    try:
        yield
    except Fault as fault:
        raise error_of(fault) from fault


def error_of(fault: Fault) -> ApiError:
    """What to tell a client of a fault. After ``busy`` and ``internal`` they may try the same again."""
    match fault:
        case Busy() | Moved() | Nobody() | Late():
            return ApiError("busy", retry_after_s=fault.retry_after_s if isinstance(fault, Busy) else 1.0)
        case OutcomeUnknown():
            return ApiError("busy", retry_after_s=1.0)
        case NoSuchSession():
            return ApiError("no_such_game")
        case Crashed():
            return ApiError("internal")
        case _:
            return ApiError("game_unreadable")
