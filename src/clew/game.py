"""The door: one class for a game in rounds. Whoever writes one needs nothing else of Clew.

In every round all who are on turn plan in secret; at its end the plans are resolved at once. Clew does the rest: the
lobby, the seats, the clock, bots and autopilots, and that nothing which was acknowledged is ever lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Generic, TypeAlias, TypeVar

import msgspec

from clew import definition
from clew.lot import Lot
from clew.sessions.ids import PlayerId
from clew.sessions.records import Refused

S = TypeVar("S", bound=msgspec.Struct)
P = TypeVar("P", bound=msgspec.Struct)
E = TypeVar("E", bound=msgspec.Struct)
V = TypeVar("V", bound=msgspec.Struct)

if TYPE_CHECKING:
    Seat: TypeAlias = PlayerId
    """``p1``, ``p2``, …: a place at the table, whoever sits there."""
else:
    # The same, and schemas say that no other text is meant: a form can offer the people at the table.
    Seat = Annotated[PlayerId, msgspec.Meta(extra_json_schema={"format": "seat"})]
Plain: TypeAlias = dict[str, Any]
"""A state or an event as JSON has it."""
Step: TypeAlias = Callable[[Plain], Plain]
"""From one version's plain values to the next one's. Never changed once released."""

NEEDED: Final = ("setup", "legal", "resolve", "evolve", "view", "tell", "outcome")
"""What every game writes itself."""


class NoOptions(msgspec.Struct, frozen=True):
    """A game that leaves nothing to choose."""


class Outcome(msgspec.Struct, frozen=True):
    """How a game ended. Nobody among the winners: a draw."""

    winners: tuple[Seat, ...] = ()


class Game(Generic[S, P, E, V]):
    """A game of rounds: ``class Bids(Game[State, Plan, Event, View])``, all of them frozen msgspec structs.

    Every method is a pure function: of its arguments and nothing else, and it changes none of them. Time, files and
    ``random`` are not for games; chance comes from the ``lot``. ``pytest --clew-game`` finds out whether a game keeps
    that. Secrecy is the default: nobody gets anything but what ``view`` and ``tell`` give them. What ``tell`` tells
    somebody must show in their ``view`` too, or who reloads the page would know less than who did not.

    A class that can't be a game is refused with ``InvalidGame`` where it is defined.
    """

    kind: ClassVar[str] = ""
    """What rows and addresses call it, for ever: a-z, 0-9, ``-``."""
    seats: ClassVar[tuple[int, int]] = (2, 8)
    """The least and the greatest number of players."""
    round_seconds: ClassVar[int] = 30
    """How long a round is, unless who makes the table says otherwise."""
    options: ClassVar[type[msgspec.Struct]] = NoOptions
    """What may be chosen for a table: a frozen struct; defaults, and bounds as ``msgspec.Meta``, stand there once."""
    last_one_wins: ClassVar[bool] = True
    """Whether the game is over, and won, once only one of several seats is left in it."""
    state_version: ClassVar[int] = 1
    """Raised with every change of what a state, a plan or an option looks like."""
    event_version: ClassVar[int] = 1
    """Raised with every change of what an event looks like."""
    upcast_state: ClassVar[Mapping[int, Step]] = {}
    """By the version a step begins at."""
    upcast_event: ClassVar[Mapping[int, Step]] = {}
    upcast_plan: ClassVar[Mapping[int, Step]] = {}
    """Also by the state's version, where plans have changed in a way that a default does not bridge."""
    upcast_options: ClassVar[Mapping[int, Step]] = {}
    types: ClassVar[definition.Types]
    """What it is made of; found out when the class is defined."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        name = cls.__name__
        definition.check_numbers(name, cls.kind, cls.seats, cls.round_seconds)
        definition.check_methods(cls, Game, NEEDED)
        cls.types = definition.types_of(cls, Game)
        definition.check_types(name, cls.types, cls.options)
        definition.check_options(name, cls.options)
        definition.check_steps(name, "state", cls.state_version, cls.upcast_state)
        definition.check_steps(name, "event", cls.event_version, cls.upcast_event)
        definition.check_idle(cls, Game, cls.types.plan)

    # --- what every game writes ----------------------------------------------------------------------------------

    def setup(self, seats: Sequence[Seat], options: Any, lot: Lot) -> S:
        """The state in which the first round begins."""
        raise NotImplementedError

    def legal(self, state: S, seat: Seat, plan: P) -> Refused | None:
        """None, or why this seat can't plan that. It must not tell the seat more than its ``view`` does."""
        raise NotImplementedError

    def resolve(self, state: S, plans: Mapping[Seat, P], lot: Lot) -> Iterable[E]:
        """What the plans of the round come to, in order. There is one for each seat on turn, in the order of seats."""
        raise NotImplementedError

    def evolve(self, state: S, event: E) -> S:
        """The state after an event. It never chooses: a replay must not be able to differ."""
        raise NotImplementedError

    def view(self, state: S, viewer: Seat | None) -> V:
        """All that a viewer may know of the state; None: who only watches."""
        raise NotImplementedError

    def tell(self, event: E, viewer: Seat | None) -> msgspec.Struct | None:
        """What a viewer is told of an event, if anything. Its annotation says what that can be."""
        raise NotImplementedError

    def outcome(self, state: S) -> Outcome | None:
        """How the game ended; None: it goes on."""
        raise NotImplementedError

    # --- what a game may write -----------------------------------------------------------------------------------

    def idle(self, state: S, seat: Seat) -> P:  # noqa: ARG002 - what one plan for all does not need
        """What counts as the plan of a seat that sends none. Always legal."""
        return self.types.plan()

    def bot(self, view: V, seat: Seat, lot: Lot) -> P | None:  # noqa: ARG002 - what the idle don't need
        """What a bot in this seat plans, from what the seat may know; None: as one who sends nothing. Always legal."""
        return None

    def out(self, state: S) -> Collection[Seat]:  # noqa: ARG002 - where nobody ever is
        """The seats that no longer play: they need no plan, and everyone may know that."""
        return ()

    def on_turn(self, state: S, playing: Sequence[Seat]) -> Collection[Seat]:  # noqa: ARG002 - where all are
        """Who of those who play plans in this round. Everyone may know that."""
        return playing

    def resign(self, state: S, seat: Seat) -> Iterable[E]:  # noqa: ARG002 - where it changes nothing
        """What it does to the game that a seat gives up. It needs no plan from then on."""
        return ()

    def ranking(self, state: S) -> Sequence[Collection[Seat]] | None:  # noqa: ARG002 - what an outcome says too
        """Who came where once it is over, the best first; those in one group share a place. Every seat is in one.

        None: who won is first, and all others share the place after them.
        """
        return None

    def fate(self, state: S, seat: Seat) -> str:  # noqa: ARG002 - of which there is nothing to say
        """What became of a seat once it is over, in a word for the game's own page: up to 32 of a-z, 0-9 and _."""
        return ""

    def check(self, state: S) -> None:
        """Raises, with what is wrong as its text, for a state that can't be, whichever version wrote it. Quick."""

    def picture(self, state: S, names: Mapping[Seat, str]) -> str | None:  # noqa: ARG002 - where a card will do
        """How it ended, as an SVG of 1200 by 630 for a chat; None: a card with the names and who won.

        ``names`` may be put into it as they are: nothing in them is markup. Nothing is loaded by it, fonts neither.
        """
        return None

    def describe(self, state: S) -> str:
        """The state in one line, for the log of a crash."""
        return msgspec.json.encode(state).decode()


AnyGame: TypeAlias = Game[Any, Any, Any, Any]
"""A game as the table sees it, which looks into nothing that the game made."""
