"""What happens at a table, in full. What a viewer is told of it is worked out in ``telling``."""

from __future__ import annotations

from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from clew.game import Seat
from clew.sessions.ids import GameId, Millis
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.members import Member
from clew.tables.table import CreditWhy, OverWhy, TableSettings

S = TypeVar("S")
P = TypeVar("P")
E = TypeVar("E")
O = TypeVar("O")  # noqa: E741 - options


class TableCreated(msgspec.Struct, Generic[O], frozen=True, tag_field="type", tag="table_created"):
    """Somebody made a table and sits in its first seat; or in the one they had in the game that it ``follows``, whose
    ``others`` are bots who sit there too, and people for whom their seats are kept.
    """

    game_id: GameId
    join_code: str
    settings: TableSettings
    options: O
    seed: int
    bots: int
    host: Member
    seed_chosen: bool
    others: tuple[Member, ...] = ()
    follows: GameId | None = None
    public: bool = False


class SettingsChanged(msgspec.Struct, Generic[O], frozen=True, tag_field="type", tag="settings_changed"):
    """The host has it otherwise: all that may be chosen after a table was made, as it is now."""

    settings: TableSettings
    options: O
    bots: int
    public: bool = False


class GameStarted(msgspec.Struct, Generic[S], frozen=True, tag_field="type", tag="game_started"):
    """All seats are taken, the first round begins. The whole state is in here: no later code can deal it otherwise."""

    game: S
    ends_at: Millis
    length_ms: int
    on_turn: tuple[Seat, ...]


class PlanAccepted(msgspec.Struct, Generic[P], frozen=True, tag_field="type", tag="plan_accepted"):
    """``by_bot``: a bot planned, in its own seat or for a player on autopilot."""

    round: int
    player_id: Seat
    plan: P
    by_bot: bool = False


class ReadyAccepted(msgspec.Struct, frozen=True, tag_field="type", tag="ready_accepted"):
    """A player is done; who has not planned is idle."""

    round: int
    player_id: Seat


class Resigned(msgspec.Struct, frozen=True, tag_field="type", tag="resigned"):
    """A player gave up. What that does to the game follows."""

    round: int
    player_id: Seat


class Happened(msgspec.Struct, Generic[E], frozen=True, tag_field="type", tag="happened"):
    """Something happened in the game."""

    round: int
    event: E


class RoundStarted(msgspec.Struct, frozen=True, tag_field="type", tag="round_started"):
    """The plans of the round before are cleared. ``length_ms``: how long it lasts if nothing stops the clock.

    ``watched``: somebody looked on as the round before ended. ``away``: who let it pass and was away then.
    """

    round: int
    ends_at: Millis
    length_ms: int
    on_turn: tuple[Seat, ...]
    watched: bool = False
    away: tuple[Seat, ...] = ()


class ClockCredited(msgspec.Struct, frozen=True, tag_field="type", tag="clock_credited"):
    """The round ends this much later than it would have by the clock; earlier (``ms`` < 0) after one was set back."""

    round: int
    ms: int
    why: CreditWhy


class GameOver(msgspec.Struct, frozen=True, tag_field="type", tag="game_over"):
    """Nobody among ``winner_ids``: a draw. ``why``: None where the game came to its end by what happened in it."""

    round: int
    winner_ids: tuple[Seat, ...]
    why: OverWhy | None = None


TableEvent: TypeAlias = (
    TableCreated[O]
    | LobbyEvent
    | AgreementEvent
    | SettingsChanged[O]
    | GameStarted[S]
    | PlanAccepted[P]
    | ReadyAccepted
    | Resigned
    | Happened[E]
    | RoundStarted
    | ClockCredited
    | GameOver
)
AnyEvent: TypeAlias = TableEvent[Any, Any, Any, Any]
