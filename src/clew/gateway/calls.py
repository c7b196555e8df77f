"""What one node's play asks of another's: the verbs on a game, and the feeds of its viewers. Internal, version 1.

Not the public protocol: nodes of one cluster speak it, of two releases during a deploy. New fields are added at the
end with a default, new calls under new tags; what stands keeps its meaning.
"""

from collections.abc import Mapping
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from clew.sessions.ids import GameId, Millis, PlayerId, UserId
from clew.wire.errors import ApiError
from clew.wire.socket import SayMessage, SignMessage

M = TypeVar("M")
K = TypeVar("K")
R = TypeVar("R")

# --- questions to the owner of a game ----------------------------------------------------------------------------


class InfoCall(msgspec.Struct, frozen=True, tag="info", array_like=True):
    """What everyone may know of it, and the asker's seat."""

    user_id: UserId | None


class JoinCall(msgspec.Struct, frozen=True, tag="join", array_like=True):
    """A seat."""

    user_id: UserId
    display_name: str


class StartCall(msgspec.Struct, frozen=True, tag="start", array_like=True):
    """Begin, once."""

    user_id: UserId
    command_id: str


class CancelCall(msgspec.Struct, frozen=True, tag="cancel", array_like=True):
    """Call it off, once."""

    user_id: UserId
    command_id: str


class LeaveOrder(msgspec.Struct, frozen=True, tag="leave", array_like=True):
    """Give the asker's seat up; resign while the game is on."""


class SendAwayOrder(msgspec.Struct, frozen=True, tag="send_away", array_like=True):
    """Have this seat empty."""

    player_id: PlayerId


class ChangeOrder(msgspec.Struct, Generic[R], frozen=True, tag="change", array_like=True):
    """Have it otherwise, as the game's own shape of a change says."""

    asked: R


Order: TypeAlias = LeaveOrder | SendAwayOrder | ChangeOrder[R]


class OrderCall(msgspec.Struct, Generic[R], frozen=True, tag="order", array_like=True):
    """What people ask of each other, once. An earlier release does not know it, and does not answer."""

    user_id: UserId
    command_id: str
    order: Order[R]


class AgainCall(msgspec.Struct, frozen=True, tag="again", array_like=True):
    """The event that makes its rematch, by these names. An earlier release does not know it, and does not answer."""

    user_id: UserId
    display_name: str
    game_id: GameId
    join_code: str
    seed: int


class LapseCall(msgspec.Struct, frozen=True, tag="lapse", array_like=True):
    """Call it off if nobody is there. An earlier release does not know it, and does not answer."""

    now: Millis


class HereCall(msgspec.Struct, frozen=True, tag="here", array_like=True):
    """Who looks on. An earlier release does not know it, and does not answer."""


class SayCall(msgspec.Struct, Generic[M], frozen=True, tag="say", array_like=True):
    """A player's command."""

    user_id: UserId | None
    command: M


class TalkCall(msgspec.Struct, frozen=True, tag="talk", array_like=True):
    """What somebody tells all who look on. An earlier release does not know it, and does not answer."""

    user_id: UserId | None
    talk: SayMessage | SignMessage


class AttachCall(msgspec.Struct, frozen=True, tag="attach", array_like=True):
    """Tell this viewer what happens, from ``after`` on, as frames of this feed of the asking node's channel."""

    user_id: UserId | None
    after: int | None
    channel: str
    feed: str
    again: bool = False
    """Its client has been welcomed already."""
    mark: str | None = None
    """That of the history up to ``after``; None where the client has none."""
    changes: bool = False
    """Its client takes what has changed of its view. An earlier release does not know it, and tells whole views."""


GameCall: TypeAlias = (
    InfoCall
    | JoinCall
    | StartCall
    | CancelCall
    | LapseCall
    | AgainCall
    | HereCall
    | OrderCall[Any]
    | SayCall[Any]
    | TalkCall
)

# --- what is said to a node --------------------------------------------------------------------------------------


class MakeCall(msgspec.Struct, Generic[K], frozen=True, tag="make", array_like=True):
    """Make this game, and hold it."""

    created: K
    origin: str | None = None
    """Where its maker came from, as ``caps`` names it; None: it is counted for nobody, as an earlier release's is."""


# --- answers -----------------------------------------------------------------------------------------------------


class Opening(msgspec.Struct, frozen=True, array_like=True):
    """How a viewer's feed begins: the texts for its client, ``missed`` after ``welcome``; ``seq`` is told then.

    ``mark`` and ``history`` are None from an owner of the release before, which knows of neither.
    """

    welcome: str
    missed: str | None
    resumed: bool
    seq: int
    mark: str | None = None
    history: str | None = None


class Errored(msgspec.Struct, frozen=True, tag="error", array_like=True):
    """An ``ApiError``, as it travels."""

    code: str
    message: str
    details: Mapping[str, Any]
    retry_after_s: float | None

    @classmethod
    def of(cls, error: ApiError) -> "Errored":
        return cls(error.code, error.message, error.details, error.retry_after_s)

    def error(self) -> ApiError:
        return ApiError(self.code, self.message, self.details, self.retry_after_s)


class Done(msgspec.Struct, frozen=True, tag="done", array_like=True):
    """The verb's own answer, encoded."""

    body: msgspec.Raw


CallAnswer: TypeAlias = Done | Errored

# --- frames of a feed --------------------------------------------------------------------------------------------


class Frame(msgspec.Struct, frozen=True, tag="frame", array_like=True):
    """One text for the client; ``number`` counts from 1 in each feed, ``seq`` is told with it."""

    number: int
    seq: int
    text: str
    sent_at: Millis | None = None
    """By the owner's clock."""
    mark: str | None = None
    """Of the history up to ``seq``."""


class FeedEnded(msgspec.Struct, frozen=True, tag="ended", array_like=True):
    """No more frames: attach again, or tell the client why not."""

    number: int
    why: str


class Tick(msgspec.Struct, frozen=True, tag="tick", array_like=True):
    """The numbers of the last frames of feeds that live: whoever has not got so far has lost one."""

    numbers: dict[str, int]


FeedMessage: TypeAlias = Frame | FeedEnded | Tick


class Pulse(msgspec.Struct, frozen=True, array_like=True):
    """The node behind this channel lives, and still wants its feeds."""

    channel: str


class Detached(msgspec.Struct, frozen=True, array_like=True):
    """Nobody follows this feed of the channel any more."""

    channel: str
    feed: str


GATES_CHANNEL = "gates"
"""Where every node hears the gateways."""
PULSE_FEED = "pulse"
DETACHED_FEED = "detached"
TICK_FEED = "tick"
"""The one feed of a channel that is no viewer's."""

encoder = msgspec.msgpack.Encoder()
call_answers = msgspec.msgpack.Decoder[CallAnswer](CallAnswer)
feed_messages = msgspec.msgpack.Decoder[FeedMessage](FeedMessage)
pulses = msgspec.msgpack.Decoder(Pulse)
detacheds = msgspec.msgpack.Decoder(Detached)
