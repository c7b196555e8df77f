"""What a viewer is told of one event at a table, as bytes ready for the wire but for the viewer's own number.

An event is told once: what was written for the log of the table, in the turn that made it, is what every feed sends
when the commit has returned.
"""

from __future__ import annotations

from collections import OrderedDict
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

LATEST_MAX: Final = 1024
"""So many events of a game's tables are kept as they were told; of older ones it is worked out anew."""

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


class ToldOnce:
    """What each viewer is told of one event, written when the first of them is told."""

    __slots__ = ("_game", "_texts", "event", "is_for_all")

    def __init__(self, game: AnyGame, event: AnyEvent) -> None:
        self.event = event  # held on to, so that its identity names it as long as this is kept
        self._game = game
        self.is_for_all = _is_for_all(event)
        self._texts: dict[Seat, msgspec.Raw | None] = {}

    def to(self, viewer: Seat | None) -> msgspec.Raw | None:
        """The event as this viewer is told it, but for its number; None where they may not know of it."""
        reader = WATCHING if viewer is None or self.is_for_all else viewer
        if reader not in self._texts:
            self._texts[reader] = told_bytes(self._game, self.event, None if reader == WATCHING else reader)
        return self._texts[reader]


class Tellings:
    """The latest events of one game's tables, as they were told. For one thread."""

    def __init__(self, game: AnyGame) -> None:
        self._game = game
        self._latest = OrderedDict[int, ToldOnce]()
        """By the identity of the event: a commit hands on the very objects that were decided."""

    def of(self, event: AnyEvent) -> ToldOnce:
        """What is told of it. For events just decided: those read back from a journal are other objects."""
        told = self._latest.get(id(event))
        if told is None:
            if len(self._latest) >= LATEST_MAX:
                self._latest.popitem(last=False)
            self._latest[id(event)] = told = ToldOnce(self._game, event)
        return told


def telling_of(told: ToldOnce, table: AnyTable | None) -> Telling:
    """What each person at the table, and whoever only watches, is told; ``table`` is that before the event."""
    if told.is_for_all:
        return told.to(None)
    assert table is not None, "a game is played at a table"
    readers = (WATCHING, *table.people)
    texts = {reader: told.to(None if reader == WATCHING else reader) for reader in readers}
    known = {reader: text for reader, text in texts.items() if text is not None}
    if len(known) == len(readers) and len({bytes(text) for text in known.values()}) == 1:
        return known[WATCHING]  # one line for all, as long as all are told the same
    return known or None


def _is_for_all(event: AnyEvent) -> bool:
    """Whether everyone is told the same of it, who only watches too."""
    match event:
        case events.Happened() | events.PlanAccepted() | events.ReadyAccepted():
            return False
        case (
            events.TableCreated()
            | events.PlayerJoined()
            | events.GameStarted()
            | events.GameCanceled()
            | events.Resigned()
            | events.RoundStarted()
            | events.ClockCredited()
            | events.GameOver()
        ):
            return True
        case _:
            assert_never(event)
