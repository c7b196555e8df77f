"""What was claimed at one time: whose it was, and the one line that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import structlog

from clew.sessions.faults import Quarantined
from clew.sessions.ids import Owner

OWNERS_LOGGED_MAX: Final = 8
"""Former owners named in one line; of the others only the number of their sessions is told."""

_log = structlog.get_logger("clew.sessions.node.claimed")


class Claimed(NamedTuple):
    """How many sessions were claimed, by who had them (None: nobody); and those among them that can't be read."""

    lost_by: Counter[Owner | None]
    unreadable: Sequence[Quarantined]


def log_claimed(owner: Owner, lost_by: Counter[Owner | None], cause_of: Callable[[Owner | None], str]) -> None:
    """Log a claim in one line, however many batches it took; in none where there was nothing."""
    if not lost_by:
        return
    causes = Counter[str]()
    for former, sessions in lost_by.items():
        causes[cause_of(former)] += sessions
    _log.info(
        "sessions_claimed",
        owner=owner,
        sessions=lost_by.total(),
        causes=dict(causes),
        lost_by={former or "nobody": sessions for former, sessions in lost_by.most_common(OWNERS_LOGGED_MAX)},
    )
