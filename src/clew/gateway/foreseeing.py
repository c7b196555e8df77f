"""What the end of a round will ask of a game, worked out beforehand, in a thread beside the loop.

It is a kindness to the loop and nothing else: a game whose round ends first works the rest out itself, and comes to the
same. So what is too much is left undone, and no round waits for any of it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import structlog

from clew.gateway.ports import ServedGames
from clew.sessions.ids import GameId, Kind

FORESEEN_WAITING_MAX: Final = 200
"""So many rounds wait to be looked at, at most; further ones are not."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class Foreseeing:
    """The share of one node: of the games that run on it."""

    def __init__(self, games: ServedGames) -> None:
        self._games = games
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="foreseeing")
        self._waiting: set[asyncio.Future[None]] = set()
        self._closed = False

    def went_on(self, kind: Kind, game_id: GameId, state: Any) -> None:
        """A game's round or status is another than it was. Quick: it is called on the way of a command."""
        if self._closed or len(self._waiting) >= FORESEEN_WAITING_MAX:
            return
        work = self._games[kind].foresee(state)
        if work is not None:
            self._aside(game_id, work)

    async def wait_done(self) -> None:
        """Until nothing waits any more."""
        while self._waiting:
            await asyncio.wait(self._waiting)

    def close(self) -> None:
        """Begin nothing more. Waits for the one round that is being looked at, some hundredths of a second at most."""
        self._closed = True
        self._thread.shutdown(cancel_futures=True)

    def _aside(self, game_id: GameId, work: Callable[[], None]) -> None:
        foreseen = asyncio.get_running_loop().run_in_executor(self._thread, work)
        self._waiting.add(foreseen)

        def done(foreseen: asyncio.Future[None]) -> None:
            self._waiting.discard(foreseen)
            # A bug in it shows again where the round ends, and is dealt with there.
            if not foreseen.cancelled() and (bug := foreseen.exception()) is not None:
                log.error("foreseeing_broke", game_id=game_id, exc_info=bug)

        foreseen.add_done_callback(done)
