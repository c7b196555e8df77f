"""The messages of a game's socket that are the same for every game in rounds."""

import msgspec

from clew.wire.shapes import CommandId, ErrorBody, Nonce, RoundNumber

# --- client to server ------------------------------------------------------------------------------------------


class ReadyMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="ready",
):
    """Say that you are done with a round."""

    command_id: CommandId
    round: RoundNumber


class ResignMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="resign",
):
    """Give up."""

    command_id: CommandId


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
