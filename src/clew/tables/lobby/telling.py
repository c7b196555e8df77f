"""What everyone is told of a lobby: all the same, so that who sits down has been told as much as who only watched."""

from __future__ import annotations

from typing import TypeAlias, assert_never

import msgspec

from clew.game import Seat
from clew.tables.lobby.events import GameCanceled, LobbyEvent, PlayerJoined


class PlayerJoinedTold(msgspec.Struct, frozen=True, tag_field="type", tag="player_joined"):
    """Told to everyone."""

    round: int
    id: Seat
    display_name: str
    is_bot: bool


class GameCanceledTold(msgspec.Struct, frozen=True, tag_field="type", tag="game_canceled"):
    """Told to everyone."""

    round: int


LobbyTold: TypeAlias = PlayerJoinedTold | GameCanceledTold


def tell_lobby(event: LobbyEvent) -> LobbyTold:
    """The event as every viewer is told it."""
    match event:
        case PlayerJoined(member):
            return PlayerJoinedTold(0, member.player_id, member.display_name, member.is_bot)
        case GameCanceled():
            return GameCanceledTold(0)
        case _:
            assert_never(event)
