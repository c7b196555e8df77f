"""What the runtime needs from outside: the game, its encoding, a clock and a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from minotaur.sessions.ids import GameId, Millis, Owner, UserId
from minotaur.sessions.records import (
    Accepted,
    Creation,
    NewSession,
    NodeInfo,
    Part,
    Refused,
    SessionPage,
    SessionSummary,
    SignIn,
    Stored,
    StoredEntry,
    StoredStatus,
    Summary,
    User,
    Verdict,
)

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

    def evolve(self, state: S | None, event: E) -> S:
        """The state after one past event; ``None`` only before a session's first. Never refuses."""
        ...

    def deadline(self, state: S) -> tuple[Millis, C] | None:
        """The next command the session posts to itself, and when. Accepted at or after that time."""
        ...

    def credit(self, state: S, gap_ms: int) -> C | None:
        """The command that moves the deadlines by a time in which nobody ran the session; None: there are none."""
        ...

    def summary(self, state: S) -> Summary:
        """What the listings show, and who is seated."""
        ...

    def describe(self, state: S) -> str:
        """The state in one line, for the logs of a crash: all that is needed to set it up again."""
        ...


class Codec(Protocol[S, E]):
    """States and events as JSON. What is read back equals what was written.

    Decoding raises (anything) for bytes it can't read, versions it doesn't know included.
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


class Store(Protocol):
    """Remembers every session: its row, its journal, who holds it. One of the two engines of record.

    Kept by every adapter (tests/contracts/test_store.py):

    * ``create`` and ``commit`` have survived a power cut once they return, and each part is all or nothing;
    * numbers in one session are 1, 2, 3… without gap or repeat;
    * a part whose epoch or seq is not the row's leaves no trace and is ``FENCED``; the others of its batch are applied;
    * ``id`` and ``inserted_at`` of a row and of its players' rows never change;
    * what is read equals what was written, byte for byte.

    Any call may raise ``Busy``: nothing was written, try again; writing ones ``OutcomeUnknown``: it may have been,
    and until ``refence`` (or ``claim``, or ``release``) raised the epoch it may still be. No order between two sessions
    is promised.
    """

    async def create(self, sessions: Sequence[NewSession]) -> Sequence[Creation]:
        """Make each, or say that an open session (one of this batch included) has its join code."""
        ...

    async def commit(self, parts: Sequence[Part]) -> Sequence[Verdict]:
        """Apply each part; at most one for a session. One transaction for all."""
        ...

    async def count_claimable(self, owner: Owner, now: Millis) -> int:
        """How many sessions ``claim`` would find."""
        ...

    async def claim(self, owner: Owner, now: Millis, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        """Take over up to ``limit`` open sessions that no living node holds, and give them as they are.

        Of each the owner is set, the epoch raised, and ``unowned_since`` kept or, where the last owner was lost, set to
        the last time it renewed its lease. A node is dead when its lease ran out or a later life of it registered.
        """
        ...

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        """Raise the epoch of a session this owner holds at this epoch: no write of the old epoch lands any more."""
        ...

    async def load(self, game_id: GameId) -> Stored | None:
        """One session with its tail, whoever holds it."""
        ...

    async def journal(self, game_id: GameId, after: int, limit: int) -> Sequence[StoredEntry]:
        """Entries numbered above ``after``, in order, at most ``limit``."""
        ...

    async def release(self, owner: Owner, now: Millis) -> int:
        """Let go of all this owner holds: unowned since now, where not already longer. Gives how many.

        The epoch is raised, so what the owner still had on its way cannot land and end that time.
        """
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

    async def register(self, node: NodeInfo, now: Millis, lease_expires_at: Millis) -> Owner:
        """Begin a new life of the node; earlier ones count as dead from here on."""
        ...

    async def renew(self, owner: Owner, now: Millis, lease_expires_at: Millis) -> bool:
        """Prolong the lease; False: this life is over (a later one registered, or it retired)."""
        ...

    async def retire(self, owner: Owner, now: Millis) -> None:
        """End this life of the node now."""
        ...


class Users(Protocol):
    """Remembers users and how they sign in. Same faults as ``Store`` (tests/contracts/test_users.py)."""

    async def add_user(self, user: User, sign_in: SignIn) -> None:
        """Remember a new user and a first way to sign in, both or none."""
        ...

    async def user(self, user_id: UserId) -> User | None: ...

    async def user_by_token(self, token_hash: bytes, now: Millis) -> User | None:
        """Who may sign in with it; None: nobody (never given, revoked or run out)."""
        ...

    async def add_sign_in(self, sign_in: SignIn) -> None: ...

    async def revoke(self, token_hash: bytes) -> None:
        """Nobody signs in with it any more. One that was never given: nothing."""
        ...
