"""A store that fails when and how a test says. It wraps a real adapter, so what it lets through is true."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from enum import Enum, auto
from typing import TypeVar

from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown
from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId, Kind, Millis, Owner, UserId
from clew.sessions.kinds import Reads
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import (
    Compacted,
    Creation,
    Holding,
    LeftAsEntries,
    NewSession,
    Part,
    RowVersion,
    SessionPage,
    SessionSummary,
    Stored,
    StoredEntry,
    StoredStatus,
    Verdict,
)
from clew.sessions.store_health import StoreHealth

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


class FaultyStore:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.health = StoreHealth(store.health.monotonic)
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
        self.clock: Clock | None = None
        self.cut_after_commit = False
        """The store goes down with the next commit's trouble."""
        self.poison: GameId | None = None
        """Any commit with a part of this session breaks, and so does its compaction."""
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

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        self.commits.append(tuple(parts))
        if any(part.game_id == self.poison for part in parts):
            raise ArithmeticError("told to break")
        return await self._noted(lambda: self._troubled(lambda: self.store.commit(parts)))

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        return await self._noted(lambda: self._troubled(lambda: self.store.create(sessions)))

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

    # --- the rest passes through ---------------------------------------------------------------------------------

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        await self._reach()
        return await self.store.count_claimable(owner, reads)

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        await self._reach()
        return await self.store.claim(owner, reads, limit, only)

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        self.fences += 1
        await self._reach(writes=True)
        return await self.store.refence(game_id, owner, epoch)

    async def load(self, game_id: GameId) -> Stored | None:
        await self._reach()
        return await self.store.load(game_id)

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        await self._reach()
        return await self.store.journal(game_id, after, limit)

    async def compactable(self, kinds: Collection[Kind], closed_before: Millis, limit: int) -> Sequence[GameId]:
        await self._reach()
        return await self.store.compactable(kinds, closed_before, limit)

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        await self._reach()
        if game_id == self.poison:
            raise ArithmeticError("told to break")
        return await self.store.compact(game_id)

    async def holding(self, game_id: GameId) -> Holding | None:
        await self._reach()
        return await self.store.holding(game_id)

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        await self._reach()
        return await self.store.held_by(owner)

    async def release(self, owner: Owner) -> int:
        await self._reach()
        return await self.store.release(owner)

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        await self._reach()
        return await self.store.transfer(owner, target, versions)

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        await self._reach()
        return await self.store.put_to_sleep(owner, versions)

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        await self._reach()
        return await self.store.wake(owner, wake_before, limit)

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        await self._reach()
        await self.store.quarantine(game_id, owner, reason, now)

    async def find(self, join_code: str) -> SessionSummary | None:
        await self._reach()
        return await self.store.find(join_code)

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        await self._reach()
        return await self.store.sessions_of(kinds, user_id, statuses, cursor, limit)

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        await self._reach()
        return await self.store.register(node, lease_ms)

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        async def renew() -> Renewal | None:
            await self._reach()
            return await self.store.renew(owner, lease_ms, beat)

        return await self._noted(renew)

    async def retire(self, owner: Owner) -> None:
        await self._reach()
        await self.store.retire(owner)

    async def declare_dead(self, owner: Owner) -> bool:
        await self._reach()
        return await self.store.declare_dead(owner)

    async def probe(self) -> None:
        await self._reach()
        await self.store.probe()

    async def lineage(self) -> str:
        await self._reach()
        return self.line or await self.store.lineage()

    async def standings(self, game_ids: Sequence[GameId]) -> Sequence[Standing]:
        await self._reach()
        return await self.store.standings(game_ids)

    async def note_setback(self, setback: Setback) -> None:
        await self._reach()
        await self.store.note_setback(setback)

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]:
        await self._reach()
        return await self.store.setbacks(game_id, limit)

    async def nodes(self) -> Sequence[NodeRow]:
        await self._reach()
        return await self.store.nodes()

    async def forget_nodes(self, limit: int) -> int:
        await self._reach()
        return await self.store.forget_nodes(limit)
