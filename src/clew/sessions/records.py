"""The values that cross the ports. All frozen; times are ``Millis``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from clew.sessions.census import NOBODY, Maker
from clew.sessions.ids import GameId, Kind, Millis, Owner, PlayerId, UserId

S = TypeVar("S")
E = TypeVar("E")

GameStatus: TypeAlias = Literal["lobby", "active", "concluded", "canceled"]
StoredStatus: TypeAlias = Literal["lobby", "active", "concluded", "canceled", "quarantined"]
OPEN: frozenset[str] = frozenset({"lobby", "active"})


# --- what a machine answers ------------------------------------------------------------------------------------------


class Accepted(msgspec.Struct, Generic[E], frozen=True, gc=False):
    """The command holds; these events say what it did. None at all: it changes nothing (a repeated join).

    ``arrive``, where a machine has worked it out while deciding, gives the state that the events come to, the first of
    them numbered so: the very one that ``evolve`` would give. A replay has only the events.

    ``relists``: whether ``summary`` may be another afterwards; False, where a machine knows, saves working it out.
    """

    events: tuple[E, ...]
    arrive: Callable[[int], Any] | None = None
    relists: bool = True


class Refused(msgspec.Struct, frozen=True):
    """The command does not hold; nothing changed. ``code`` is for programs, ``message`` for people."""

    code: str
    message: str
    details: Mapping[str, object] = {}


class Acknowledged(msgspec.Struct, frozen=True, gc=False):
    """The command is durable. ``seq`` is that of its first entry; of a command without entries, the latest."""

    seq: int


Answer: TypeAlias = Acknowledged | Refused


class PlayerSummary(msgspec.Struct, frozen=True, gc=False):
    """One seat as the listings show it; ``user_id`` is None for a bot's."""

    player_id: PlayerId
    user_id: UserId | None
    player_status: str


class Summary(msgspec.Struct, frozen=True, gc=False):
    """A session as the listings show it. Whenever it changes, it is stored with a snapshot.

    Seats change hands in the lobby only. ``follows``: after which session it is played, by the same people; that never
    changes, and of those that follow one session one at most is not called off. ``public``: whoever looks for a session
    may find it, as long as it is open.
    """

    game_status: GameStatus
    latest_round: int
    players: tuple[PlayerSummary, ...]
    follows: GameId | None = None
    public: bool = False

    def given_up_since(self, before: Summary) -> tuple[PlayerId, ...]:
        """The seats that somebody had before and has no more, be it that another has them now."""
        if before.game_status != "lobby" or before.players == self.players:
            return ()
        now = {player.player_id: player.user_id for player in self.players}
        gone = (player for player in before.players if player.player_id not in now)
        taken = (player for player in before.players if now.get(player.player_id, player.user_id) != player.user_id)
        return tuple(player.player_id for player in (*gone, *taken))


# --- the journal -----------------------------------------------------------------------------------------------------


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """Whose command the entry answers; on the first entry of a command only."""

    player_id: PlayerId
    command_id: str


class Entry(msgspec.Struct, Generic[E], frozen=True, gc=False):
    """One number of a session's journal.

    ``event`` is None where a remembered command was refused, or accepted without an event: no viewer is told of it.
    ``term`` is the mark of the term that begins with it, if one does.
    """

    seq: int
    recorded_at: Millis
    event: E | None
    receipt: Receipt | None = None
    refusal: Refused | None = None
    term: str | None = None


class StoredEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry as the store keeps it; ``epoch`` is that of its writer."""

    seq: int
    epoch: int
    recorded_at: Millis
    body: bytes


# --- what is written -------------------------------------------------------------------------------------------------


class Snapshot(msgspec.Struct, frozen=True, gc=False):
    """The whole state after a part's last entry, with what the listings show of it."""

    state: bytes
    state_version: int
    summary: Summary


class Part(msgspec.Struct, frozen=True, gc=False):
    """One session's share of a commit: entries ``after_seq + 1, …``, applied only where owner, epoch and seq match.

    The owner too, since an older database that others write on comes to the same epoch and seq once more.
    A part ends the session's time without an owner: ``unowned_since`` and ``clock_offset_ms`` are cleared with it.
    ``given_up``: seats of the snapshot before that are nobody's, or another's, in this one.
    """

    game_id: GameId
    owner: Owner
    epoch: int
    after_seq: int
    entries: tuple[bytes, ...]
    recorded_at: Millis
    wake_at: Millis | None
    snapshot: Snapshot | None = None
    given_up: tuple[PlayerId, ...] = ()

    @property
    def last_seq(self) -> int:
        return self.after_seq + len(self.entries)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be made, owned by its maker at epoch 1, its entries numbered from 1."""

    game_id: GameId
    join_code: str
    owner: Owner
    entries: tuple[bytes, ...]
    recorded_at: Millis
    wake_at: Millis | None
    snapshot: Snapshot
    maker: Maker = NOBODY
    kind: Kind = field(kw_only=True)


class Verdict(Enum):
    """What became of one part."""

    COMMITTED = "committed"
    FENCED = "fenced"


class Creation(Enum):
    """What became of one new session."""

    CREATED = "created"
    JOIN_CODE_TAKEN = "join_code_taken"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Compacted:
    """A closed session's journal is one record from now on; the bytes are those of its entries' bodies, and of it."""

    entries: int
    bytes_before: int
    bytes_after: int


@dataclass(frozen=True, slots=True)
class LeftAsEntries:
    """A closed session's journal can't be compacted, and stays as it is for good."""

    reason: str


# --- what is read ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """A session as the store has it: the latest snapshot, and the journal's ``tail`` after it.

    ``unowned_since`` is set while nobody has written since the last owner was lost or let go; it and ``read_at``, the
    time of this reading, are told by the store's clock. ``clock_offset_ms`` may be set while another than its owner
    wrote last, or it has slept since: what the clock of who did, by which its deadline is told, was ahead of the
    store's. ``asleep``: its owner does not keep it in memory.

    It comes bounded: ``HEAD_BYTES`` of a state over ``STATE_BYTES_MAX`` (``state_bytes`` is then its size as kept,
    perhaps packed), of an entry and of the tail one byte or entry over ``ENTRY_BYTES_MAX`` and ``TAIL_ENTRIES_MAX``.
    """

    game_id: GameId
    join_code: str
    game_status: StoredStatus
    latest_round: int
    state: bytes
    state_bytes: int
    state_version: int
    seq: int
    snapshot_seq: int
    owner: Owner | None
    epoch: int
    wake_at: Millis | None
    unowned_since: Millis | None
    quarantine_reason: str | None
    quarantined_from: StoredStatus | None
    inserted_at: Millis
    updated_at: Millis
    asleep: bool
    read_at: Millis
    tail: tuple[StoredEntry, ...]
    claimed_from: Owner | None = field(default=None, compare=False)
    """Where it was just claimed: whose it was before; None: nobody's."""
    clock_offset_ms: int | None = None
    kind: Kind = field(kw_only=True)

    @property
    def unowned_ms(self) -> int | None:
        """How long nobody had written when this was read; None: somebody has since the session's last owner."""
        return None if self.unowned_since is None else max(0, self.read_at - self.unowned_since)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the order in which sessions were made: at this time, in this row. Row 0 is before all of its time."""

    inserted_at: Millis
    row: int


@dataclass(frozen=True, slots=True)
class StoredPage:
    """Oldest first; ``last`` asks for the next page and is None on the last."""

    items: tuple[Stored, ...]
    last: Mark | None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session in a listing. ``player_id`` and ``player_status`` are the asking user's, where one asked."""

    game_id: GameId
    join_code: str
    kind: Kind
    game_status: StoredStatus
    latest_round: int
    inserted_at: Millis
    updated_at: Millis
    player_id: PlayerId | None = None
    player_status: str | None = None


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Newest first; ``cursor`` asks for the next page and is None on the last."""

    items: tuple[SessionSummary, ...]
    cursor: str | None


# --- nodes and users -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a session; ``alive`` is False where nobody does or the owner is dead."""

    kind: Kind
    game_status: StoredStatus
    state_version: int
    owner: Owner | None
    alive: bool


class RowVersion(msgspec.Struct, frozen=True, gc=False):
    """A session as its owner last wrote it: what must still hold for an order about it."""

    game_id: GameId
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as operators see it: its row without its state."""

    game_id: GameId
    join_code: str
    kind: Kind
    game_status: StoredStatus
    latest_round: int
    state_version: int
    seq: int
    snapshot_seq: int
    owner: Owner | None
    epoch: int
    wake_at: Millis | None
    asleep: bool
    unowned_since: Millis | None
    quarantine_reason: str | None
    inserted_at: Millis
    updated_at: Millis


@dataclass(frozen=True, slots=True)
class SessionRows:
    """Newest first; ``cursor`` asks for the next page and is None on the last."""

    items: tuple[SessionRow, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class UserRecord:
    """Someone who may sit in sessions, as a store keeps them."""

    user_id: UserId
    display_name: str
    inserted_at: Millis


@dataclass(frozen=True, slots=True)
class SignIn:
    """A way back in: the keyed hash of a token, never the token, and when it stops working."""

    token_hash: bytes
    user_id: UserId
    expires_at: Millis


# --- what the host tells ---------------------------------------------------------------------------------------------


class Committed(msgspec.Struct, Generic[S, E], frozen=True, gc=False):
    """What one durable commit did to a session: states around it, its entries in order, the mark of their term."""

    game_id: GameId
    before: S
    after: S
    entries: Sequence[Entry[E]]
    mark: str


class Seen(msgspec.Struct, Generic[S], frozen=True, gc=False):
    """A committed state and the number of the last entry in it."""

    state: S
    seq: int


EndOfFeed: TypeAlias = Literal["stopping", "moved", "quarantined", "failed"]
"""Why a watch ended: this host stops; another node took over; the session is out of service; the watcher raised."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the resume is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """What the resume found: how many sessions go on, and which are out of service and why."""

    sessions: int
    quarantined: tuple[tuple[GameId, str], ...]
