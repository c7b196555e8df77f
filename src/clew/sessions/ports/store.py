"""What remembers every session, and what operators ask of it past every node."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from clew.sessions.census import Counts
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId, Kind, Millis, NodeId, Owner, UserId
from clew.sessions.kinds import Reads
from clew.sessions.node_records import NodeRow
from clew.sessions.ports.histories import Histories
from clew.sessions.ports.nodes import NodeRegister
from clew.sessions.records import (
    Compacted,
    Creation,
    Holding,
    LeftAsEntries,
    Mark,
    NewSession,
    Part,
    RowVersion,
    SessionPage,
    SessionRows,
    SessionSummary,
    Stored,
    StoredEntry,
    StoredPage,
    StoredStatus,
    Verdict,
)
from clew.sessions.store_health import StoreHealth


class Store(NodeRegister, Histories, Protocol):
    """Remembers every session: its row, its journal, who holds it. One of the two engines of record.

    Kept by every adapter (tests/clew/contracts/test_store.py):

    * ``create`` and ``commit`` have survived a power cut once they return, and each part is all or nothing;
    * numbers in one session are 1, 2, 3… without gap or repeat;
    * a part whose epoch or seq is not the row's leaves no trace and is ``FENCED``; the others of its batch are applied;
    * ``id`` and ``inserted_at`` of a row and of its players' rows never change;
    * what is read equals what was written, byte for byte; what no node writes, whatever its size, comes cut as
      ``Stored`` says, and never costs a caller more than that.

    Any call may raise ``Busy``: nothing was written, try again (``NeedsOperator``: but it won't mend by itself).
    Writing ones may raise ``OutcomeUnknown``: it may have been, and until ``refence`` (or ``claim``, ``release``,
    ``transfer``) raised the epoch it may still be. No order between two sessions is promised. Leases and times without
    an owner are told by the store's own clock, the same for all. ``health`` is told how each write of this node went.
    """

    health: StoreHealth

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        """Make each, or say that an open session (one of this batch included) has its join code."""
        ...

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        """Apply each part; at most one for a session. One transaction for all."""
        ...

    async def probe(self) -> None:
        """Go the way that a commit goes, and write nothing: raises what would keep one out, as far as that shows.

        It is asked often, so it costs next to nothing; ``health`` is not told of it.
        """
        ...

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        """How many sessions ``claim`` would find, of each kind of which there are any; None: whoever can read them."""
        ...

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        """Take over up to ``limit`` open sessions that no living node holds, and give them as they are.

        Of each the owner is set, the epoch raised, and ``unowned_since`` kept or, where the last owner was lost, set to
        the last time it renewed its lease. A node is dead when its lease ran out, it was declared dead, a later life
        of it registered, or it was forgotten; a dead one claims nothing. Lives whose lease ran out and that hold open
        sessions are over from here on, so each finds out with its next beat, before it trusts its memory again. States
        newer than those ``reads`` names, and those of other kinds, stay as they are and where they are.
        Two that claim at the same time get different sessions, and neither waits for the other.
        """
        ...

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        """Raise the epoch of a session this owner holds at this epoch: no write of the old epoch lands any more."""
        ...

    async def load(self, game_id: GameId) -> Stored | None:
        """One session with its tail, whoever holds it."""
        ...

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        """Entries numbered above ``after``, in order, at most ``limit``; the same before and after ``compact``.

        Raises ``Unreadable`` where the record of a compacted journal is damaged.
        """
        ...

    async def compactable(self, kinds: Collection[Kind], closed_before: Millis, limit: int) -> Sequence[GameId]:
        """Closed sessions of these kinds last written to before that, whose journal is kept as entries: those made
        first, first.

        Those that ``compact`` left as they are never come again.
        """
        ...

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        """Keep the journal of a closed session as one compressed record, seen to hold it whole, instead of its entries.

        All or nothing. None: there was nothing to do, for it is open, or compacted, or another is just about it.
        """
        ...

    async def holding(self, game_id: GameId) -> Holding | None:
        """Who holds a session, and whether they live; None: there is no such session."""
        ...

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        """The open sessions this owner holds that are not asleep."""
        ...

    async def release(self, owner: Owner) -> int:
        """Let go of all this owner holds: unowned since now, where not already longer. Gives how many.

        The epoch is raised, so what the owner still had on its way cannot land and end that time.
        """
        ...

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        """Give sessions to another living node that does not drain: all in one transaction, each with its epoch raised.

        ``COMMITTED`` where this owner held the session at that epoch and seq, ``FENCED`` (and nothing changed)
        elsewhere; all are fenced if the target has gone or drains. Its time without an owner, if it had one, goes on.
        """
        ...

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        """Note that these leave the owner's memory though it goes on holding them. Same verdicts as ``transfer``.

        Their times stay told by the owner's clock as it was then, whatever it is set to while they sleep.
        They wake when they are claimed, transferred or committed to, or by ``wake``.
        """
        ...

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        """The owner's sleeping sessions whose ``wake_at`` is earlier, soonest first; they are awake from here on."""
        ...

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        """Put an open session this owner holds out of service. State and journal stay as they are."""
        ...

    async def find(self, join_code: str) -> SessionSummary | None:
        """The open or quarantined session with this code, else the latest closed one."""
        ...

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        """A user's sessions of these kinds in these statuses (none named: all), newest first.

        A cursor made by nobody: the start.
        """
        ...


class Operators(Counts, Protocol):
    """What operators ask and order, past every node. Same faults as ``Store``.

    Exam: tests/clew/contracts/test_operators.py.
    """

    async def nodes(self) -> Sequence[NodeRow]: ...

    async def ask_drain(self, node_id: NodeId) -> bool:
        """Mark the living life of a node as draining: it hears of it with its next beat. False: there is none."""
        ...

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        """Sessions in these statuses (none named: all), of this owner and kind if one is named, newest first."""
        ...

    async def count_sessions(self) -> Mapping[StoredStatus, int]:
        """How many sessions there are in each status; none in a status that is not named."""
        ...

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        """Whole sessions in this status, whoever holds them, oldest first, at most ``limit``.

        A row and its tail are of one moment, but two pages are not: who leafs through "lobby" and then "active" misses
        no session that was open all the while, and may meet one twice.
        """
        ...

    async def load(self, game_id: GameId) -> Stored | None: ...

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]: ...

    async def find(self, join_code: str) -> SessionSummary | None: ...

    async def setbacks(self, game_id: GameId, limit: int) -> Sequence[Setback]: ...

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        """Take a session from whoever holds it, or out of quarantine, for any node to claim. False: it is closed, or
        ``only_quarantined`` and it is not.

        The epoch is raised, so nobody writes to it any more as if they held it; its time without an owner begins now.
        """
        ...

    async def compacted(self, after: GameId | None, limit: int) -> Sequence[GameId]:
        """Sessions whose journal is compacted, by their ids, those after one."""
        ...

    async def expand(self, game_id: GameId) -> bool:
        """Keep a compacted journal as its entries again, as a release reads it that knows no other. False: it is not.

        All or nothing. Raises ``Unreadable`` where its record is damaged: it stays. Who compacts may do it again.
        """
        ...
