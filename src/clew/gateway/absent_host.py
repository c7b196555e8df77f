"""A lobby whose host has gone: it is passed on, or those who wait in it could neither begin nor change anything."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Collection
from typing import Any, Final

import structlog

from clew.gateway.ports import AnyGame, AnyHost
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId, PlayerId
from clew.sessions.ports.clock import Clock, Timer
from clew.sessions.records import Answer

HOST_AWAY_S: Final = 60.0
"""A host who is away for so long, while somebody else is here, is host no more."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class AbsentHost:
    """Watches over one lobby where it runs. It is looked at whenever its people, or who of them is here, change."""

    def __init__(self, game: AnyGame, host: AnyHost, clock: Clock, game_id: GameId) -> None:
        self._game = game
        self._host = host
        self._clock = clock
        self._game_id = game_id
        self._state: Any = None
        self._away: Collection[PlayerId] = ()
        self._ends: Timer | None = None

    def look(self, state: Any, away: Collection[PlayerId]) -> None:
        """The lobby as it is now, and the seats of those who are away."""
        self._state, self._away = state, away
        if not self._is_forsaken():
            self.close()
        elif self._ends is None:
            self._ends = self._clock.call_later(HOST_AWAY_S, self._pass_on)

    def close(self) -> None:
        """Pass nothing on any more, until it is looked at again."""
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _is_forsaken(self) -> bool:
        return self._game.host_of(self._state) in self._away and len(self._away) < len(self._game.people(self._state))

    def _pass_on(self) -> None:
        self._ends = None
        session = self._host.held(self._game_id)
        if session is None:
            return  # it is another node's by now, which sees for itself who is here
        people = self._game.people(session.at.state)
        here = [user_id for seat, user_id in people.items() if seat not in self._away]
        try:
            self._host.decide(session, self._game.pass_on(here)).add_done_callback(self._note)
        except Fault as fault:
            log.debug("host_not_passed", game_id=self._game_id, fault=repr(fault))
        # Should nothing come of it, it is tried again after as long; the commit that it becomes ends that.
        self.look(self._state, self._away)

    def _note(self, answered: Future[Answer]) -> None:
        if answered.cancelled() or (fault := answered.exception()) is None:
            return
        log.debug("host_not_passed", game_id=self._game_id, fault=repr(fault))
