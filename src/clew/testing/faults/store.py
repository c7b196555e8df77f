"""A store that fails when and how a test says. It wraps a real adapter, so what it lets through is true."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum, auto
from typing import Any, TypeVar

from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown
from clew.sessions.ids import GameId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import Part
from clew.sessions.store_health import StoreHealth
from clew.testing.faults.through import ports_through

T = TypeVar("T")


class Trouble(Enum):
    """What happens to the next commit (or creation)."""

    BUSY = auto()
    """Refused, nothing written."""
    LOST = auto()
    """Unknown outcome; it was not written."""
    LANDED = auto()
    """Unknown outcome; it was written."""
    LATE = auto()
    """Unknown outcome; it is written when ``arrive`` is called, unless fenced by then."""
    STUCK = auto()
    """Does not return until ``unstick`` is called; then it is written."""
    HELD_BACK = auto()
    """Written at once, but does not return until ``unstick`` is called."""


class FaultyStore(Store):
    """``Store`` over a real one. What is set here holds from the next call on."""

    def __init__(self, store: Store) -> None:
        super().__init__(**ports_through(store, self._call), health=StoreHealth(store.health.monotonic))
        self.store = store
        self.troubles: deque[Trouble] = deque()
        self.line = ""
        """What the database is known by."""
        self.down = False
        """Every call is refused."""
        self.broken = False
        """So is every call, until an operator comes."""
        self.full = False
        """Nobody knows of any write what becomes of it, and that at once: what a disk without room says."""
        self.fences = 0
        """How often it was asked to raise an epoch."""
        self.read_only = False
        """Every write is refused, and what only asks is answered."""
        self.hung = False
        """No call is answered, until it is let go on: then they do what they were asked to."""
        self.slow_s = 0.0
        """So long every write takes, by ``clock``."""
        self.slow_part_s = 0.0
        """And so much longer a commit for each part of it."""
        self.clock: Clock | None = None
        self.cut_after_commit = False
        """The store goes down with the next commit's trouble."""
        self.poison: GameId | None = None
        """Any commit with a part of this session breaks, and so does its compaction."""
        self.broken_calls = set[str]()
        """Calls of these names have a bug in them."""
        self.commits: list[Sequence[Part]] = []
        """Every commit that was attempted."""
        self.late: list[Callable[[], Awaitable[object]]] = []
        self._unplugged = False
        self._loose = asyncio.Event()

    def unplug(self) -> None:
        """The process is dead to the store: nothing it asks is done or answered any more."""
        self._unplugged = True

    def unstick(self) -> None:
        self._loose.set()
        self._loose = asyncio.Event()

    def let_go(self) -> None:
        """Those that hang go on, and no other hangs."""
        self.hung = False
        self.unstick()

    async def arrive(self) -> list[object]:
        """What was on its way arrives now; gives the verdicts nobody was told."""
        late, self.late = self.late, []
        return [await work() for work in late]

    async def _call(self, name: str, work: Callable[[], Awaitable[Any]], args: tuple[Any, ...]) -> Any:
        if name in self.broken_calls:
            raise ArithmeticError("told to break")
        match name:
            case "commit":
                self.commits.append(tuple(args[0]))
                if self.slow_part_s and self.clock is not None:
                    await self.clock.sleep(self.slow_part_s * len(args[0]))
                if any(part.game_id == self.poison for part in args[0]):
                    raise ArithmeticError("told to break")
                return await self._noted(lambda: self._troubled(work))
            case "create":
                return await self._noted(lambda: self._troubled(work))
            case "renew":
                return await self._noted(lambda: self._reached(work))
            case "refence":
                self.fences += 1
                return await self._reached(work, writes=True)
            case "compact" if args[0] == self.poison:
                await self._reach()
                raise ArithmeticError("told to break")
            case "lineage":
                return await self._reached(self._line if self.line else work)
            case _:
                return await self._reached(work)

    async def _line(self) -> str:
        return self.line

    async def _reached(self, work: Callable[[], Awaitable[T]], *, writes: bool = False) -> T:
        await self._reach(writes=writes)
        return await work()

    async def _noted(self, work: Callable[[], Awaitable[T]]) -> T:
        try:
            done = await self._written(work)
        except Fault as fault:
            self.health.failed(fault)
            raise
        self.health.wrote()
        return done

    async def _written(self, work: Callable[[], Awaitable[T]]) -> T:
        if self.slow_s and self.clock is not None:
            await self.clock.sleep(self.slow_s)
        if self.read_only:
            raise Busy("told to be read-only")
        return await work()

    async def _troubled(self, work: Callable[[], Awaitable[T]]) -> T:
        trouble = self.troubles.popleft() if self.troubles else None
        await self._reach(writes=True)
        if trouble is not None and self.cut_after_commit:
            self.down = True
        match trouble:
            case None:
                return await work()
            case Trouble.BUSY:
                raise Busy("told to be busy")
            case Trouble.LOST:
                raise OutcomeUnknown("told to lose it")
            case Trouble.LANDED:
                await work()
                raise OutcomeUnknown("told not to say")
            case Trouble.LATE:
                self.late.append(work)
                raise OutcomeUnknown("told to be late")
            case Trouble.STUCK:
                await self._loose.wait()
                return await work()
            case Trouble.HELD_BACK:
                done = await work()
                await self._loose.wait()
                return done

    async def _reach(self, *, writes: bool = False) -> None:
        if self._unplugged:
            await asyncio.Event().wait()
        while self.hung:
            await self._loose.wait()
        if self.broken:
            raise NeedsOperator("told to be broken", "mend it")
        if self.down:
            raise Busy("told to be down")
        if writes and self.full:
            raise OutcomeUnknown("told to be full")
