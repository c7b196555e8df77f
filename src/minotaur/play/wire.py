"""The messages of the socket, subprotocol ``minotaur.v1``: what a client may send and what it is sent."""

from typing import Any

import msgspec

from clew.tables.agreeing.telling import AgreementsSeen
from clew.tables.lobby.listing import KeptSeat, PlayerSeen, PlayerStatus
from clew.wire.asides import Aside
from clew.wire.shapes import CommandId, GameStatus, History, RoundNumber, ViewerKind
from clew.wire.socket import (
    AcceptedMessage,
    AgreeMessage,
    ErrorMessage,
    PingMessage,
    Pong,
    ReadyMessage,
    Reconnect,
    RefusedMessage,
    Rematch,
    ResignMessage,
    SayMessage,
    SignMessage,
)
from minotaur.play.wire_events import ShownEvent
from minotaur.play.wire_shapes import CharacterKind, PlanStep, Terrain
from minotaur.rules.events import EndCause

# --- client to server ------------------------------------------------------------------------------------------


class PlanMessage(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="plan",
):
    """Register a plan for a round; the last accepted one counts."""

    command_id: CommandId
    round: RoundNumber
    steps: tuple[PlanStep, ...]


ClientMessage = PlanMessage | ReadyMessage | ResignMessage | AgreeMessage | SayMessage | SignMessage | PingMessage

# --- the view ----------------------------------------------------------------------------------------------------


class You(msgspec.Struct, frozen=True):
    """The viewer's own hero. ``plan`` is the last accepted one of this round, empty if there is none."""

    player_id: str
    health: int
    ap: int
    player_status: PlayerStatus
    autopilot: bool
    plan: tuple[PlanStep, ...]
    ready: bool


class ViewHex(msgspec.Struct, frozen=True):
    """A hex the viewer sees or remembers, relative to their hero; ``cracked`` is told in sight only."""

    q: int
    r: int
    terrain: Terrain
    cracked: bool
    in_sight: bool


class Character(msgspec.Struct, frozen=True):
    """Somebody in sight. The Minotaur's id is ``minotaur``."""

    id: str
    kind: CharacterKind
    q: int
    r: int
    health: int


class View(msgspec.Struct, frozen=True):
    """All that one viewer may know now. Places are relative to the viewer's hero, for a spectator to the lair.

    ``shown_round`` is the round whose board ``hexes`` and ``characters`` show: the present one for a player, an
    earlier one in the delayed gallery, null where no board is shown. ``round_ms``: how long the round is that is on,
    without the time for which the clock was stopped. ``seed_chosen``: the host chose the seed, and may know the board.
    ``over_why``: why the game ended that nobody won, if not by what happened in it. ``waiting_for``: the seats of those
    for whom the round waits, if it does not end by its time. ``kept``: empty seats of a rematch that are kept for who
    played before. ``agreements``: what those who play agree on; null where no round is on. While the clock stands by
    agreement, ``round_ends_at`` is when the round ends at the latest.
    """

    game_status: GameStatus
    round: int
    round_ends_at: str | None
    you: You | None
    hexes: list[ViewHex]
    characters: list[Character]
    players: tuple[PlayerSeen, ...]
    winner_id: str | None
    viewer: ViewerKind
    host_id: str
    seats: int
    shown_round: int | None
    round_ms: int | None
    waiting_for: tuple[str, ...]
    seed_chosen: bool = False
    over_why: EndCause | None = None
    kept: tuple[KeptSeat, ...] = ()
    agreements: AgreementsSeen | None = None


# --- server to client ------------------------------------------------------------------------------------------


class Welcome(msgspec.Struct, frozen=True, tag_field="type", tag="welcome"):
    """The first message; the view is of now.

    ``seq`` is where the numbers of the next ``events`` message go on from: the viewer's last for a newcomer; after a
    resume it is the client's own ``after``, and what it missed follows. ``mark`` names the history up to it.
    ``history``: whether what the client said it has is of this history. ``changed``: it is not, the operator has
    brought an older database back, and all the client believed is void. ``log``: the latest of what this viewer was, or
    would have been, shown before, oldest first; empty after a resume.
    """

    seq: int
    mark: str
    view: View
    server_time: str
    resumed: bool
    history: History
    log: list[ShownEvent] = []


class Events(msgspec.Struct, frozen=True, tag_field="type", tag="events"):
    """News, and all the viewer may know after it. ``seq`` is the number of its last event, ``mark`` that of the history
    up to it. Without events the view alone has changed. ``asides`` is what was told that has no number.
    """

    seq: int
    mark: str
    events: list[ShownEvent]
    view: View
    asides: list[Aside] = []


class ChangedView(msgspec.Struct, frozen=True, tag_field="type", tag="changes"):
    """``events`` for a socket opened with ``changes=1``: instead of the view those of its fields that are other than
    in the one told before on this socket, each whole. A socket's first view is in its ``welcome``.
    """

    seq: int
    mark: str
    events: list[ShownEvent]
    changes: dict[str, Any]
    asides: list[Aside] = []


ServerMessage = (
    Welcome | Events | ChangedView | AcceptedMessage | RefusedMessage | Pong | Reconnect | Rematch | ErrorMessage
)
