"""What may be asked before a game begins. The whole vocabulary, in one place."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from clew.sessions.ids import UserId


class Join(msgspec.Struct, frozen=True, tag_field="type", tag="join"):
    """Take a seat."""

    user_id: UserId
    display_name: str


class Start(msgspec.Struct, frozen=True, tag_field="type", tag="start"):
    """Close the lobby and begin."""

    user_id: UserId


class Cancel(msgspec.Struct, frozen=True, tag_field="type", tag="cancel"):
    """Call the game off."""

    user_id: UserId


class Lapse(msgspec.Struct, frozen=True, tag_field="type", tag="lapse"):
    """Call the game off, for nobody has come by for long. Asked by the server itself."""


LobbyCommand: TypeAlias = Join | Start | Cancel | Lapse
