"""Whoever goes for good is not named any more, where a game is shown just now too.

Who has gone the store knows alone, and it is asked by whoever begins to watch. Those who watch already are shown it
when this node hears of it, and what nobody told it, it finds within ``LOOK_EVERY_S``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import structlog

from clew.gateway.attendance import Attendance, Attendances
from clew.people.departed import GoneForGood
from clew.sessions.faults import Fault
from clew.sessions.ids import UserId
from clew.sessions.ports.clock import Clock

PEOPLE_CHANNEL: Final = "people"
"""Where every node hears of people."""
SIGN_OUTS_FEED: Final = "sign-outs"
"""By id: somebody was signed out somewhere, as all are who go."""

LOOK_EVERY_S: Final = 60.0
GAMES_A_LOOK: Final = 100
"""The people of so many games are asked about at once."""

_log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class Departures:
    """Of the games that one node shows."""

    def __init__(self, departed: GoneForGood, attendances: Attendances, clock: Clock) -> None:
        self.departed = departed
        self._attendances = attendances
        self._clock = clock

    async def look(self, shown: Sequence[Attendance], named: Collection[UserId] = ()) -> None:
        """Who of these games' people has gone, and of those ``named`` beside them. Raises the store's faults."""
        asked = [each.named.union(named) for each in shown]
        gone = await self.departed.among(frozenset[UserId]().union(*asked))
        for each, of_it in zip(shown, asked, strict=True):
            each.note_gone(of_it, of_it & gone)

    async def somebody_went(self, user_id: UserId) -> None:
        """If they have: whoever is shown a game of theirs here is shown it without their name. Raises as ``look``."""
        if await self.departed.among([user_id]):
            await self.look([each for each in self._attendances.all() if user_id in each.named])

    async def somebody_may_have(self, user_id: UserId) -> None:
        """The same of whom a node has heard; what the store does not answer is found by the next look at all."""
        try:
            await self.somebody_went(user_id)
        except Fault as fault:
            _log.debug("departure_not_looked_at", fault=repr(fault))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._clock.sleep(LOOK_EVERY_S)
            try:
                shown = self._attendances.all()
                for first in range(0, len(shown), GAMES_A_LOOK):
                    await self.look(shown[first : first + GAMES_A_LOOK])
            except Fault as fault:
                _log.debug("departures_not_looked_at", fault=repr(fault))
