"""What a viewer is told of one event at a table."""

from __future__ import annotations

from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar, assert_never

import msgspec

from clew.game import AnyGame, Seat
from clew.tables import events
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.agreeing.telling import AgreementTold, tell_agreement
from clew.tables.events import AnyEvent
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.telling import LobbyTold, tell_lobby
from clew.tables.log.told_once import ToldAlike, ToldEach, ToldOnce
from clew.tables.table import CreditWhy, OverWhy

P = TypeVar("P")
T = TypeVar("T")


class SettingsChangedTold(msgspec.Struct, frozen=True, tag_field="type", tag="settings_changed"):
    """Told to everyone. What they are now stands in the view."""

    round: int


class GameStartedTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_started"):
    """Told to everyone."""

    round: int


class PlanAcceptedTold(msgspec.Struct, Generic[P], frozen=True, tag_field="type", tag="plan_accepted"):
    """Told to its player only."""

    round: int
    plan: P


class ReadyAcceptedTold(msgspec.Struct, frozen=True, tag_field="type", tag="ready_accepted"):
    """Told to its player only."""

    round: int


class ResignedTold(msgspec.Struct, frozen=True, tag_field="type", tag="resigned"):
    """Told to everyone."""

    round: int
    id: Seat


class HappenedTold(msgspec.Struct, Generic[T], frozen=True, tag_field="type", tag="happened"):
    """What the game tells this viewer."""

    round: int
    event: T


class RoundStartedTold(msgspec.Struct, frozen=True, tag_field="type", tag="round_started"):
    """Told to everyone."""

    round: int


class ClockCreditedTold(msgspec.Struct, frozen=True, tag_field="type", tag="clock_credited"):
    """Told to everyone."""

    round: int
    ms: int
    why: CreditWhy


class GameOverTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_over"):
    """Told to everyone."""

    round: int
    winner_ids: tuple[Seat, ...]
    why: OverWhy | None


TableTold: TypeAlias = (
    LobbyTold
    | AgreementTold
    | SettingsChangedTold
    | GameStartedTold
    | PlanAcceptedTold[P]
    | ReadyAcceptedTold
    | ResignedTold
    | HappenedTold[T]
    | RoundStartedTold
    | ClockCreditedTold
    | GameOverTold
)
AnyTold: TypeAlias = TableTold[Any, Any]


def tell(game: AnyGame, event: AnyEvent, viewer: Seat | None) -> AnyTold | None:
    """The event as this viewer is told it; None where they may not know of it. Nobody is told of a creation."""
    if isinstance(event, LobbyEvent):
        return tell_lobby(event)
    if isinstance(event, AgreementEvent):
        return tell_agreement(event)
    match event:
        case events.TableCreated():
            return None
        case events.SettingsChanged():
            return SettingsChangedTold(0)
        case events.GameStarted():
            return GameStartedTold(1)
        case events.PlanAccepted(number, seat, plan):
            return PlanAcceptedTold(number, plan) if viewer == seat else None
        case events.ReadyAccepted(number, seat):
            return ReadyAcceptedTold(number) if viewer == seat else None
        case events.Resigned(number, seat):
            return ResignedTold(number, seat)
        case events.Happened(number, inner):
            told = game.tell(inner, viewer)
            return None if told is None else HappenedTold(number, told)
        case events.RoundStarted(number):
            return RoundStartedTold(number)
        case events.ClockCredited(number, ms, why):
            return ClockCreditedTold(number, ms, why)
        case events.GameOver(number, winner_ids, why):
            return GameOverTold(number, winner_ids, why)
        case _:
            assert_never(event)


def told_once(game: AnyGame, event: AnyEvent) -> ToldOnce[AnyEvent]:
    """What is told of this event, whoever asks."""
    if _is_for_all(event):
        told = tell(game, event, None)
        if told is not None:
            return ToldAlike(event, told)
    return ToldEach(event, partial(tell, game, event))


def _is_for_all(event: AnyEvent) -> bool:
    """Whether everyone is told the same of it, who only watches too."""
    if isinstance(event, LobbyEvent | AgreementEvent):
        return True
    match event:
        case events.Happened() | events.PlanAccepted() | events.ReadyAccepted():
            return False
        case (
            events.TableCreated()
            | events.SettingsChanged()
            | events.GameStarted()
            | events.Resigned()
            | events.RoundStarted()
            | events.ClockCredited()
            | events.GameOver()
        ):
            return True
        case _:
            assert_never(event)
