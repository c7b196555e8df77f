"""What is known of the people around a game beside the game itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from clew.sessions.ids import PlayerId, UserId


class RoundSoFar(NamedTuple):
    """How far people are with a round: of each who plays in it whether they have planned, and whether they are ready.

    What they planned is not in it.
    """

    round: int = 0
    players: Mapping[PlayerId, tuple[bool, bool]] = {}


class Company(NamedTuple):
    """Of this moment, and kept nowhere. ``away``: the seats of people whom nobody has seen for some seconds.

    ``standing``: how far they are. Where it is given, the very same company is shown the same way until something else
    happens than a plan; None: nobody looks at that. ``gone``: people of it who have gone for good, and are not named.
    """

    away: frozenset[PlayerId] = frozenset()
    standing: RoundSoFar | None = None
    gone: frozenset[UserId] = frozenset()


ALL_HERE: Final = Company()
"""Where nothing is known."""
