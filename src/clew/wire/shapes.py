"""The shapes that several messages of the public protocol share, whatever the game.

Structs here are closed: what a client sends is refused if it names a field that is not listed. Times are
RFC 3339 in UTC with milliseconds, ids are strings.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

GameStatus = Literal["lobby", "active", "concluded", "canceled", "quarantined"]
ViewerKind = Literal["player", "spectator"]
History = Literal["same", "changed", "unknown"]
"""Whether what a client has is of the history that the game has now; ``unknown`` where it did not, or can't, say."""

Sign = Literal["hello", "good_luck", "well_met", "well_played", "thanks", "sorry", "wow", "hurry"]
"""All that can be said while a game is on."""

AGREE_TO = r"^(pause|go_on|autopilot:p[1-9][0-9]?)(?!\n)$"
"""All that people at a game can agree to."""

COMMAND_ID_CHARS_MAX = 64
SAY_CHARS_MAX = 200
NONCE_CHARS_MAX = 64
MARK_CHARS_MAX = 64
CLIENT_MESSAGE_BYTES_MAX = 16 * 1024

CommandId = Annotated[str, msgspec.Meta(min_length=1, max_length=COMMAND_ID_CHARS_MAX)]
Nonce = Annotated[str, msgspec.Meta(max_length=NONCE_CHARS_MAX)]
RoundNumber = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class ErrorBody(msgspec.Struct, frozen=True):
    """What went wrong: a code from the closed list of ``play/errors.py`` and a sentence for a person."""

    code: str
    message: str
    details: Mapping[str, Any] = {}


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The body of every HTTP answer that is not a success."""

    error: ErrorBody
