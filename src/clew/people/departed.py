"""Those who have gone for good: who they are, and how they are told.

What was journaled under their name stays as it was written; wherever it is told, they are told without it.
"""

from asyncio import Lock
from collections.abc import Collection
from typing import Final

from clew.sessions.ids import UserId
from clew.sessions.ports.users import Users

SOMEBODY_WHO_LEFT: Final = "Somebody who left"
"""What all of them are called, ``told_apart`` at one table. Nobody may choose to be called so; pages say it in
their own language, as ``people-gone`` of the catalogue."""


class GoneForGood:
    """Who has gone, as the store has it now. Nothing is kept: who goes is gone for the very next who asks."""

    def __init__(self, users: Users) -> None:
        self._users = users
        self._one_at_a_time = Lock()
        self._next = _Look()

    async def among(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Those of them whom there is no more. Raises the store's faults.

        However many ask at once, the store is asked once for all who come while it answers the ones before.
        """
        if not user_ids:
            return frozenset()
        look = self._next
        look.asked.update(user_ids)
        async with self._one_at_a_time:
            if look.there is None:
                if look is self._next:
                    # Before the store is asked: who comes from now on may ask of somebody who goes meanwhile.
                    self._next = _Look()
                look.there = await self._users.remembered(look.asked)
        return frozenset(user_ids) - look.there


class _Look:
    """One question for several who ask; after a fault, or a cancel, the next of them asks it."""

    def __init__(self) -> None:
        self.asked = set[UserId]()
        self.there: frozenset[UserId] | None = None
