"""What is agreed on in one game, as its state keeps it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from clew.game import Seat
from clew.sessions.ids import Millis


class Pause(msgspec.Struct, frozen=True, gc=False):
    """The round's clock stands still since then, at most until then. Both are moved with it by what is given back."""

    since: Millis
    until: Millis


class Agreements(msgspec.Struct, frozen=True, kw_only=True):
    """``marks``: who has agreed to what in this round, in the order they did; ``pauses``: how many there have been."""

    marks: Mapping[str, tuple[Seat, ...]] = {}
    pause: Pause | None = None
    pauses: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked for, and no clock stands."""
        return not self.marks and self.pause is None

    def moved(self, ms: int) -> Agreements:
        """With the clock of a pause moved as the round's deadline was: what is left of both stays what it was."""
        pause = self.pause
        return self if pause is None else replace(self, pause=Pause(pause.since + ms, pause.until + ms))

    def without_round(self) -> Agreements:
        """As a round leaves them that is over: what was agreed about it, a pause too, ends with it."""
        return self if self.is_idle else Agreements(pauses=self.pauses)

    def check(self) -> None:
        """Raises ``ValueError`` for what can't be."""
        if not self.pauses >= 0:
            raise ValueError(f"it was paused {self.pauses} times")
        if self.pause is not None and not 0 <= self.pause.since < self.pause.until:
            raise ValueError("its pause ends before it began")
