"""What an operator chose for the runtime. Nodes that share a store may choose differently; each does as it was told."""

from __future__ import annotations

from dataclasses import dataclass

from clew.sessions.bounds import ENTRIES_PER_ROUND_MAX
from clew.sessions.ports.users import Users


@dataclass(frozen=True)
class Forgettable:
    """Whose users; ``after_ms``: how long one without a session is kept unused; ``lasts_ms``: how long a way in is."""

    users: Users
    after_ms: int
    lasts_ms: int


@dataclass(frozen=True)
class Policy:
    """``compact_after_ms``: journals are compacted once their sessions were closed so long ago; None: never.

    ``forgettable``: which users are forgotten, and when; None: nobody ever is. ``entries_per_round_max``: what one
    player's commands may add to a journal in one round.
    """

    compact_after_ms: int | None = None
    forgettable: Forgettable | None = None
    entries_per_round_max: int = ENTRIES_PER_ROUND_MAX
