"""Which game is played after another by the same people, and how those hear of it who look at the one before.

A game that is over is never written to again, so this is no event of it: it is what the store has of the next one.
Whoever is connected where that is made is told at once, through every other gateway within ``LOOK_EVERY_S``, and who
comes later behind their welcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import structlog

from clew.gateway.outbox import Outbox
from clew.gateway.ports import Info
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.listings import Listings, Sequel
from clew.wire.socket import Rematch

LOOK_EVERY_S: Final = 1.0
LOOK_BACK_MS: Final = 60_000
"""What was made within so long is looked at each time: clocks of nodes differ, and a commit takes its time."""
LOOKED_AT_MAX: Final = 1_000
"""The latest so many are told of; who was connected to another meets theirs when they look again."""

_ENCODER: Final = msgspec.json.Encoder()
_log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway.rematches")


class Rematches:
    """Raises the store's faults."""

    def __init__(self, listings: Listings, clock: Clock) -> None:
        self._listings = listings
        self._clock = clock
        self._told = dict[GameId, dict[Outbox, str | None]]()
        """Whoever listens, and which code they were told last."""

    async def of(self, game_id: GameId) -> Sequel | None:
        """The game that is played after this one, unless it was called off."""
        return next(iter(await self._listings.sequels([game_id])), None)

    async def noted(self, infos: Sequence[Info]) -> list[Info]:
        """The same listings, those of games that are over with the rematch they have."""
        over = [GameId(info.game_id) for info in infos if info.game_status == "concluded"]
        codes = {sequel.of: sequel.join_code for sequel in await self._listings.sequels(over)} if over else {}
        return [_with_rematch(info, codes.get(GameId(info.game_id))) for info in infos]

    def listen(self, game_id: GameId, outbox: Outbox) -> None:
        """Tell this client of a rematch of this game from now on."""
        self._told.setdefault(game_id, {})[outbox] = None

    def unlisten(self, game_id: GameId, outbox: Outbox) -> None:
        """The client is gone. May be called twice."""
        listening = self._told.get(game_id, {})
        listening.pop(outbox, None)
        if not listening:
            self._told.pop(game_id, None)

    async def catch_up(self, game_id: GameId) -> None:
        """Tell whoever listens to a game that is over what they missed."""
        if (sequel := await self.of(game_id)) is not None:
            self.tell(sequel)

    def tell(self, sequel: Sequel) -> None:
        """Whoever listens and was not told of this one yet."""
        listening = self._told.get(sequel.of, {})
        for outbox, known in listening.items():
            if known != sequel.join_code:
                listening[outbox] = sequel.join_code
                outbox.put_nowait(_ENCODER.encode(Rematch(sequel.join_code)).decode())

    async def run(self) -> None:
        """Hear of what other nodes made, until cancelled."""
        while True:
            await self._clock.sleep(LOOK_EVERY_S)
            if not self._told:
                continue
            try:
                since = self._clock.now() - LOOK_BACK_MS
                for sequel in await self._listings.latest_sequels(since, LOOKED_AT_MAX):
                    self.tell(sequel)
            except Fault as fault:
                _log.debug("rematches_not_looked_at", fault=repr(fault))


def _with_rematch(info: Any, join_code: str | None) -> Info:
    return info if join_code is None else msgspec.structs.replace(info, rematch=join_code)
