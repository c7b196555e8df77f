"""What an engine's error can mean to whoever asked: the four kinds that both engines' tables speak of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown


class FaultKind(Enum):
    """Every code of an engine is of exactly one kind."""

    PASSING = "passing"
    """Nothing was written, and it may pass by itself: try again. ``Busy``."""
    DEFINITE = "definite"
    """Nothing was written, and it won't pass before somebody does something about it. ``NeedsOperator``."""
    UNKNOWN = "unknown"
    """The way to the engine broke: a write may have happened, or happen yet. ``OutcomeUnknown``; a read is ``Busy``."""
    BUG = "bug"
    """The statement is wrong, and whoever sent it: it is raised as it is, and no advice would help."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code's kind, and what an operator should do about it, as the end of a sentence; a bug has no advice.

    ``final``: what is stored is damaged. Though the next statement may succeed, it must not be believed.
    """

    kind: FaultKind
    advice: str = ""
    final: bool = False

    def fault(self, told: str, *, writes: bool) -> Fault | None:
        """The fault to raise for it; None: it is a bug, raise the engine's own error."""
        match self.kind:
            case FaultKind.PASSING:
                return Busy(told, advice=self.advice)
            case FaultKind.DEFINITE:
                return NeedsOperator(told, self.advice)
            case FaultKind.UNKNOWN:
                return OutcomeUnknown(told, self.advice) if writes else Busy(told, advice=self.advice)
            case FaultKind.BUG:
                return None
            case _:
                assert_never(self.kind)


BUG = Meaning(FaultKind.BUG)
