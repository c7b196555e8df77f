"""File descriptors: as many as the bounds need, or bounds as the system allows, said at the start."""

import resource
from typing import Final

from clew.web.bounds import SOCKETS_MAX
from clew.wiring.faults import CannotStart

KEPT_FOR_US: Final = 128
"""Descriptors that no connection is given: databases, buses, files, what a library opens for a moment."""

CONNECTIONS_MIN: Final = 64
"""Fewer connections are no server: it does not start."""

CONNECTIONS_MAX: Final = SOCKETS_MAX + 2_000
"""Sockets, and HTTP connections beside them. One more is closed unanswered, and counted."""


def connections_allowed() -> int:
    """How many connections this process may hold, after asking the system for as many as the bounds need.

    Raises ``CannotStart`` where hardly any are left.
    """
    wanted = CONNECTIONS_MAX + KEPT_FOR_US
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = _raised(soft, wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return CONNECTIONS_MAX
    allowed = soft - KEPT_FOR_US
    if allowed < CONNECTIONS_MIN:
        raise CannotStart(
            f"This process may open {soft} files, and needs {KEPT_FOR_US + CONNECTIONS_MIN} at least, "
            f"{wanted} to fill its bounds: raise the limit (ulimit -n, LimitNOFILE, --ulimit nofile)."
        )
    return allowed


def _raised(soft: int, target: int, hard: int) -> int:
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
    except (OSError, ValueError):  # some systems promise more than they give
        return soft
    return target
