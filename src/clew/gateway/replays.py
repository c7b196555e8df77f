"""Replays of games that are over, as they go out: each worked out and written down once, however many ask."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from clew.sessions.ids import GameId, Millis
from clew.sessions.records import Entry
from clew.wire.errors import ApiError

REPLAYS_KEPT_BYTES_MAX: Final = 64 * 1024 * 1024
"""Replays never change, so so much of them is kept ready; beyond, the one asked for longest ago is forgotten."""
REPLAYS_AWAITED_MAX: Final = 64
"""More who wait for a replay to be worked out are told ``busy``: one is at a time, since each plays a whole game."""

Entries: TypeAlias = list[Entry[Any]]
Told: TypeAlias = tuple[tuple[GameId, Millis], Callable[[], Awaitable[Entries]], Callable[[Entries], bytes]]
"""Which game, as it ended when; its journal; and what is made of that."""


class Replays:
    """One text of each, shared by all who read it."""

    def __init__(self) -> None:
        self._kept = OrderedDict[tuple[GameId, Millis], bytes]()
        """By when it was last written to as well: an older database that comes back may let a game end anew."""
        self._kept_bytes = 0
        self._awaited = 0
        self._one_at_a_time = asyncio.Lock()

    async def replay(
        self,
        ended: tuple[GameId, Millis],
        journal: Callable[[], Awaitable[Entries]],
        tell: Callable[[Entries], bytes],
    ) -> bytes:
        """A whole game as JSON, worked out by ``tell`` from its journal, in a thread.

        Raises ``busy``, and what ``journal`` raises.
        """
        found = self._find(ended)
        if found is not None:
            return found
        if self._awaited >= REPLAYS_AWAITED_MAX:
            raise ApiError("busy", retry_after_s=1.0)
        self._awaited += 1
        try:
            async with self._one_at_a_time:
                # Looked for again behind the lock: who had it before may have made this very one. Made in a thread,
                # for a long game takes longer than others should wait.
                return self._find(ended) or self._keep(ended, await asyncio.to_thread(tell, await journal()))
        finally:
            self._awaited -= 1

    def _find(self, ended: tuple[GameId, Millis]) -> bytes | None:
        if ended in self._kept:
            self._kept.move_to_end(ended)
        return self._kept.get(ended)

    def _keep(self, ended: tuple[GameId, Millis], text: bytes) -> bytes:
        self._kept[ended] = text
        self._kept_bytes += len(text)
        while self._kept_bytes > REPLAYS_KEPT_BYTES_MAX and len(self._kept) > 1:
            _, forgotten = self._kept.popitem(last=False)
            self._kept_bytes -= len(forgotten)
        return text
