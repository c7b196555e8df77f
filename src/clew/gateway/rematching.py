"""Another game of the same people: made by whoever asks first, and joined by the others."""

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from clew.gateway.calls import AgainCall, JoinCall
from clew.gateway.dispatch import Dispatch
from clew.gateway.inviting import Invitation
from clew.gateway.making import Making
from clew.gateway.rematches import Rematches
from clew.people.accounts import Accounts
from clew.people.caps import Origin
from clew.people.user import User
from clew.sessions.ids import GameId
from clew.sessions.ports.listings import Sequel
from clew.sessions.records import SessionSummary
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors
from clew.wire.http import Joined, Rematched

TRIES_MAX: Final = 4
"""So often somebody else is first, or it is called off just then, before the asker is told to try again."""


class Rematching:
    """One rematch at most that is not called off: the store holds that, so nothing is lost between two steps here."""

    def __init__(
        self,
        dispatch: Dispatch,
        rematches: Rematches,
        making: Making,
        accounts: Accounts,
        asked: Callable[[Invitation], None],
    ) -> None:
        """``asked`` is called with each rematch that is made here."""
        self._dispatch = dispatch
        self._rematches = rematches
        self._making = making
        self._accounts = accounts
        self._asked = asked

    async def rematch(self, found: SessionSummary, user: User, origin: Origin) -> Rematched:
        """A seat in the rematch of this game, which is made if there is none.

        Raises ``game_not_over``, ``not_playing``, what making one raises and what joining does: that the seat was given
        away, or the game has begun without the asker, with its ``join_code`` in the details.
        """
        created: Any = await self._creation(found, user)
        for _ in range(TRIES_MAX):
            with faults_as_errors():
                sequel = await self._rematches.of(found.game_id)
            if sequel is not None:
                joined = await self._joined(sequel, user)
                if joined is not None:
                    return Rematched(sequel.join_code, joined.player_id)
                continue
            with_bots = any(other.user_id is None for other in created.others)
            made = await self._making.make(found.kind, created, user, origin, with_bots=with_bots)
            if made is not None:
                game_id = GameId(made.game_id)
                self._rematches.tell(Sequel(found.game_id, game_id, made.join_code, found.kind))
                people = frozenset(other.user_id for other in created.others if other.user_id is not None)
                name = user.display_name
                self._asked(Invitation(found.kind, game_id, made.join_code, found.game_id, name, people))
                return Rematched(made.join_code, made.player_id)
        raise ApiError("busy", retry_after_s=1.0)

    async def _creation(self, found: SessionSummary, user: User) -> Any:
        """The event that would make it, without those who went for good."""
        fresh = self._making.fresh()
        with faults_as_errors():
            call = AgainCall(user.user_id, user.display_name, *fresh)
            created: Any = await self._dispatch.ask(found.kind, found.game_id, call)
            there = await self._accounts.known([other.user_id for other in created.others if other.user_id is not None])
        others = tuple(other for other in created.others if other.user_id is None or other.user_id in there)
        return replace(created, others=others)

    async def _joined(self, sequel: Sequel, user: User) -> Joined | None:
        """None: it has been called off since it was found."""
        try:
            with faults_as_errors():
                call = JoinCall(user.user_id, user.display_name)
                return await self._dispatch.ask(sequel.kind, sequel.game_id, call)
        except ApiError as refused:
            if refused.code == "game_canceled":
                return None
            details = {**refused.details, "join_code": sequel.join_code}
            raise ApiError(refused.code, refused.message, details, refused.retry_after_s) from refused
