"""What everyone is told of a lobby: all the same, so that who sits down has been told as much as who only watched."""

from __future__ import annotations

from typing import TypeAlias, assert_never

import msgspec

from clew.game import Seat
from clew.tables.lobby.events import (
    GameCanceled,
    HostPassed,
    Left,
    LobbyEvent,
    PlayerJoined,
    Released,
    SeatChanged,
    SentAway,
)
from clew.tables.lobby.members import place_of


class PlayerJoinedTold(msgspec.Struct, frozen=True, tag_field="type", tag="player_joined"):
    """Told to everyone."""

    round: int
    id: Seat
    display_name: str
    is_bot: bool


class GameCanceledTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_canceled"):
    """Told to everyone."""

    round: int


class LeftTold(msgspec.Struct, frozen=True, tag_field="type", tag="left"):
    """Told to everyone."""

    round: int
    id: Seat
    display_name: str


class SentAwayTold(msgspec.Struct, frozen=True, tag_field="type", tag="sent_away"):
    """Told to everyone."""

    round: int
    id: Seat
    display_name: str


class HostPassedTold(msgspec.Struct, frozen=True, tag_field="type", tag="host_passed"):
    """Told to everyone."""

    round: int
    id: Seat


class SeatChangedTold(msgspec.Struct, frozen=True, tag_field="type", tag="seat_changed"):
    """Told to everyone. ``bot``: of which kind the bot is that sits there now; null: nobody does."""

    round: int
    seat: int
    bot: str | None


class ReleasedTold(msgspec.Struct, frozen=True, tag_field="type", tag="released"):
    """Told to everyone: this seat is kept no more for who is named."""

    round: int
    id: Seat
    display_name: str


LobbyTold: TypeAlias = (
    PlayerJoinedTold | GameCanceledTold | LeftTold | SentAwayTold | HostPassedTold | SeatChangedTold | ReleasedTold
)


def tell_lobby(event: LobbyEvent) -> LobbyTold:
    """The event as every viewer is told it."""
    match event:
        case PlayerJoined(member):
            return PlayerJoinedTold(0, member.player_id, member.display_name, member.is_bot)
        case GameCanceled():
            return GameCanceledTold(0)
        case Left(seat, name):
            return LeftTold(0, seat, name)
        case SentAway(seat, name):
            return SentAwayTold(0, seat, name)
        case HostPassed(seat):
            return HostPassedTold(0, seat)
        case SeatChanged(seat, bot):
            return SeatChangedTold(0, place_of(seat), None if bot is None else bot.bot)
        case Released(seat, name):
            return ReleasedTold(0, seat, name)
        case _:
            assert_never(event)
