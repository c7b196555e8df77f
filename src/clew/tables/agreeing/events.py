"""What comes of what people agree on. Told to everyone."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from clew.game import Seat
from clew.sessions.ids import Millis


class Agreed(msgspec.Struct, frozen=True, tag_field="type", tag="agreed"):
    """Somebody would have it so; the others may not yet."""

    round: int
    player_id: Seat
    to: str


class Paused(msgspec.Struct, frozen=True, tag_field="type", tag="paused"):
    """All have agreed: the round's clock stands still from then, at most until then."""

    round: int
    since: Millis
    until: Millis


class WentOn(msgspec.Struct, frozen=True, tag_field="type", tag="went_on"):
    """The pause is over. That the clock has stood is told by a credit, which follows."""

    round: int


class AutopilotBegan(msgspec.Struct, frozen=True, tag_field="type", tag="autopilot_began"):
    """The others have agreed: a bot plans for this player, who is away, until they say something again."""

    round: int
    player_id: Seat


AgreementEvent: TypeAlias = Agreed | Paused | WentOn | AutopilotBegan
