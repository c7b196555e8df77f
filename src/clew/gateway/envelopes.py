"""Calls between nodes as they travel, each with the kind of game it is about.

A call that names no kind is about the first one: so all are of releases that had one game, and they read ours of that
game as they always did. Of any other kind it travels in an envelope, which such a release never has to open.
"""

from typing import Any, Final, cast

import msgspec

from clew.gateway.calls import (
    AgainCall,
    AttachCall,
    CancelCall,
    ChangeOrder,
    GameCall,
    HereCall,
    InfoCall,
    JoinCall,
    LapseCall,
    MakeCall,
    OrderCall,
    SayCall,
    StartCall,
    TalkCall,
    encoder,
)
from clew.gateway.ports import ServedGames
from clew.sessions.ids import Kind, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.wire.http import Joined
from clew.wire.socket import AcceptedMessage, RefusedMessage


class CallOf(msgspec.Struct, frozen=True, tag="of", array_like=True):
    """A call about a game of this kind."""

    kind: Kind
    call: msgspec.Raw


class Envelopes:
    """Writes and reads calls about any of these games."""

    def __init__(self, games: ServedGames) -> None:
        self._says = {kind: msgspec.msgpack.Decoder[Any](game.shapes.say) for kind, game in games.items()}
        self._creation_types = {kind: game.shapes.creation for kind, game in games.items()}
        self._creations = {kind: msgspec.msgpack.Decoder[Any](game.shapes.creation) for kind, game in games.items()}
        self._changes = {kind: msgspec.msgpack.Decoder[Any](game.shapes.change) for kind, game in games.items()}
        self._infos = {kind: game.shapes.info for kind, game in games.items()}

    def write(self, kind: Kind, call: GameCall | AttachCall | MakeCall[Any]) -> bytes:
        """To travel."""
        plain = encoder.encode(call)
        return plain if kind == FIRST_KIND else encoder.encode(CallOf(kind, msgspec.Raw(plain)))

    def read_question(self, body: bytes) -> tuple[Kind, GameCall | AttachCall | None]:
        """About a game, and of which kind; None: this node does not have it."""
        kind, call = FIRST_KIND, _QUESTIONS.decode(body)
        if isinstance(call, CallOf):
            kind, call = call.kind, _PLAIN_QUESTIONS.decode(call.call)
        if kind not in self._says:
            return kind, None
        if isinstance(call, SayCall):
            call = SayCall(call.user_id, self._says[kind].decode(call.command))
        if isinstance(call, OrderCall) and isinstance(call.order, ChangeOrder):
            asked = self._changes[kind].decode(call.order.asked)
            call = OrderCall(call.user_id, call.command_id, ChangeOrder(asked))
        return kind, call

    def read_order(self, body: bytes) -> tuple[Kind, MakeCall[Any]]:
        """What is said to a node that has this game."""
        kind, call = FIRST_KIND, _ORDERS.decode(body)
        if isinstance(call, CallOf):
            kind, call = call.kind, _PLAIN_ORDERS.decode(call.call)
        assert kind in self._creations, f"only nodes that have {kind} are told to make one"
        return kind, MakeCall(self._creations[kind].decode(call.created), call.origin)

    def answer_type(self, kind: Kind, call: GameCall) -> Any:
        """Of which type the call's answer is."""
        match call:
            case InfoCall():
                return self._infos[kind]
            case JoinCall():
                return Joined
            case StartCall() | CancelCall() | OrderCall():
                return None
            case LapseCall():
                return bool
            case HereCall():
                return frozenset[UserId] | None
            case AgainCall():
                return self._creation_types[kind]
            case SayCall() | TalkCall():
                return AcceptedMessage | RefusedMessage


_Raw = msgspec.Raw
_Plain = (
    InfoCall
    | JoinCall
    | StartCall
    | CancelCall
    | LapseCall
    | AgainCall
    | HereCall
    | OrderCall[_Raw]
    | SayCall[_Raw]
    | TalkCall
    | AttachCall
)
_QUESTIONS: Final = msgspec.msgpack.Decoder[_Plain | CallOf](cast("Any", _Plain | CallOf))
_PLAIN_QUESTIONS: Final = msgspec.msgpack.Decoder[_Plain](cast("Any", _Plain))
_ORDERS: Final = msgspec.msgpack.Decoder[MakeCall[msgspec.Raw] | CallOf](cast("Any", MakeCall[msgspec.Raw] | CallOf))
_PLAIN_ORDERS: Final = msgspec.msgpack.Decoder[MakeCall[msgspec.Raw]](cast("Any", MakeCall[msgspec.Raw]))
