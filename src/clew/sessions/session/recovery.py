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


class Patient(Protocol[S]):
    """A session, as its trouble sees it."""

    @property
    def game_id(self) -> GameId: ...

    @property
    def wanted(self) -> bool:
        """False once it runs no more on this node: nothing needs to be mended."""
        ...

    @property
    def part(self) -> Part | None:
        """What it has at the committer, or had there when the trouble began."""
        ...

    def mended(self, stored: Stored, at: Position[S], *, landed: bool) -> None:
        """This is how it is stored, at an epoch nothing older can pass; ``landed`` says whether ``part`` is in it."""
        ...

    def vanished(self) -> None:
        """The store does not have it: it was made in a part of the past that is gone."""
        ...

    def end(self, why: EndOfFeed) -> None:
        """It runs no more on this node."""
        ...

    def put_away(self, reason: str) -> None:
        """It is out of service."""
        ...


class Trouble(Generic[S, C, E]):
    """The trouble of one session: a crash, a fence, an unknown outcome. One cure for all, at most one at a time."""

    __slots__ = ("_around", "_crashes", "_patient", "held")

    def __init__(self, around: Environment[S, C, E], patient: Patient[S]) -> None:
        self._around = around
        self._patient = patient
        self._crashes: tuple[float, ...] = ()
        self.held = False
        """Whether there is any: the session takes no turns."""

    def crash(self, bug: Exception) -> None:
        """Start again from the store after a pause, or, after too many crashes, step out of service."""
        now_s = self._around.clock.monotonic()
        self._crashes = (*(at_s for at_s in self._crashes if now_s - at_s < CRASH_WINDOW_S), now_s)
        if len(self._crashes) < CRASHES_MAX:
            self.held = True
            pause_s = RESTART_FIRST_S * 2 ** (len(self._crashes) - 1)
            self._around.clock.call_later(pause_s, self.find_out)
        else:
            self.held = True
            told = f"{CRASHES_MAX} within {CRASH_WINDOW_S:.0f} s, the last: {in_short(bug)}"
            self._around.registry.spawn(
                self._quarantine(reason(Flaw.CRASHES, told)), f"quarantine {self._patient.game_id}"
            )

    def find_out(self) -> None:
        """Believe nothing but the store."""
        self.held = True
        if self._patient.wanted:
            self._around.registry.spawn(self._mend(), f"mend {self._patient.game_id}")

    async def _mend(self) -> None:
        """Fence off what may still be on its way, read, and go on from there."""
        around, patient, part = self._around, self._patient, self._patient.part
        stored = await around.patiently(self._read, self._wanted)
        if isinstance(stored, NoSuchSession):
            patient.vanished()
            return
        landed = part is not None and await around.patiently(lambda: around.landed(part), self._wanted)
        if stored is None or not patient.wanted:
            return
        try:
            at = read_session(around.machine, around.codec, stored)
        except Unreadable as unreadable:
            if stored.owner == around.owner:
                await self._quarantine(str(unreadable))
            else:
                patient.end("moved")  # what is wrong with it, or too new in it, is its next owner's concern
            return
        self.held = False
        patient.mended(stored, at, landed=bool(landed))

    async def _read(self) -> Stored | NoSuchSession:
        """That it is not there is an answer, too: asking again would give no other."""
        try:
            return await self._around.read_fenced(self._patient.game_id)
        except NoSuchSession as none:
            return none

    async def _quarantine(self, why: str) -> None:
        around, patient = self._around, self._patient

        async def put_away() -> bool:
            await around.store.quarantine(patient.game_id, around.owner, why, around.clock.now())
            return True

        if await around.patiently(put_away, self._wanted):
            around.metrics.quarantined.inc()
            _log.error("session_quarantined", game_id=patient.game_id, reason=why)
            patient.put_away(why)

    def _wanted(self) -> bool:
        return self._patient.wanted
