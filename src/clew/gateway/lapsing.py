"""Lobbies that nobody has looked at for a day are called off: by one node for all, wherever they are held.

A look is noted in the lobby's row, at most once an hour, and not in its journal: it changes nothing of the game.
"""

from typing import Final

import structlog

from clew.gateway.calls import LapseCall
from clew.gateway.games import Games
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.listings import Listings
from clew.sessions.records import SessionSummary
from clew.wire.errors import ApiError

LOBBY_KEPT_MS: Final = 24 * 60 * 60 * 1000
"""A lobby nobody has looked at for so long is called off."""
LOOK_NOTED_MS: Final = 60 * 60 * 1000
"""A look is noted where the last was so long ago."""
LAPSE_EVERY_S: Final = 60.0
LAPSE_BATCH: Final = 100
"""So many lobbies of each game at most are called off each ``LAPSE_EVERY_S``."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class Lapsing:
    """Notes looks at every gateway, and calls off at the node that takes care of such for all."""

    def __init__(self, games: Games, listings: Listings, clock: Clock) -> None:
        self._games = games
        self._listings = listings
        self._clock = clock

    async def looked_at(self, summary: SessionSummary) -> None:
        """Somebody opened this game; never in their way."""
        now = self._clock.now()
        if summary.game_status != "lobby" or now - summary.updated_at < LOOK_NOTED_MS:
            return
        try:
            await self._listings.note_look(summary.game_id, now)
        except Fault as fault:
            log.debug("look_not_noted", fault=repr(fault))  # whoever is there counts as a look for as long as they stay

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._clock.sleep(LAPSE_EVERY_S)
            if self._games.host.takes_care:
                try:
                    await self.look_round()
                except Fault as fault:
                    log.warning("lobbies_not_looked_at", fault=repr(fault))

    async def look_round(self) -> int:
        """Call off what nobody has looked at for a day, once; gives how many."""
        since = Millis(self._clock.now() - LOBBY_KEPT_MS)
        called_off = 0
        for kind in self._games.games:
            for game_id in await self._listings.unseen_lobbies(kind, since, LAPSE_BATCH):
                called_off += await self._is_called_off(kind, game_id)
        return called_off

    async def _is_called_off(self, kind: Kind, game_id: GameId) -> bool:
        try:
            if await self._games.dispatch.ask(kind, game_id, LapseCall(self._clock.now())):
                log.info("lobby_called_off", game_id=game_id, why="nobody has looked at it for a day")
                return True
        except (ApiError, Fault) as problem:
            log.warning("lobby_not_called_off", game_id=game_id, problem=repr(problem))
        # Somebody is there, or it can't be told just now: it is asked again in a day, and is in no other's way.
        await self._listings.note_look(game_id, self._clock.now())
        return False
