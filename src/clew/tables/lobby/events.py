"""What happens before a game begins, but for its making and its beginning: those hold what is the game's own."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from clew.tables.lobby.members import Member


class PlayerJoined(msgspec.Struct, frozen=True, tag_field="type", tag="player_joined"):
    """A player, or at the start a bot, took the next seat."""

    member: Member


class GameCanceled(msgspec.Struct, frozen=True, tag_field="type", tag="game_canceled"):
    """The game was called off in the lobby."""


LobbyEvent: TypeAlias = PlayerJoined | GameCanceled
