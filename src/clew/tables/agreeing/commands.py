"""What may be asked of those who play, about how they play. The whole vocabulary, in one place."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from clew.game import Seat
from clew.sessions.ids import UserId


class Agree(msgspec.Struct, frozen=True, tag_field="type", tag="agree"):
    """A player would have it so: ``pause``, ``go_on``, ``autopilot:SEAT``. ``here``: who is; None: it is not known."""

    player_id: Seat
    to: str
    here: tuple[UserId, ...] | None = None


class CountAgreed(msgspec.Struct, frozen=True, tag_field="type", tag="count_agreed"):
    """Count again who has agreed, these being here. Asked by the server itself, whenever others are."""

    here: tuple[UserId, ...]


class EndPause(msgspec.Struct, frozen=True, tag_field="type", tag="end_pause"):
    """The pause has lasted as long as one may. Posted by whoever runs the game, when that time has come or later."""


AgreementCommand: TypeAlias = Agree | CountAgreed | EndPause
