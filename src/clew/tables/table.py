"""A table: one game with the people around it, from the lobby to its end. This is the state a session keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from clew.game import Seat
from clew.sessions.ids import GameId, Millis, UserId
from clew.tables.bounds import AUTOPILOT_AFTER, UNTOUCHED_MAX
from clew.tables.log.events_log import EventsLog

S = TypeVar("S")
P = TypeVar("P")
O = TypeVar("O")  # noqa: E741 - options

TableStatus: TypeAlias = Literal["lobby", "active", "concluded", "canceled"]
OverWhy: TypeAlias = Literal["untouched"]
"""Why a game ended that nobody won: no person had done anything in it for ``untouched_max`` rounds."""
PlayerStatus: TypeAlias = Literal["waiting", "playing", "eliminated", "resigned", "won", "survived"]


class Member(msgspec.Struct, frozen=True):
    """Somebody with a seat. Bots have no user."""

    player_id: Seat
    user_id: UserId | None
    display_name: str

    @property
    def is_bot(self) -> bool:
        return self.user_id is None


class TableSettings(msgspec.Struct, frozen=True):
    """What is fixed when the table is made and concerns the table, not the game."""

    seats: int
    round_seconds: int
    autopilot_after: int = AUTOPILOT_AFTER
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


class Table(msgspec.Struct, Generic[S, P, O], frozen=True):
    """One table. ``game`` is the game's own state: None in the lobby, and for good if the game was canceled.

    Members are in the order of their seats; the first one is the host. ``bots`` is how many empty seats bots may take.
    ``plans`` are those of this round, and gone when it is resolved. ``round_ms``: how long this round lasts, without
    the time for which the clock was stopped. ``touched_in``: the latest round in which a person did anything, be it to
    begin the game or to look on at its end. ``seed_chosen``: by its maker, who may know what it brings.
    """

    game_id: GameId
    join_code: str
    settings: TableSettings
    options: O
    seed: int
    bots: int
    members: tuple[Member, ...]
    status: TableStatus = "lobby"
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
    events_log: EventsLog = EventsLog()
    seed_chosen: bool = False

    @property
    def state(self) -> S:
        """The game's own state, once it has begun."""
        assert self.game is not None, "the game has not begun"
        return self.game

    @property
    def host(self) -> Member:
        return self.members[0]

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats that are taken, in their order."""
        return tuple(member.player_id for member in self.members)

    @property
    def people(self) -> tuple[Seat, ...]:
        """The seats that people sit in."""
        return tuple(member.player_id for member in self.members if not member.is_bot)

    @property
    def untouched(self) -> bool:
        """Whether this is the last round that a game of people may go on without them."""
        return self.round - self.touched_in >= self.settings.untouched_max and bool(self.people)

    def member_of(self, user_id: UserId) -> Member | None:
        """The seat of this user, if they have one."""
        return next((member for member in self.members if member.user_id == user_id), None)

    def is_bot(self, seat: Seat) -> bool:
        return next(member.is_bot for member in self.members if member.player_id == seat)


AnyTable: TypeAlias = Table[Any, Any, Any]


def seat_at(place: int) -> Seat:
    """The name of a seat, counted from 1."""
    return Seat(f"p{place}")
