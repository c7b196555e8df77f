"""Replays of games that are over, as they go out: each worked out and written down once, however many ask.

Once, that is, until somebody whom it names goes for good: then once more, without the name.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final, NamedTuple, TypeAlias

from clew.people.departed import GoneForGood
from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.records import Entry
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors

REPLAYS_KEPT_BYTES_MAX: Final = 64 * 1024 * 1024
"""Replays never change, so so much of them is kept ready; beyond, the one asked for longest ago is forgotten."""
REPLAYS_AWAITED_MAX: Final = 64
"""More who wait for a replay to be worked out are told ``busy``: one is at a time, since each plays a whole game."""

Entries: TypeAlias = list[Entry[Any]]
Ended: TypeAlias = tuple[GameId, Millis]
"""Which game, as it ended when."""


class Retelling(NamedTuple):
    """A game's journal, whom it names, and what is told of it, those not named who have gone for good."""

    ended: Ended
    journal: Callable[[], Awaitable[Entries]]
    named_by: Callable[[Entries], Collection[UserId]]
    tell: Callable[[Entries, Collection[UserId]], bytes]


class _Kept(NamedTuple):
    text: bytes
    named: frozenset[UserId]
    gone: frozenset[UserId]


class Replays:
    """One text of each, shared by all who read it."""

    def __init__(self, departed: GoneForGood) -> None:
        self._departed = departed
        self._kept = OrderedDict[Ended, _Kept]()
        """By when it was last written to as well: an older database that comes back may let a game end anew."""
        self._kept_bytes = 0
        self._awaited = 0
        self._one_at_a_time = asyncio.Lock()

    async def replay(self, told: Retelling) -> bytes:
        """A whole game as JSON, told in a thread. Raises ``busy``, and what ``journal`` raises."""
        found = await self._find(told.ended)
        if found is not None:
            return found
        if self._awaited >= REPLAYS_AWAITED_MAX:
            raise ApiError("busy", retry_after_s=1.0)
        self._awaited += 1
        try:
            async with self._one_at_a_time:
                # Looked for again behind the lock: who had it before may have made this very one.
                return await self._find(told.ended) or await self._made(told)
        finally:
            self._awaited -= 1

    async def _find(self, ended: Ended) -> bytes | None:
        """What is kept, as long as nobody has gone since whom it names."""
        kept = self._kept.get(ended)
        if kept is None or await self._gone(kept.named) != kept.gone:
            return None
        if ended in self._kept:
            self._kept.move_to_end(ended)
        return kept.text

    async def _made(self, told: Retelling) -> bytes:
        entries = await told.journal()
        named = frozenset(told.named_by(entries))
        gone = await self._gone(named)
        # In a thread: a long game takes longer than others should wait.
        kept = _Kept(await asyncio.to_thread(told.tell, entries, gone), named, gone)
        if (before := self._kept.pop(told.ended, None)) is not None:
            self._kept_bytes -= len(before.text)
        self._kept[told.ended] = kept
        self._kept_bytes += len(kept.text)
        while self._kept_bytes > REPLAYS_KEPT_BYTES_MAX and len(self._kept) > 1:
            _, forgotten = self._kept.popitem(last=False)
            self._kept_bytes -= len(forgotten.text)
        return kept.text

    async def _gone(self, named: frozenset[UserId]) -> frozenset[UserId]:
        with faults_as_errors():
            return await self._departed.among(named)
