"""The shapes that several messages of the public protocol share.

Structs here are closed: what a client sends is refused if it names a field that is not listed. Times are
RFC 3339 in UTC with milliseconds, vectors are ``{"q", "r"}`` objects, ids are strings.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

GameStatus = Literal["lobby", "active", "concluded", "canceled", "quarantined"]
PlayerStatus = Literal["waiting", "playing", "eliminated", "resigned", "won", "survived"]
Terrain = Literal["floor", "rock", "chasm"]
Direction = Literal["E", "SE", "SW", "W", "NW", "NE"]
CharacterKind = Literal["hero", "minotaur"]
ViewerKind = Literal["player", "spectator"]
PresetName = Literal["labyrinth", "classic"]
BotKind = Literal["hunter", "wanderer"]

COMMAND_ID_CHARS_MAX = 64
NONCE_CHARS_MAX = 64
TARGET_ID_CHARS_MAX = 16
CLIENT_MESSAGE_BYTES_MAX = 16 * 1024

CommandId = Annotated[str, msgspec.Meta(min_length=1, max_length=COMMAND_ID_CHARS_MAX)]
Nonce = Annotated[str, msgspec.Meta(max_length=NONCE_CHARS_MAX)]
TargetId = Annotated[str, msgspec.Meta(min_length=1, max_length=TARGET_ID_CHARS_MAX)]
RoundNumber = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class WireVector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A displacement on the board, or a place relative to the viewer's hero."""

    q: int
    r: int


class MoveStep(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="move",
):
    """Go one hex; costs 1 AP. The vector is one of the six directions."""

    vector: WireVector


class AttackStep(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="attack",
):
    """Strike at someone; costs 1 AP and hits only in the same hex. The target is a player id or ``minotaur``."""

    target_id: TargetId


class WaitStep(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="wait",
):
    """Do nothing for one step; costs nothing."""


PlanStep = MoveStep | AttackStep | WaitStep


class PlayerInfo(msgspec.Struct, frozen=True):
    """One seat, as everyone may know it."""

    player_id: str
    display_name: str
    player_status: PlayerStatus
    is_bot: bool
    autopilot: bool


class ErrorBody(msgspec.Struct, frozen=True):
    """What went wrong: a code from the closed list of ``play/errors.py`` and a sentence for a person."""

    code: str
    message: str
    details: Mapping[str, Any] = {}


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The body of every HTTP answer that is not a success."""

    error: ErrorBody
