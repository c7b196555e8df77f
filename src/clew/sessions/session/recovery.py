"""What a session in trouble does: it stops, finds out what is true, and goes on from there or steps out of service."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

import structlog

from clew.sessions.bounds import CRASH_WINDOW_S, CRASHES_MAX, RESTART_FIRST_S
from clew.sessions.faults import NoSuchSession, Unreadable, in_short
from clew.sessions.flaws import Flaw, reason
from clew.sessions.ids import GameId
from clew.sessions.records import EndOfFeed, Part, Stored
from clew.sessions.session.bodies import Position, read_session
from clew.sessions.session.environment import Environment

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.session.recovery")


class Recoverable(Protocol[S]):
    """A session, as its recovery sees it."""

    @property
    def game_id(self) -> GameId: ...

    @property
    def wanted(self) -> bool:
        """False once it runs no more on this node: nothing needs to be mended."""
        ...

    @property
    def part(self) -> Part | None:
        """What it has at the committer, or had there when the recovery began."""
        ...

    def mended(self, stored: Stored, at: Position[S], *, landed: bool) -> None:
        """Go on from what is stored, at an epoch nothing older can pass; ``landed``: whether ``part`` is in it."""
        ...

    def vanished(self) -> None:
        """The store does not have it: it was made in a part of the past that is gone."""
        ...

    def end(self, why: EndOfFeed) -> None:
        """Run no more on this node."""
        ...

    def put_away(self, reason: str) -> None:
        """Run no more anywhere: it is out of service."""
        ...


class Recovery(Generic[S, C, E]):
    """Brings one session back from a crash, a fence or an unknown outcome: one cure for all, and one at a time."""

    __slots__ = ("_around", "_crashes", "_session", "under_way")

    def __init__(self, environment: Environment[S, C, E], session: Recoverable[S]) -> None:
        self._around = environment
        self._session = session
        self._crashes: tuple[float, ...] = ()
        self.under_way = False
        """Until it is over the session takes no turns."""

    def crash(self, bug: Exception) -> None:
        """Start again from the store after a pause, or, after too many crashes, step out of service."""
        # By the clock nobody sets: a wall clock that leaps would forgive crashes, or count old ones as new.
        now_s = self._around.clock.monotonic()
        self._crashes = (*(at_s for at_s in self._crashes if now_s - at_s < CRASH_WINDOW_S), now_s)
        if len(self._crashes) < CRASHES_MAX:
            self.under_way = True
            pause_s = RESTART_FIRST_S * 2 ** (len(self._crashes) - 1)
            self._around.clock.call_later(pause_s, self.find_out)
        else:
            self.under_way = True
            told = f"{CRASHES_MAX} within {CRASH_WINDOW_S:.0f} s, the last: {in_short(bug)}"
            self._around.registry.spawn(
                self._quarantine(reason(Flaw.CRASHES, told)), f"quarantine {self._session.game_id}"
            )

    def find_out(self) -> None:
        """Believe nothing but the store."""
        self.under_way = True
        if self._session.wanted:
            self._around.registry.spawn(self._mend(), f"mend {self._session.game_id}")

    async def _mend(self) -> None:
        """Fence off what may still be on its way, read, and go on from there."""
        environment, session, part = self._around, self._session, self._session.part
        # Fence before reading (0024): what is still on its way to the store lands before the fence or never, so that
        # what is read behind it stays true.
        stored = await environment.patiently(self._read, self._wanted)
        if isinstance(stored, NoSuchSession):
            session.vanished()
            return
        landed = part is not None and await environment.patiently(lambda: environment.landed(part), self._wanted)
        # Asked anew after the awaits: meanwhile the session may have been handed over, or its node stopped.
        if stored is None or not session.wanted:
            return
        try:
            at = read_session(environment.machine, environment.codec, stored)
        except Unreadable as unreadable:
            if stored.owner == environment.owner:
                await self._quarantine(str(unreadable))
            else:
                session.end("moved")  # what is wrong with it, or too new in it, is its next owner's concern
            return
        # Over before the session is told: it takes its next turn within that call.
        self.under_way = False
        session.mended(stored, at, landed=bool(landed))

    async def _read(self) -> Stored | NoSuchSession:
        """That it is not there is an answer, too: asking again would give no other."""
        try:
            return await self._around.read_fenced(self._session.game_id)
        except NoSuchSession as none:
            return none

    async def _quarantine(self, why: str) -> None:
        environment, session = self._around, self._session

        async def put_away() -> bool:
            await environment.store.ownership.quarantine(
                session.game_id, environment.owner, why, environment.clock.now()
            )
            return True

        if await environment.patiently(put_away, self._wanted):
            environment.counts.quarantined.inc()
            _log.error("session_quarantined", game_id=session.game_id, reason=why)
            session.put_away(why)

    def _wanted(self) -> bool:
        return self._session.wanted
