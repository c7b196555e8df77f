"""News for all nodes, over the bus: who holds what now, who died. Whoever misses it finds out from the store."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from clew.sessions.cluster.messages import DEAD_FEED, FIT_FEED, HELD_FEED, NODES_CHANNEL, Dead, Fit, Held, encoder
from clew.sessions.ids import GameId, Owner
from clew.sessions.ports.bus import Bus

GAMES_IN_ONE = 1_000
"""Sessions named in one message; more take several."""


class Announcer:
    """Tells other nodes what one life holds, heard and can do; tells nobody on a node that is alone."""

    def __init__(self, bus: Bus | None, owner: Owner) -> None:
        self._bus = bus
        self._owner = owner

    def held(self, game_ids: Sequence[GameId], owner: Owner | None = None) -> None:
        """Say that ``owner`` (None: this life) answers for these sessions from now on."""
        left = iter(game_ids)
        while some := tuple(islice(left, GAMES_IN_ONE)):
            self._say(HELD_FEED, Held(owner or self._owner, some))

    def dead(self, owner: Owner) -> None:
        """Say that the process of this life is gone."""
        self._say(DEAD_FEED, Dead(owner))

    def fit(self, *, lets_people_in: bool) -> None:
        """Say that this node can serve people just now."""
        self._say(FIT_FEED, Fit(self._owner, lets_people_in))

    def _say(self, feed: str, message: Held | Dead | Fit) -> None:
        if self._bus is not None:
            self._bus.publish(NODES_CHANNEL, feed, encoder.encode(message))
