"""What may be asked before a game begins. The whole vocabulary, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from clew.game import Seat
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


class PassOn(msgspec.Struct, frozen=True, tag_field="type", tag="pass_on"):
    """Have one of these host in the place of somebody who has gone. Asked by the server itself: they are here."""

    here: tuple[UserId, ...]


class Leave(msgspec.Struct, frozen=True, tag_field="type", tag="leave"):
    """Give up one's seat; while the game is on, resign."""

    user_id: UserId


class SendAway(msgspec.Struct, frozen=True, tag_field="type", tag="send_away"):
    """Have somebody else's seat empty. A person who sat there may not come back."""

    user_id: UserId
    player_id: Seat


class ChangeLobby(msgspec.Struct, frozen=True, tag_field="type", tag="change"):
    """Have the game otherwise: all of it, or nothing.

    ``rules``: what is asked of the game's own settings, in the game's own shape; None: nothing. ``bots_at``: which kind
    of bot is to sit in which place, None: none. ``host_id``: whose the game is to be; None: whose it is.
    """

    user_id: UserId
    rules: Any = None
    bots_at: Mapping[int, str | None] = {}
    host_id: Seat | None = None


LobbyCommand: TypeAlias = Join | Start | Cancel | Lapse | PassOn | Leave | SendAway | ChangeLobby
