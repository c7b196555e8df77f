"""What a gateway needs of a game that it serves: said by the game once, and handed in by who puts a node together."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

import msgspec

from clew.catalogue.voice import Voice
from clew.gateway.calls import Opening, Order
from clew.gateway.company import Company, RoundSoFar
from clew.people.user import User
from clew.sessions.host import Host, Watch
from clew.sessions.ids import GameId, Kind, PlayerId, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.records import Committed, Entry
from clew.wire.changing import ChangeOfGame
from clew.wire.errors import ErrorKind
from clew.wire.http import KindInfo
from clew.wire.shapes import GameStatus

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
M_contra = TypeVar("M_contra", contravariant=True)

Journal: TypeAlias = Callable[[GameId, int, int], Awaitable[Sequence[Entry[E]]]]
"""A host's: the entries of a game after a number, at most so many."""


class PlayerMessage(Protocol):
    """What a player says over a socket."""

    @property
    def command_id(self) -> str: ...


class ListedPlayer(Protocol):
    """Whoever has a seat, as a listing shows them."""

    @property
    def player_id(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def player_status(self) -> str: ...
    @property
    def is_bot(self) -> bool: ...


class Info(Protocol):
    """What one user may know of a game without watching it: a struct of the game's, of which this much is read here."""

    @property
    def game_id(self) -> str: ...
    @property
    def join_code(self) -> str: ...
    @property
    def game_status(self) -> GameStatus: ...
    @property
    def latest_round(self) -> int: ...
    @property
    def kept(self) -> Sequence[object]: ...
    @property
    def invited(self) -> object | None: ...
    @property
    def host_id(self) -> str: ...
    @property
    def you(self) -> str | None: ...
    @property
    def seats(self) -> int: ...
    @property
    def rematch(self) -> str | None: ...
    @property
    def public(self) -> bool: ...
    @property
    def players(self) -> Sequence[ListedPlayer]: ...


class Seated(Protocol):
    """Somebody with a seat."""

    @property
    def player_id(self) -> str: ...
    @property
    def user_id(self) -> UserId | None: ...


class CreationEvent(Protocol):
    """The event that makes a game, a struct. ``others``: who has a seat in it beside the host, bots too."""

    @property
    def game_id(self) -> GameId: ...
    @property
    def join_code(self) -> str: ...
    @property
    def host(self) -> Seated: ...
    @property
    def others(self) -> Sequence[Seated]: ...


class Fresh(NamedTuple):
    """What nobody chooses of a new game."""

    game_id: GameId
    join_code: str
    seed: int


class Comer(NamedTuple):
    """Who begins to watch: ``after`` which number, under which mark. None: nobody with a name; afresh; without a mark.

    ``again``: its client has been welcomed before, and will not see this welcome; the view goes with what was missed.
    ``changes``: its client takes what has changed of its view, once it has a whole one.
    """

    user_id: UserId | None
    after: int | None
    mark: str | None
    again: bool
    changes: bool = False


class ViewerFeed(Protocol[S, E]):
    """What one viewer is told of each commit."""

    @property
    def told_seq(self) -> int:
        """The viewer's own number: everything up to it is told."""
        ...

    @property
    def mark(self) -> str:
        """Names the history up to it."""
        ...

    def follow(self, committed: Committed[S, E]) -> str | None:
        """What a commit means to this viewer, as text for the client; None if nothing they may know has changed."""
        ...

    def aside(self, asides: Sequence[msgspec.Raw]) -> str | None:
        """What was told past the journal, as text for the client; none: the company may have changed. None as above."""
        ...


@dataclass(frozen=True, slots=True)
class Shapes:
    """The game's own types on the wire. ``say``: the union of what a player says over a socket, each a
    ``PlayerMessage``; ``creation``: the event that makes a game, as it travels to the node that is to hold it.

    Of the HTTP half: the body that asks for a game, the listing of one (``Info``), both tagged by their ``kind``; the
    body that asks to have it otherwise (``change``), which need not name the kind of a game that is there; the replay.
    """

    say: Any
    creation: Any
    request: type[Any]
    change: type[ChangeOfGame]
    info: type[Any]
    replay: type[Any]
    errors: Mapping[str, ErrorKind]
    """Every code its players may be told (``clew.wire.errors.errors_with``)."""


class ServedGame(Protocol[S, C, E, M_contra]):
    """A game with a lobby, as it is played over sockets: its state, what is asked of it, and what of it is told."""

    @property
    def kind(self) -> Kind:
        """What its sessions are known by, as long as there are any."""
        ...

    @property
    def machine(self) -> Machine[S, C, E]: ...
    @property
    def codec(self) -> Codec[S, E]: ...
    @property
    def shapes(self) -> Shapes: ...
    @property
    def subprotocol(self) -> str:
        """The name and version of what is spoken on its sockets."""
        ...

    @property
    def about(self) -> KindInfo:
        """What everybody may know of it who looks for a game."""
        ...

    def foresee(self, state: S) -> Callable[[], None] | None:
        """Work that the end of this state's round would have to do; None: none that is worth it.

        It is called in another thread, at most once, and changes nothing of what the machine answers, only how soon.
        """
        ...

    # --- what is asked of it -------------------------------------------------------------------------------------

    def create(self, user: User, request: Any, fresh: Fresh) -> CreationEvent:
        """The event that makes what this user asks for, the user in its first seat.

        Raises ``ApiError`` ``invalid``, with the field's ``path`` in the details.
        """
        ...

    def again(self, state: S, user: User, fresh: Fresh) -> CreationEvent:
        """The event that makes the rematch of a game that is over, this user the host.

        Raises ``ApiError`` ``game_not_over``, ``game_canceled``, ``not_playing``: the user did not sit in it.
        """
        ...

    def wants_bots(self, request: Any) -> bool: ...
    def join(self, user_id: UserId, display_name: str) -> C: ...
    def start(self, user_id: UserId) -> C: ...
    def cancel(self, user_id: UserId) -> C: ...
    def lapse(self) -> C:
        """Call it off, for nobody has come by for long."""
        ...

    def pass_on(self, here: Sequence[UserId]) -> C:
        """Have somebody host of a lobby whose host has gone: of these, who are here, who came first."""
        ...

    def order(self, user_id: UserId, order: Order[Any]) -> C:
        """What somebody asks of those around the game. What it asks to change is of ``shapes.change``."""
        ...

    def command(self, said: M_contra, seat: PlayerId) -> C:
        """What a player said over a socket."""
        ...

    def agree(self, seat: PlayerId, to: str, here: Collection[UserId] | None) -> C:
        """What a player would have, as soon as the others agree. ``here``: who is; None: it is not known yet."""
        ...

    def is_asked(self, state: S) -> bool:
        """Whether somebody has asked for what others may agree to. Quick: it is asked with each commit."""
        ...

    def count_agreed(self, state: S, here: Collection[UserId]) -> C | None:
        """Have all that come to be to which all have agreed, these being here; None: there is nothing such."""
        ...

    # --- what of it is told --------------------------------------------------------------------------------------

    def seat_of(self, state: S, user_id: UserId) -> PlayerId | None: ...
    def people(self, state: S) -> Mapping[PlayerId, UserId]:
        """Who sits where, bots left out."""
        ...

    def named_in(self, state: S) -> frozenset[UserId]:
        """Everybody whom a view or a listing of it names: who sits there, and who is asked to."""
        ...

    async def named_ever(self, game_id: GameId, state: S, comer: Comer, journal: Journal[E]) -> frozenset[UserId]:
        """The same, and everybody whom what this comer may be told of its past names.

        Raises what reading the journal raises.
        """
        ...

    def name_at(self, state: S, seat: PlayerId) -> str:
        """What they are called who sit there."""
        ...

    def host_of(self, state: S) -> PlayerId | None:
        """Whose lobby it is; None: it is none any more."""
        ...

    def begins_as(self, state: S) -> object:
        """What is settled of a game in its lobby but for who sits there: equal as long as none of it is otherwise."""
        ...

    def round_seconds(self, state: S) -> int:
        """How long a round of it lasts."""
        ...

    def standing(self, state: S) -> RoundSoFar:
        """How far they are with the round."""
        ...

    def info(self, state: S, user_id: UserId | None, gone: Collection[UserId] = ()) -> Info:
        """What this user may know of it. Who is ``gone`` for good is not named, here and below."""
        ...

    def number_at(
        self, game_id: GameId, state: S, seq: int, entry: int, seat: PlayerId, journal: Journal[E]
    ) -> Awaitable[int]:
        """What this player was told by entry ``entry`` of a game that stands after ``seq``, whenever it is asked: the
        journal's number would tell what others do.
        """
        ...

    def number_now(self, state: S, seq: int, entry: int, seat: PlayerId) -> int | None:
        """The same, where the state says it; None where the journal has to be read."""
        ...

    async def open_feed(
        self,
        game_id: GameId,
        watch: Watch[S, E],
        company: Callable[[], Company],
        journal: Journal[E],
        comer: Comer,
        clock: Clock,
    ) -> tuple[ViewerFeed[S, E], Opening]:
        """A feed from where the watch began, and how it opens. Raises what reading the journal raises.

        ``company``: what is shown of it is asked for with each view; who is ``gone`` of it is not named.
        """
        ...

    def named_by(self, entries: Sequence[Entry[E]]) -> frozenset[UserId]:
        """Everybody whom its whole journal names."""
        ...

    def replay(self, entries: Sequence[Entry[E]], gone: Collection[UserId] = ()) -> bytes:
        """A game that is over, in full, as JSON; from its whole journal. Runs in a thread."""
        ...

    def picture(self, entries: Sequence[Entry[E]], voice: Voice, gone: Collection[UserId] = ()) -> bytes:
        """How it ended, as an SVG in which no name is anything but text, said by ``voice``; likewise."""
        ...


AnyGame: TypeAlias = ServedGame[Any, Any, Any, Any]
"""Whichever: a gateway looks into no state, command or event."""
ServedGames: TypeAlias = Mapping[Kind, AnyGame]
"""All that a gateway has, by their kind."""
AnyHost: TypeAlias = Host[Any, Any, Any]
