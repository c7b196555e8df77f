"""Where people can be reached who are not here, and what they were told there: the port and what crosses it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from clew.sessions.ids import GameId, Millis, UserId

PushWay: TypeAlias = Literal["browser", "webhook"]


@dataclass(frozen=True, slots=True)
class PushRecord:
    """A place where somebody wants to be told. ``push_key`` names it; of a browser it is one person's alone.

    ``public_key`` and ``secret`` are what messages are encrypted with for a browser; a webhook has only the ``secret``
    that they are signed with. ``token_hash`` is the way in by which it was asked for: it is good no longer than that.
    """

    push_key: bytes
    user_id: UserId
    token_hash: bytes
    way: PushWay
    endpoint: str
    public_key: bytes
    secret: bytes
    inserted_at: Millis


class Pushes(Protocol):
    """Remembers such places. Kept by every adapter (tests/clew/contracts/test_pushes.py):

    * a place whose way in has ended, in whatever way, is told of to nobody;
    * of two who note one nudge exactly one gets True.
    """

    async def put_push(self, push: PushRecord, keep_max: int) -> None:
        """Remember it in the place of one with the same key. Of more than ``keep_max`` of one person the oldest go."""
        ...

    async def pushes_of(self, user_ids: Collection[UserId], now: Millis) -> Sequence[PushRecord]:
        """Those of these people that are good now, the oldest first."""
        ...

    async def drop_push(self, user_id: UserId, push_key: bytes, secret: bytes | None = None) -> bool:
        """Forget it, if it is this person's; where a ``secret`` is given, only the one that has it. False: none was."""
        ...

    async def note_nudge(self, user_id: UserId, game_id: GameId, number: int, now: Millis) -> bool:
        """That this person is being told this of a game. False: they were, or of something with a higher number."""
        ...
