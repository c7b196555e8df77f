"""The shapes that several messages of the public protocol share.

Structs here are closed: what a client sends is refused if it names a field that is not listed. Times are
RFC 3339 in UTC with milliseconds, vectors are ``{"q", "r"}`` objects, ids are strings.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from minotaur.rules.commands import Step

GameStatus = Literal["lobby", "active", "concluded", "canceled", "quarantined"]
PlayerStatus = Literal["waiting", "playing", "eliminated", "resigned", "won", "survived"]
Terrain = Literal["floor", "rock", "chasm"]
Direction = Literal["E", "SE", "SW", "W", "NW", "NE"]
CharacterKind = Literal["hero", "minotaur"]
ViewerKind = Literal["player", "spectator"]
PresetName = Literal["labyrinth", "classic"]
BotKind = Literal["hunter", "wanderer"]
History = Literal["same", "changed", "unknown"]
"""Whether what a client has is of the history that the game has now; ``unknown`` where it did not, or can't, say."""

COMMAND_ID_CHARS_MAX = 64
NONCE_CHARS_MAX = 64
MARK_CHARS_MAX = 64
CLIENT_MESSAGE_BYTES_MAX = 16 * 1024

CommandId = Annotated[str, msgspec.Meta(min_length=1, max_length=COMMAND_ID_CHARS_MAX)]
Nonce = Annotated[str, msgspec.Meta(max_length=NONCE_CHARS_MAX)]
RoundNumber = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]

PlanStep = Step
"""The steps of a plan are the rules' own: what a client sends is what ``decide`` reads."""


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
