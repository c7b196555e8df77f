"""What nodes say to each other over the bus. The game's own share is bytes here."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from clew.sessions.faults import (
    Busy,
    Crashed,
    Fault,
    Followed,
    JoinCodeTaken,
    Late,
    Moved,
    NoSuchSession,
    NotRunning,
    Quarantined,
)
from clew.sessions.ids import GameId, Owner
from clew.sessions.session.transfer import Handed

NODES_CHANNEL = "nodes"
"""What every node should hear: who holds what now, who died."""
HELD_FEED = "held"
DEAD_FEED = "dead"
FIT_FEED = "fit"


class Ask(msgspec.Struct, frozen=True, tag="ask", array_like=True):
    """A question about one session, for its owner. ``body`` is the game's."""

    game_id: GameId
    body: bytes


class Tell(msgspec.Struct, frozen=True, tag="tell", array_like=True):
    """Something for this very node. ``body`` is the game's."""

    body: bytes


class Take(msgspec.Struct, frozen=True, tag="take", array_like=True):
    """Sessions that are the receiver's in the store already."""

    sessions: tuple[Handed, ...]


NodeMessage: TypeAlias = Ask | Tell | Take


class Answered(msgspec.Struct, frozen=True, tag="answered", array_like=True):
    """The game's answer."""

    body: bytes


class Failed(msgspec.Struct, frozen=True, tag="failed", array_like=True):
    """A fault, to be raised where the question came from."""

    kind: str
    detail: str = ""
    retry_after_s: float = 1.0
    owner: Owner | None = None


Reply: TypeAlias = Answered | Failed


class Held(msgspec.Struct, frozen=True, array_like=True):
    """This node answers for these sessions from now on."""

    owner: Owner
    game_ids: tuple[GameId, ...]


class Dead(msgspec.Struct, frozen=True, array_like=True):
    """The process of this life is gone; its sessions wait to be claimed."""

    owner: Owner


class Fit(msgspec.Struct, frozen=True, array_like=True):
    """This node can serve people, and was written to the store this moment."""

    owner: Owner
    lets_people_in: bool = True


encoder = msgspec.msgpack.Encoder()
node_messages = msgspec.msgpack.Decoder[NodeMessage](NodeMessage)
replies = msgspec.msgpack.Decoder[Reply](Reply)
deads = msgspec.msgpack.Decoder(Dead)
helds = msgspec.msgpack.Decoder(Held)
fits = msgspec.msgpack.Decoder(Fit)


def failed(fault: Fault) -> Failed:
    """A fault as it travels; one that has no form of its own travels as ``Busy``."""
    match fault:
        case Moved():
            return Failed("moved", owner=fault.owner)
        case NoSuchSession():
            return Failed("no_such_session")
        case Quarantined():
            return Failed("quarantined", fault.reason)
        case Crashed():
            return Failed("crashed")
        case JoinCodeTaken():
            return Failed("join_code_taken", fault.join_code)
        case Followed():
            return Failed("followed", fault.game_id)
        case NotRunning():
            return Failed("not_running")
        case Busy():
            return Failed("busy", str(fault), fault.retry_after_s)
        case _:
            return Failed("busy", str(fault))


def fault_of(failed: Failed, game_id: GameId, address: str) -> Fault:
    """The fault that travelled."""
    match failed.kind:
        case "moved":
            return Moved(game_id, failed.owner)
        case "no_such_session":
            return NoSuchSession(game_id)
        case "quarantined":
            return Quarantined(game_id, failed.detail)
        case "crashed":
            return Crashed(game_id)
        case "join_code_taken":
            return JoinCodeTaken(failed.detail)
        case "followed":
            return Followed(GameId(failed.detail))
        case "not_running":
            return NotRunning()
        case "busy":
            return Busy(failed.detail, failed.retry_after_s)
        case _:
            return Late(address)
