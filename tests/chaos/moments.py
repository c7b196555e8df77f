"""When to strike: in the very moment a player reads an answer, a little later, or in silence."""

import asyncio
import time
from collections.abc import Callable
from random import Random
from typing import Final

from clew.client.retrying import pause
from tests.kit.record import Message

ANSWERS_BETWEEN_MAX: Final = 60
ANSWERS_OF_A_TABLE: Final = 10
"""Of few tables a strike waits for no more: who plays alone would have it wait in silence most of the time."""
INSTANT_SHARE: Final = 0.6
NEVER: Final = 0
"""Answers still to go when no strike is due: counting on from here never comes back to zero."""
SILENCE_S_MAX: Final = 4.0
LATER_S_MAX: Final = 0.1


class Moments:
    """Counts the answers that all players get. Of each strike the blow is dealt once, by ``strike``."""

    def __init__(self, chance: Random, answers_between_max: int = ANSWERS_BETWEEN_MAX) -> None:
        self._chance = chance
        self._answers_between_max = answers_between_max
        self._answers_to_go = NEVER
        self._blow: Callable[[], None] | None = None
        self._due = asyncio.Event()

    async def strike(self, blow: Callable[[], None]) -> None:
        """Deal the blow at a random answer, often in the very moment the answer is read, else a little later.

        The moment of an answer is when a server that answers too early has most to lose. In silence it comes too.
        """
        self._answers_to_go = self._chance.randint(1, self._answers_between_max)
        self._blow = blow if self._chance.random() < INSTANT_SHARE else None
        dealt_later = self._blow is None
        self._due.clear()
        try:
            async with asyncio.timeout(SILENCE_S_MAX):
                await self._due.wait()
        except TimeoutError:
            dealt_later = True
        self._answers_to_go, self._blow = NEVER, None
        if dealt_later:
            await pause(self._chance.uniform(0.0, LATER_S_MAX))
            blow()

    def note(self, message: Message) -> None:
        """A player was told this."""
        if message["type"] not in ("accepted", "refused"):
            return
        self._answers_to_go -= 1
        if self._answers_to_go == 0:
            if self._blow is not None:
                self._blow()
            self._due.set()


def now_ms() -> int:
    """Replays are on the machine's clock, and so are real outages."""
    return time.time_ns() // 1_000_000  # noqa: TID251
