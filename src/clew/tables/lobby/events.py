"""What happens before a game begins, but for its making, its settings and its beginning: those are the game's own."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from clew.game import Seat
from clew.tables.lobby.members import Member


class PlayerJoined(msgspec.Struct, frozen=True, tag_field="type", tag="player_joined"):
    """A player, or at the start a bot, took a seat that was empty."""

    member: Member


class GameCanceled(msgspec.Struct, frozen=True, tag_field="type", tag="game_canceled"):
    """The game was called off in the lobby."""


class Left(msgspec.Struct, frozen=True, tag_field="type", tag="left"):
    """A person gave up their seat. They are named, for nobody can look them up there any more."""

    player_id: Seat
    display_name: str


class SentAway(msgspec.Struct, frozen=True, tag_field="type", tag="sent_away"):
    """The host sent a person away, who may not sit down here again. They are named, as who left is."""

    player_id: Seat
    display_name: str


class HostPassed(msgspec.Struct, frozen=True, tag_field="type", tag="host_passed"):
    """The game is this person's from now on."""

    player_id: Seat


class SeatChanged(msgspec.Struct, frozen=True, tag_field="type", tag="seat_changed"):
    """A bot took a seat, in place of another bot where one sat there; ``bot`` is None: the seat is empty again."""

    player_id: Seat
    bot: Member | None


class Released(msgspec.Struct, frozen=True, tag_field="type", tag="released"):
    """A seat is kept no more for this person, who is named as who left is: they declined, or the host gave it away."""

    player_id: Seat
    display_name: str


LobbyEvent: TypeAlias = PlayerJoined | GameCanceled | Left | SentAway | HostPassed | SeatChanged | Released
