"""A game, as the runtime sees it, and how its states and events are written down."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, Protocol, TypeAlias, TypeVar

from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.records import Accepted, Refused, Summary
from clew.sessions.result_records import SeatResult

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

Cause: TypeAlias = Literal["restart", "moved", "store_away", "paused", "clock_step"]
"""Nobody ran the session because its server was down, or until another took it; its owner could not write, or did not
run; or the wall clock was set, so that deadlines told by it come sooner or later than they should."""


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

    def attended(self, state: S, command: C, watched: bool, here: Collection[UserId] | None) -> C:
        """What the session posts at its deadline instead of this, as it is attended then.

        ``watched``: somebody watches. ``here``: the users who do, or did a moment ago; None: it is not known yet.
        """
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

    def results(self, state: S) -> tuple[SeatResult, ...]:
        """What became of each seat of a concluded session, whichever release concluded it; none: it counts nothing."""
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
