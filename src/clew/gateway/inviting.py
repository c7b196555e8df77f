"""People who are asked to another game by those they played with, and are not here: told of it, after a while.

Beside everything: who asks waits for none of this, and a crash may lose it.
"""

from typing import Final

import msgspec
from msgspec.structs import replace

from clew.gateway.awhile import Awhile
from clew.gateway.calls import InfoCall
from clew.gateway.games import Games
from clew.gateway.ports import Info
from clew.people.pushes.delivery import Nudge
from clew.people.pushes.nudges import Nudges
from clew.sessions.faults import Busy
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.ports.clock import Clock

_BEFORE_ITS_FIRST_ROUND: Final = 0


class Invitation(msgspec.Struct, frozen=True):
    """A rematch that was made, for ``people`` beside its host, who is called ``name``. ``after``: what they played."""

    kind: Kind
    game_id: GameId
    join_code: str
    after: GameId
    name: str
    people: frozenset[UserId]
    looked_before: bool = False
    """And it could not be known who was there."""


class Inviting:
    """Those who asked this node."""

    def __init__(self, games: Games, nudges: Nudges, clock: Clock) -> None:
        self._games = games
        self._nudges = nudges
        self._awhile = Awhile[Invitation](clock)

    def asked(self, invitation: Invitation) -> None:
        """Quick: whoever made it waits for their answer."""
        self._awhile.note(invitation.game_id, invitation)

    async def run(self) -> None:
        """Until cancelled."""
        await self._awhile.run(self._look)

    async def _look(self, invitation: Invitation) -> None:
        here = await self._looking_on(invitation)
        if here is None:
            # It has just come into memory where they look on: they may be on their way. Once: then nobody came.
            self._awhile.note(invitation.game_id, replace(invitation, looked_before=True))
            return
        title = self._games.games[invitation.kind].about.title
        away = invitation.people - here
        still = {user_id for user_id in away if await self._is_kept(invitation, user_id)}
        nudge = Nudge(what="rematch", game=title, join_code=invitation.join_code, round=0, name=invitation.name)
        await self._nudges.tell(still, invitation.game_id, _BEFORE_ITS_FIRST_ROUND, nudge, None)

    async def _looking_on(self, invitation: Invitation) -> frozenset[UserId] | None:
        """Who sees that they are asked, wherever they are connected; None: ask again.

        Nobody, as far as is known, where a release before has them, which does not say.
        """
        try:
            here = await self._games.dispatch.here(invitation.kind, invitation.after)
        except Busy:
            return frozenset()
        return frozenset() if here is None and invitation.looked_before else here

    async def _is_kept(self, invitation: Invitation, user_id: UserId) -> bool:
        """Whether a seat is kept for them: they neither came nor declined, and it has not begun."""
        call = InfoCall(user_id)
        info: Info = await self._games.dispatch.ask(invitation.kind, invitation.game_id, call)
        return info.game_status == "lobby" and info.invited is not None
