"""What an operator chose for the runtime. Nodes that share a store may choose differently; each does as it was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from clew.sessions.bounds import ENTRIES_PER_ROUND_MAX
from clew.sessions.ports.users import Users
from clew.sessions.result_records import Rating


@dataclass(frozen=True)
class Forgettable:
    """Whose users; ``after_ms``: how long one without a session is kept unused; ``lasts_ms``: how long a way in is."""

    users: Users
    after_ms: int
    lasts_ms: int


Rate: TypeAlias = Callable[[Sequence[Rating | None], Sequence[int]], Sequence[Rating]]
"""What everybody in a session is rated after it, from what they were rated before, if ever, and their places. With one
alone, or none, it is what it was, and who never was is rated as everybody is at first.
"""


@dataclass(frozen=True)
class Policy:
    """``compact_after_ms``: journals are compacted once their sessions were closed so long ago; None: never.

    ``forgettable``: which users are forgotten, and when; None: nobody ever is. ``entries_per_round_max``: what one
    player's commands may add to a journal in one round.

    ``rate``: how results are rated; None: none are kept.
    """

    compact_after_ms: int | None = None
    forgettable: Forgettable | None = None
    entries_per_round_max: int = ENTRIES_PER_ROUND_MAX
    rate: Rate | None = None
