"""What each event of a lobby means. Never refuses, never chooses: a replay cannot differ."""

from __future__ import annotations

from typing import TypeVar, assert_never

from msgspec.structs import replace

from clew.tables.lobby.events import GameCanceled, LobbyEvent, PlayerJoined
from clew.tables.lobby.gathering import Gathering

G = TypeVar("G", bound=Gathering)


def evolve_lobby(at: G, event: LobbyEvent) -> G:
    """Apply one past event to the state of whichever game it is."""
    match event:
        case PlayerJoined(member):
            return replace(at, members=(*at.members, member))
        case GameCanceled():
            return replace(at, status="canceled")
        case _:
            assert_never(event)
