"""Nudges: each said to a person once, wherever they want to be told."""

from collections.abc import Collection
from typing import Final

from clew.people.pushes.delivery import Delivery, Nudge
from clew.people.pushes.vapid import b64url
from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.pushes import Pushes

_TOPIC_CHARS_MAX: Final = 32


class Nudges:
    """Of one node; what another has noted is not said here."""

    def __init__(self, pushes: Pushes, delivery: Delivery, clock: Clock) -> None:
        self._pushes = pushes
        self._delivery = delivery
        self._clock = clock

    async def tell(
        self, people: Collection[UserId], game_id: GameId, number: int, nudge: Nudge, until: Millis | None
    ) -> None:
        """Say it to those of them who want to be told, unless they were told this number of the game, or a higher one.

        ``until``: when it is of no use any more.
        """
        now = self._clock.now()
        pushes = await self._pushes.pushes_of(people, now) if people else ()
        for user_id in {push.user_id for push in pushes}:
            if await self._pushes.note_nudge(user_id, game_id, number, now):
                for push in pushes:
                    if push.user_id == user_id:
                        self._delivery.send_nowait(push, nudge, _topic(game_id), until)


def _topic(game_id: GameId) -> str:
    """The game's, for a browser's maker: a few signs of a small alphabet."""
    return b64url(game_id.encode())[:_TOPIC_CHARS_MAX]
