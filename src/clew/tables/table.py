"""A table: one game with the people around it, from the lobby to its end. This is the state a session keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

import msgspec

from clew.game import Seat
from clew.sessions.ids import Millis
from clew.sessions.ports.game import Cause
from clew.tables.bounds import AUTOPILOT_AFTER, UNTOUCHED_MAX
from clew.tables.lobby.gathering import Gathering

S = TypeVar("S")
P = TypeVar("P")
O = TypeVar("O")  # noqa: E741 - options

OverWhy: TypeAlias = Literal["untouched"]
"""Why a game ended that nobody won: no person had done anything in it for ``untouched_max`` rounds."""

CreditWhy: TypeAlias = Cause | Literal["agreed"]
"""Why a round ends later than it would have: ``agreed``: the clock stood, for those who play would have it so."""

BOT: Final = "bot"
"""The kind of the one bot that a game has."""


class TableSettings(msgspec.Struct, frozen=True):
    """What is fixed when the game begins and concerns the table, not the game.

    A bot plans for who has let ``autopilot_after`` rounds in a row pass, and for who is away when ``away_after`` have
    passed; 0: for nobody the sooner because they are away.
    """

    seats: int
    round_seconds: int
    autopilot_after: int = AUTOPILOT_AFTER
    away_after: int = 0
    untouched_max: int = UNTOUCHED_MAX

    @property
    def round_ms(self) -> int:
        return self.round_seconds * 1000


class Player(msgspec.Struct, frozen=True, gc=False):
    """What a table knows of one seat while the game is on."""

    ready: bool = False
    missed_rounds: int = 0
    autopilot: bool = False
    resigned: bool = False


class Table(Gathering, Generic[S, P, O], frozen=True, kw_only=True):
    """One table. ``game`` is the game's own state: None in the lobby, and for good if the game was canceled.

    ``plans`` are those of this round, and gone when it is resolved. ``round_ms``: how long this round lasts, without
    the time for which the clock was stopped. ``touched_in``: the latest round in which a person did anything, be it to
    begin the game or to look on at its end.
    """

    settings: TableSettings
    options: O
    game: S | None = None
    round: int = 0
    round_ends_at: Millis = 0
    round_ms: int = 0
    touched_in: int = 0
    on_turn: tuple[Seat, ...] = ()
    players: Mapping[Seat, Player] = {}
    plans: Mapping[Seat, P] = {}
    winner_ids: tuple[Seat, ...] = ()
    over_why: OverWhy | None = None

    @property
    def state(self) -> S:
        """The game's own state, once it has begun."""
        assert self.game is not None, "the game has not begun"
        return self.game

    @property
    def places(self) -> int:
        return self.settings.seats

    @property
    def usual_bot(self) -> str:
        return BOT

    @property
    def untouched(self) -> bool:
        """Whether this is the last round that a game of people may go on without them."""
        return self.round - self.touched_in >= self.settings.untouched_max and bool(self.people)


AnyTable: TypeAlias = Table[Any, Any, Any]
