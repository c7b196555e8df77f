"""What is looked at a while after it happened, so that whoever is on their way has come."""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

import structlog

from clew.people.pushes.bounds import NOTICED_MAX, NUDGE_AFTER_S
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId
from clew.sessions.ports.clock import Clock

T = TypeVar("T")

_LOOK_EVERY_S: Final = 1.0

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class Awhile(Generic[T]):
    """In the order in which it was noted; of more than ``NOTICED_MAX`` the oldest are not looked at."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._noted = deque[tuple[float, GameId, T]](maxlen=NOTICED_MAX)

    def note(self, game_id: GameId, happened: T) -> None:
        """Quick, and never raises."""
        self._noted.append((self._clock.monotonic() + NUDGE_AFTER_S, game_id, happened))

    async def run(self, look: Callable[[T], Awaitable[None]]) -> None:
        """Until cancelled. One look that fails keeps none from the next."""
        while True:
            await self._clock.sleep(_LOOK_EVERY_S)
            while self._noted and self._noted[0][0] <= self._clock.monotonic():
                _, game_id, happened = self._noted.popleft()
                try:
                    await look(happened)
                except Fault as fault:
                    log.debug("nobody_nudged", game_id=game_id, fault=repr(fault))
                except Exception as bug:
                    log.error("nudging_broke", game_id=game_id, exc_info=bug)
