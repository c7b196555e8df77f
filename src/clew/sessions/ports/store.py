"""What the runtime needs from outside: the game, its encoding, a clock, a store and a bus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from clew.sessions.census import Counts
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId, Millis, NodeId, Owner, UserId
from clew.sessions.node_records import NodeRow
from clew.sessions.ports.histories import Histories
from clew.sessions.ports.nodes import NodeRegister
from clew.sessions.records import (
    Accepted,
    Compacted,
    Creation,
    Holding,
    LeftAsEntries,
    Mark,
    NewSession,
    Part,
    Place,
    Refused,
    SessionPage,
    SessionRows,
    SessionSummary,
    Stored,
    StoredEntry,
    StoredPage,
    StoredStatus,
    Summary,
    Verdict,
)
from clew.sessions.store_health import StoreHealth
from clew.sessions.time.unserved import Cause

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
C_contra = TypeVar("C_contra", contravariant=True)


class Machine(Protocol[S, C, E]):
    """A game, as the runtime sees it: pure functions over a frozen state.

    A closed session's ``decide`` refuses every command (``game_over``); the runtime journals nothing more there.
    """

    def decide(self, state: S, command: C, now: Millis) -> Accepted[E] | Refused:
        """What the command does, or why it doesn't. The same arguments give the same answer."""
        ...

    def evolve(self, state: S | None, event: E, seq: int) -> S:
        """The state after one past event, numbered ``seq``; ``None`` only before a session's first. Never refuses."""
        ...

    def deadline(self, state: S) -> tuple[Millis, C] | None:
        """The next command the session posts to itself, and when. Accepted at or after that time."""
        ...

    def credit(self, state: S, ms: int, why: Cause) -> C | None:
        """The command that moves the deadline by a time in which nobody could be heard; None: there is none to move.

        ``ms`` is never 0, and negative only for a ``clock_step``.
        """
        ...

    def while_watched(self, command: C) -> C:
        """What the session posts at its deadline instead of this while somebody watches it."""
        ...

    def span(self, state: S) -> int | None:
        """How far ahead the present deadline was when it was set, in ms; None: there is none."""
        ...

    def says_anew(self, command: C) -> bool:
        """Whether it only replaces what its player said before, so that they lose nothing where it is refused."""
        ...

    def summary(self, state: S) -> Summary:
        """What the listings show, and who is seated.

        Status and round of a state are the same in every release: a row that says otherwise was not written by one.
        """
        ...

    def check(self, state: S, game_id: GameId, join_code: str) -> None:
        """Raises (anything, with what is wrong as its text) for a state that this session can't be in.

        Never for one that it can, whichever release wrote it. Quick: it is asked for every session at a start.
        """
        ...

    def describe(self, state: S) -> str:
        """The state in one line, for the logs of a crash: all that is needed to set it up again."""
        ...


class Codec(Protocol[S, E]):
    """States and events as JSON. What is read back equals what was written.

    Versions count from 1 to the newest, which is written. Decoding raises ``TooNew`` for a version later than its own,
    and anything for bytes it can't read.
    """

    @property
    def state_version(self) -> int: ...
    @property
    def event_version(self) -> int: ...
    def encode_state(self, state: S) -> bytes: ...
    def decode_state(self, raw: bytes, version: int) -> S: ...
    def encode_event(self, event: E) -> bytes: ...
    def decode_event(self, raw: bytes, version: int) -> E: ...


class Timer(Protocol):
    """A call to come; cancelling one that has come does nothing."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Time, and the only way to wait for it. ``now`` may leap; ``monotonic`` (seconds) only rises."""

    def now(self) -> Millis: ...
    def monotonic(self) -> float: ...
    def call_later(self, delay_s: float, call: Callable[[], None]) -> Timer: ...
    async def sleep(self, delay_s: float) -> None: ...


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

    async def count_claimable(self, owner: Owner, state_version_max: int) -> int:
        """How many sessions ``claim`` would find."""
        ...

    async def claim(
        self, owner: Owner, state_version_max: int, limit: int, only: GameId | None = None
    ) -> Sequence[Stored]:
        """Take over up to ``limit`` open sessions that no living node holds, and give them as they are.

        Of each the owner is set, the epoch raised, and ``unowned_since`` kept or, where the last owner was lost, set to
        the last time it renewed its lease. A node is dead when its lease ran out, it was declared dead, a later life
        of it registered, or it was forgotten; a dead one claims nothing. Lives whose lease ran out and that hold open
        sessions are over from here on, so each finds out with its next beat, before it trusts its memory again. States
        newer than ``state_version_max`` stay where they are.
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

    async def compactable(self, closed_before: Millis, limit: int) -> Sequence[GameId]:
        """Closed sessions last written to before that, whose journal is kept as entries: those made first, first.

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

    async def transfer(self, owner: Owner, target: Owner, places: Sequence[Place]) -> Sequence[Verdict]:
        """Give sessions to another living node that does not drain: all in one transaction, each with its epoch raised.

        ``COMMITTED`` where this owner held the session at that epoch and seq, ``FENCED`` (and nothing changed)
        elsewhere; all are fenced if the target has gone or drains. Its time without an owner, if it had one, goes on.
        """
        ...

    async def put_to_sleep(self, owner: Owner, places: Sequence[Place]) -> Sequence[Verdict]:
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
        self, user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        """A user's sessions in these statuses (none named: all), newest first. A cursor made by nobody: the start."""
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
        self, statuses: Sequence[StoredStatus], owner: Owner | None, cursor: str | None, limit: int
    ) -> SessionRows:
        """Sessions in these statuses (none named: all), of this owner if one is named, newest first."""
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


class Subscription(Protocol):
    """A place on the bus."""

    async def close(self) -> None:
        """Hear no more. Twice is once."""
        ...


class Bus(Protocol):
    """Carries messages between nodes. Lossy: nothing rests on it but speed. Bodies are ``BUS_BODY_BYTES_MAX`` at most.

    Kept by every adapter (tests/clew/contracts/test_bus*.py):

    * a request reaches the one that serves its address, and the answer comes back; ``Nobody``, at once, where none
      does, or where the bus can't be reached; ``Late`` where no answer came in time, or as soon as none can come any
      more: ``answer`` raised, the node has too much to answer, the bus was lost meanwhile;
    * where two serve one address, one of them answers;
    * a feed's messages arrive in the order they were published, each at most once, at everyone who follows its channel
      and at nobody else;
    * a follower that is too slow loses messages, is counted, and is told ``broken``; so is each one after the bus was
      lost and found: it may have missed something, and catches up from the source.
    """

    @property
    def lack(self) -> str | None:
        """Why other nodes can't be reached just now, in a few words; None: they can."""
        ...

    async def serve(self, address: str, answer: Callable[[bytes], Awaitable[bytes]]) -> Subscription:
        """Answer what is asked at this address, requests side by side. What ``answer`` raises is logged: no answer.

        Closed, it gives the answers it has begun.
        """
        ...

    async def request(self, address: str, body: bytes, within_s: float) -> bytes:
        """Raises ``Nobody``, ``Late``."""
        ...

    async def follow(
        self, channel: str, deliver: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> Subscription:
        """Hear every feed of a channel: ``deliver(feed, body)`` is called in the loop and must be quick."""
        ...

    def publish(self, channel: str, feed: str, body: bytes) -> None:
        """Send to whoever follows the channel, or lose it. Never waits and never raises."""
        ...
