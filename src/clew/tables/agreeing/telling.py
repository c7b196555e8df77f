"""What everyone is told of what people agree on, and what they are shown of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias, assert_never

import msgspec

from clew.game import Seat
from clew.sessions.ids import Millis
from clew.tables.agreeing.agreements import Agreements
from clew.tables.agreeing.bounds import PAUSES_MAX
from clew.tables.agreeing.counting import Circle, counts
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
from clew.wire.moments import rfc3339


class AgreedTold(msgspec.Struct, frozen=True, tag_field="type", tag="agreed"):
    """Told to everyone."""

    round: int
    id: Seat
    to: str


class PausedTold(msgspec.Struct, frozen=True, tag_field="type", tag="paused"):
    """Told to everyone."""

    round: int


class WentOnTold(msgspec.Struct, frozen=True, tag_field="type", tag="went_on"):
    """Told to everyone."""

    round: int


class AutopilotBeganTold(msgspec.Struct, frozen=True, tag_field="type", tag="autopilot_began"):
    """Told to everyone."""

    round: int
    id: Seat


AgreementTold: TypeAlias = AgreedTold | PausedTold | WentOnTold | AutopilotBeganTold


def tell_agreement(event: AgreementEvent) -> AgreementTold:
    """The event as every viewer is told it."""
    match event:
        case Agreed(number, seat, to):
            return AgreedTold(number, seat, to)
        case Paused(number):
            return PausedTold(number)
        case WentOn(number):
            return WentOnTold(number)
        case AutopilotBegan(number, seat):
            return AutopilotBeganTold(number, seat)
        case _:
            assert_never(event)


def line_of_agreement(event: AgreementEvent) -> str:
    """The event in one line, as an operator reads it."""
    match event:
        case Agreed(number, seat, to):
            return f"{number} agreed id={seat} to={to}"
        case Paused(number, since, until):
            return f"{number} paused for_ms={until - since}"
        case WentOn(number):
            return f"{number} went_on"
        case AutopilotBegan(number, seat):
            return f"{number} autopilot_began id={seat}"
        case _:
            assert_never(event)


class AgreementSeen(msgspec.Struct, frozen=True):
    """What somebody has asked for in this round: who agrees, and who of those who are here has not said so."""

    to: str
    by: tuple[Seat, ...]
    missing: tuple[Seat, ...]


class PauseSeen(msgspec.Struct, frozen=True):
    """The clock stands: at most until then, and then the round has ``left_ms``."""

    until: str
    left_ms: int


class AgreementsSeen(msgspec.Struct, frozen=True):
    """What those who play agree on. ``pauses_left``: so often yet may the game be paused."""

    asked: tuple[AgreementSeen, ...] = ()
    pause: PauseSeen | None = None
    pauses_left: int = PAUSES_MAX


def agreements_seen(circle: Circle | None, away: Collection[Seat]) -> AgreementsSeen | None:
    """As everyone sees them; None where no round is on."""
    if circle is None:
        return None
    at = circle.agreements
    return AgreementsSeen(
        tuple(AgreementSeen(*each) for each in counts(circle, away)),
        None if at.pause is None else PauseSeen(rfc3339(at.pause.until), max(0, circle.ends_at - at.pause.since)),
        max(0, PAUSES_MAX - at.pauses),
    )


def shown_end(ends_at: Millis, agreements: Agreements) -> Millis:
    """When a round ends: of one whose clock stands, at the latest."""
    pause = agreements.pause
    return ends_at if pause is None else ends_at + pause.until - pause.since
