"""What each event of an agreement means to what is agreed. Never refuses, never chooses: a replay cannot differ."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from clew.tables.agreeing.agreements import Agreements, Pause
from clew.tables.agreeing.counting import AUTOPILOT, GO_ON, PAUSE
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn


def evolve_agreements(at: Agreements, event: AgreementEvent) -> Agreements:
    """Apply one past event. That a bot plans for somebody stands in the game's own state, which is not here."""
    match event:
        case Agreed(_, seat, to):
            return replace(at, marks={**at.marks, to: (*at.marks.get(to, ()), seat)})
        case Paused(_, since, until):
            return replace(_without(at, PAUSE), pause=Pause(since, until), pauses=at.pauses + 1)
        case WentOn():
            return replace(_without(at, GO_ON), pause=None)
        case AutopilotBegan(_, seat):
            return _without(at, AUTOPILOT + seat)
        case _:
            assert_never(event)


def _without(at: Agreements, to: str) -> Agreements:
    return replace(at, marks={other: seats for other, seats in at.marks.items() if other != to})
