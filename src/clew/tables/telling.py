"""What a viewer is told of one event at a table, as bytes ready for the wire but for the viewer's own number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Generic, TypeAlias, TypeVar, assert_never

import msgspec

from clew.game import AnyGame, Seat
from clew.sessions.ports.game import Cause
from clew.tables import events
from clew.tables.events import AnyEvent
from clew.tables.events_log import WATCHING, Telling
from clew.tables.table import AnyTable, OverWhy

P = TypeVar("P")
T = TypeVar("T")


class PlayerJoinedTold(msgspec.Struct, frozen=True, tag_field="type", tag="player_joined"):
    """Told to everyone."""

    round: int
    id: Seat
    display_name: str
    is_bot: bool


class GameStartedTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_started"):
    """Told to everyone."""

    round: int


class GameCanceledTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_canceled"):
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
    why: Cause


class GameOverTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_over"):
    """Told to everyone."""

    round: int
    winner_ids: tuple[Seat, ...]
    why: OverWhy | None


TableTold: TypeAlias = (
    PlayerJoinedTold
    | GameStartedTold
    | GameCanceledTold
    | PlanAcceptedTold[P]
    | ReadyAcceptedTold
    | ResignedTold
    | HappenedTold[T]
    | RoundStartedTold
    | ClockCreditedTold
    | GameOverTold
)
AnyTold: TypeAlias = TableTold[Any, Any]

_ENCODER: Final = msgspec.json.Encoder()


def tell(game: AnyGame, event: AnyEvent, viewer: Seat | None) -> AnyTold | None:
    """The event as this viewer is told it; None where they may not know of it. Nobody is told of a creation."""
    match event:
        case events.TableCreated():
            return None
        case events.PlayerJoined(member):
            return PlayerJoinedTold(0, member.player_id, member.display_name, member.is_bot)
        case events.GameStarted():
            return GameStartedTold(1)
        case events.GameCanceled():
            return GameCanceledTold(0)
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


def told_bytes(game: AnyGame, event: AnyEvent, viewer: Seat | None) -> msgspec.Raw | None:
    """The same as bytes, but for its number."""
    told = tell(game, event, viewer)
    return None if told is None else msgspec.Raw(_ENCODER.encode(told))


def numbered(number: int, told: msgspec.Raw) -> msgspec.Raw:
    """The same with the viewer's own number."""
    return msgspec.Raw(b'{"seq":%d,' % number + bytes(told)[1:])


def telling_of(game: AnyGame, event: AnyEvent, table: AnyTable | None) -> Telling:
    """What each person at the table, and whoever only watches, is told of it; ``table`` is that before the event."""
    match event:
        case events.PlanAccepted(_, seat) | events.ReadyAccepted(_, seat):
            return _each(game, event, [seat] if table is not None and seat in table.people else [])
        case events.Happened():
            assert table is not None, "a game is played at a table"
            return _each(game, event, [WATCHING, *table.people])
        case _:
            return told_bytes(game, event, None)


def _each(game: AnyGame, event: AnyEvent, readers: Sequence[Seat]) -> Telling:
    told = {reader: told_bytes(game, event, None if reader == WATCHING else reader) for reader in readers}
    known = {reader: text for reader, text in told.items() if text is not None}
    texts = {bytes(text) for text in known.values()}
    if len(texts) == 1 and len(known) == len(readers) and WATCHING in known:
        return known[WATCHING]  # one line for all, as long as all are told the same
    return known or None
