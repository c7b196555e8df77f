"""How games are made: within what their makers may have, and under a join code that is free."""

from typing import Final, cast

import msgspec
from msgspec.structs import replace

from clew.gateway.games import Games
from clew.gateway.ports import CreationEvent, Fresh
from clew.people.caps import Counting, Origin
from clew.people.ids import IdSource
from clew.people.user import User
from clew.sessions.census import Maker
from clew.sessions.faults import Followed, JoinCodeTaken
from clew.sessions.ids import Kind
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors
from clew.wire.http import CreatedGame

JOIN_CODE_TRIES_MAX: Final = 8
"""So many codes in a row that are taken mean something is wrong: ``busy``."""


class Making:
    """Raises ``too_many_games`` and its like, and ``busy``. Without ``counting`` everybody may have any number."""

    def __init__(self, games: Games, ids: IdSource, counting: Counting | None) -> None:
        self._games = games
        self._ids = ids
        self._counting = counting

    def fresh(self) -> Fresh:
        """What nobody chooses of the next game."""
        return Fresh(self._ids.game_id(), self._ids.join_code(), self._ids.seed())

    async def make(
        self, kind: Kind, created: CreationEvent, user: User, origin: Origin, *, with_bots: bool
    ) -> CreatedGame | None:
        """This game, its user counted as its maker. None: another follows the game that it is the rematch of."""
        if self._counting is None:
            return await self._made(kind, created, None)
        async with self._counting.room_for_game(user, origin, with_bots=with_bots) as maker:
            return await self._made(kind, created, maker)

    async def _made(self, kind: Kind, created: CreationEvent, maker: Maker | None) -> CreatedGame | None:
        for _ in range(JOIN_CODE_TRIES_MAX):
            with faults_as_errors():
                try:
                    await self._games.make(kind, created, maker)
                except Followed:
                    return None
                except JoinCodeTaken:
                    # The id too: an attempt whose answer was lost may have made a game of the first one.
                    named = {"game_id": self._ids.game_id(), "join_code": self._ids.join_code()}
                    created = cast("CreationEvent", replace(cast("msgspec.Struct", created), **named))
                    continue
            return CreatedGame(created.game_id, created.join_code, created.host.player_id)
        raise ApiError("busy", retry_after_s=1.0)
