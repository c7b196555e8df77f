"""What one viewer may know of a table now. A viewer is a member's seat, or None for anyone else.

Of the game it has what ``view`` gives; the rest (names, who still plays, who is on turn) is public, but for a player's
own plan.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from clew.game import AnyGame, Seat
from clew.sessions.ids import Millis
from clew.tables.table import AnyTable, OverWhy, PlayerStatus, TableStatus
from clew.tables.tale import playing

V = TypeVar("V")
P = TypeVar("P")


class You(msgspec.Struct, Generic[P], frozen=True):
    """The viewer's own seat. ``plan``: None as long as none was accepted in this round."""

    player_id: Seat
    player_status: PlayerStatus
    on_turn: bool
    autopilot: bool
    plan: P | None
    ready: bool


class PlayerInfo(msgspec.Struct, frozen=True):
    """A seat, as everyone may know it."""

    player_id: Seat
    display_name: str
    player_status: PlayerStatus
    is_bot: bool
    autopilot: bool


class TableView(msgspec.Struct, Generic[V, P], frozen=True):
    """All that a viewer may know. ``round_ends_at`` and ``round_ms``: None where no round is on."""

    game_status: TableStatus
    round: int
    round_ends_at: Millis | None
    round_ms: int | None
    on_turn: tuple[Seat, ...]
    you: You[P] | None
    players: tuple[PlayerInfo, ...]
    host_id: Seat
    seats: int
    winner_ids: tuple[Seat, ...]
    over_why: OverWhy | None
    seed_chosen: bool
    viewer: Literal["player", "spectator"]
    game: V | None


AnyView: TypeAlias = TableView[Any, Any]


def table_view(game: AnyGame, table: AnyTable, viewer: Seat | None) -> AnyView:
    """All that this viewer may know now."""
    seat = viewer if viewer in table.seats else None
    is_on = table.status == "active"
    return TableView(
        game_status=table.status,
        round=table.round,
        round_ends_at=table.round_ends_at if is_on else None,
        round_ms=table.round_ms if is_on else None,
        on_turn=table.on_turn,
        you=None if seat is None or table.game is None else _you(game, table, seat),
        players=tuple(_player(game, table, member.player_id) for member in table.members),
        host_id=table.host.player_id,
        seats=table.settings.seats,
        winner_ids=table.winner_ids,
        over_why=table.over_why,
        seed_chosen=table.seed_chosen,
        viewer="spectator" if seat is None else "player",
        game=None if table.game is None else game.view(table.game, seat),
    )


def status_of(game: AnyGame, table: AnyTable, seat: Seat) -> PlayerStatus:
    """What has become of a player."""
    if table.game is None:
        return "waiting"
    if seat in table.winner_ids:
        return "won"
    if table.players[seat].resigned:
        return "resigned"
    if seat not in playing(game, table):
        return "eliminated"
    return "playing" if table.status == "active" else "survived"


def _you(game: AnyGame, table: AnyTable, seat: Seat) -> You[Any]:
    player = table.players[seat]
    return You(
        player_id=seat,
        player_status=status_of(game, table, seat),
        on_turn=seat in table.on_turn,
        autopilot=player.autopilot,
        plan=table.plans.get(seat),
        ready=player.ready,
    )


def _player(game: AnyGame, table: AnyTable, seat: Seat) -> PlayerInfo:
    member = next(member for member in table.members if member.player_id == seat)
    return PlayerInfo(
        player_id=seat,
        display_name=member.display_name,
        player_status=status_of(game, table, seat),
        is_bot=member.is_bot,
        autopilot=seat in table.players and table.players[seat].autopilot,
    )
