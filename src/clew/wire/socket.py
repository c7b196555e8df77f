"""The messages of a game's socket that are the same for every game in rounds."""

from typing import Annotated

import msgspec

from clew.wire.shapes import AGREE_TO, SAY_CHARS_MAX, CommandId, ErrorBody, Nonce, RoundNumber, Sign

# --- client to server ------------------------------------------------------------------------------------------


class ReadyMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="ready",
    omit_defaults=True,
):
    """Say that you are done with a round; of round 0, in the lobby, that the game may begin for you. Only that can be
    taken back by ``ready``: of any other round it is by another plan.
    """

    command_id: CommandId
    round: RoundNumber
    ready: bool = True


class ResignMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="resign",
):
    """Give up."""

    command_id: CommandId


class AgreeMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="agree",
):
    """Have the clock stand still, or go on, or a bot plan for somebody who is away, as soon as all others agree."""

    command_id: CommandId
    to: Annotated[str, msgspec.Meta(pattern=AGREE_TO)]


class SayMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="say",
):
    """Say something to all who look on, before the game or after it. It is not kept."""

    command_id: CommandId
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=SAY_CHARS_MAX)]


class SignMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="sign",
):
    """Give all who look on a sign, at any time. It is not kept."""

    command_id: CommandId
    sign: Sign


class PingMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="ping",
):
    """Ask whether the server is there, and what time it has."""

    nonce: Nonce


# --- server to client ------------------------------------------------------------------------------------------


class AcceptedMessage(msgspec.Struct, frozen=True, tag_field="type", tag="accepted"):
    """A promise: this command is on disk and will not be taken back. ``seq`` is what the player was told by then."""

    command_id: str
    seq: int


class RefusedMessage(msgspec.Struct, frozen=True, tag_field="type", tag="refused"):
    """This command changed nothing. With the code ``busy`` the same command may be sent again."""

    command_id: str
    error: ErrorBody


class Pong(msgspec.Struct, frozen=True, tag_field="type", tag="pong"):
    """The answer to a ping."""

    nonce: str
    server_time: str


class Reconnect(msgspec.Struct, frozen=True, tag_field="type", tag="reconnect"):
    """This server is going away; connect again after the delay. The game goes on."""

    after_ms: int


class Rematch(msgspec.Struct, frozen=True, tag_field="type", tag="rematch"):
    """Those who played this game have another: the latest there is. Sent after its end, and behind the welcome of who
    comes later. It has no number, for it is no part of this game.
    """

    join_code: str


class ErrorMessage(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """A message could not be read. It had no effect."""

    error: ErrorBody
