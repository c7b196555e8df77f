"""What a table's players and hosts send, and what is listed of a table: types that are made when the game is known."""

from __future__ import annotations

from typing import Annotated, Any, Final, Generic, TypeAlias, TypeVar, Union, cast

import msgspec
from msgspec import UNSET, UnsetType

from clew.definition import ROUND_SECONDS_MAX, ROUND_SECONDS_MIN
from clew.game import AnyGame, Seat
from clew.sessions.records import GameStatus
from clew.tables.bounds import AWAY_AFTER, AWAY_AFTER_MAX, SEED_MAX
from clew.tables.lobby.listing import KeptSeat, PlayerInfo
from clew.tables.table import OverWhy
from clew.wire.changing import ChangeOfGame
from clew.wire.http import PUBLIC
from clew.wire.shapes import CommandId, RoundNumber
from clew.wire.socket import AgreeMessage, ReadyMessage, ResignMessage

P = TypeVar("P")

AWAY_AFTER_SAID: Final = "After how many rounds a bot plans for who is away; 0: after as many as for who is here"
Seed: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=SEED_MAX)]


class PlanMessage(msgspec.Struct, Generic[P], frozen=True, forbid_unknown_fields=True, tag_field="type", tag="plan"):
    """Register a plan for a round; the last accepted one counts."""

    command_id: CommandId
    round: RoundNumber
    plan: P


Said: TypeAlias = PlanMessage[Any] | ReadyMessage | ResignMessage


class TableInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What everyone may know about a table. ``you`` is the asker's seat, null if they have none.

    ``seed_chosen``: the host chose the seed, and may know what it brings. ``over_why``: why the game ended that nobody
    won, if not by what happened in it. ``kept``: seats of a rematch that are kept for who played before, ``invited``
    the one that is for the asker. ``rematch``: the join code of the game that those who played this one play next.
    ``public``: whoever looks for a game finds it, as long as it is not over. ``made_at`` and ``ended_at`` are told in
    lists only, and so is ``place``, the asker's at the end. ``waiting_for``: whom the round waits for, if it does not
    end by its time.
    """

    game_id: str
    join_code: str
    game_status: GameStatus
    latest_round: int
    round_ends_at: str | None
    players: tuple[PlayerInfo, ...]
    winner_ids: tuple[Seat, ...]
    over_why: OverWhy | None
    round_seconds: int
    seats: int
    bots: int
    host_id: Seat
    you: Seat | None
    seed_chosen: bool
    kept: tuple[KeptSeat, ...] = ()
    invited: Seat | None = None
    rematch: str | None = None
    public: bool = False
    made_at: str | None = None
    ended_at: str | None = None
    place: int | None = None
    waiting_for: tuple[str, ...] = ()
    away_after: int = 0


def said_type(game: AnyGame) -> Any:
    """The type of what a player says over a socket."""
    return Union[PlanMessage[game.types.plan], ReadyMessage, ResignMessage, AgreeMessage]  # noqa: UP007 - made when a game is known


def request_type(game: AnyGame) -> type[Any]:
    """The type of a body that asks for a new table, closed: what it does not name is refused, options too."""
    least, greatest = game.seats
    name = name_of(game)
    options = msgspec.defstruct(f"{name}Options", [], bases=(game.options,), frozen=True, forbid_unknown_fields=True)
    fields: list[tuple[str, Any, Any]] = [
        ("seats", Annotated[int, msgspec.Meta(ge=least, le=greatest)], least),
        (
            "bots",
            Annotated[int, msgspec.Meta(ge=0, le=greatest - 1, description="How many empty seats bots may take")],
            0,
        ),
        ("round_seconds", Annotated[int, msgspec.Meta(ge=ROUND_SECONDS_MIN, le=ROUND_SECONDS_MAX)], game.round_seconds),
        (
            "away_after",
            Annotated[int, msgspec.Meta(ge=0, le=AWAY_AFTER_MAX, description=AWAY_AFTER_SAID)],
            AWAY_AFTER,
        ),
        ("options", options, options()),
        ("public", Annotated[bool, msgspec.Meta(description=PUBLIC)], False),
        ("seed", cast("Any", Seed) | None, None),
    ]
    return msgspec.defstruct(
        f"Create{name}",
        fields,
        namespace={"__doc__": "What kind of table to make."},
        frozen=True,
        forbid_unknown_fields=True,
        tag_field="kind",
        tag=game.kind,
    )


class ChangeOfTable(ChangeOfGame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the table is to be. What is not said stays as it is, each option too. ``seats``: how many there are to be;
    or, by their numbers from 1, which of them a bot is to have, null: nobody. ``host_id``: the seat of who is to be
    host. ``away_after``: after how many rounds a bot plans for who is away. ``public``: whether whoever looks for a
    game finds it.
    """

    options: dict[str, Any] | UnsetType = UNSET
    away_after: int | UnsetType = UNSET


def change_type(game: AnyGame) -> type[ChangeOfTable]:
    """The type of a body that asks to have a table otherwise. Its bounds are looked at with what stays as it is."""
    made = msgspec.defstruct(
        f"Change{name_of(game)}",
        [],
        bases=(ChangeOfTable,),
        namespace={"__doc__": ChangeOfTable.__doc__},
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )
    return cast("type[ChangeOfTable]", made)


def info_type(game: AnyGame) -> type[Any]:
    """The type of a table's listing: a ``TableInfo`` with the game's options."""
    return msgspec.defstruct(
        f"{name_of(game)}Info",
        [("options", game.options)],
        bases=(TableInfo,),
        namespace={"__doc__": TableInfo.__doc__},
        frozen=True,
        kw_only=True,
        tag_field="kind",
        tag=game.kind,
    )


def name_of(game: AnyGame) -> str:
    """What the game is called in the names of such types."""
    return "".join(part.capitalize() for part in game.kind.split("-"))
