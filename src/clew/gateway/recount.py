"""What people at a game agree on is counted again whenever others of them are here, or play."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Collection
from typing import Any, Final

import structlog

from clew.gateway.ports import AnyGame, AnyHost
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId, UserId
from clew.sessions.ports.clock import Clock, Timer
from clew.sessions.records import Answer

RECOUNT_AGAIN_S: Final = 1.0
"""Where nothing came of a count, it is tried again after so long."""

_log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class Recount:
    """Of one game, where it runs. It is looked at with each commit, and whenever other people are here."""

    def __init__(
        self,
        game: AnyGame,
        host: AnyHost,
        clock: Clock,
        game_id: GameId,
        here: Callable[[], Collection[UserId] | None],
    ) -> None:
        self._game = game
        self._host = host
        self._clock = clock
        self._game_id = game_id
        self._here = here
        self._next: Timer | None = None

    def look(self, state: Any, *, in_s: float = 0.0) -> None:
        """The game as it is now."""
        # Not at once: a commit is being told, and what is posted meanwhile would be decided in the midst of it.
        if self._next is None and self._game.is_asked(state) and self._due(state) is not None:
            self._next = self._clock.call_later(in_s, self._count)

    def close(self) -> None:
        """Count nothing any more, until it is looked at again."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _due(self, state: Any) -> Any | None:
        """What to post; None where nothing would come of it, or it can't be known yet who is here."""
        here = self._here()
        return None if here is None else self._game.count_agreed(state, here)

    def _count(self) -> None:
        self._next = None
        session = self._host.held(self._game_id)
        if session is None:
            return  # it is another node's by now, which counts for itself
        command = self._due(session.at.state)
        if command is None:
            return
        try:
            self._host.decide(session, command).add_done_callback(self._note)
        except Fault as fault:
            _log.debug("not_counted", game_id=self._game_id, fault=repr(fault))
        self.look(session.at.state, in_s=RECOUNT_AGAIN_S)

    def _note(self, answered: Future[Answer]) -> None:
        if answered.cancelled() or (fault := answered.exception()) is None:
            return
        _log.debug("not_counted", game_id=self._game_id, fault=repr(fault))
