"""What an operator's tools need of a game: to try a stored session out, and to show one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from clew.sessions.ids import Kind, PlayerId, UserId
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.records import Entry

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Asked(NamedTuple):
    """What somebody with a seat may ask."""

    seat: PlayerId
    command: Any


class OperatedGame(Protocol[S, C, E]):
    """Pure functions, as the machine's."""

    @property
    def kind(self) -> Kind: ...
    @property
    def machine(self) -> Machine[S, C, E]: ...
    @property
    def codec(self) -> Codec[S, E]: ...

    # --- to try a session out ------------------------------------------------------------------------------------

    def open_to_bots(self, state: S) -> S:
        """A lobby all of whose empty seats bots may take, however few its host allowed."""
        ...

    def start(self, state: S) -> Asked:
        """What the host of a lobby asks to begin the game."""
        ...

    def plans(self, state: S) -> Sequence[Asked]:
        """Legal plans for those who are waited for, as bots make them.

        A plan that was made before stands, because it is what this release would have to play.
        """
        ...

    def shown(self, state: S) -> Sequence[bytes]:
        """What everybody who may watch would see now: each player, and who only watches."""
        ...

    def replay(self, entries: Sequence[Entry[E]]) -> bytes:
        """A game that is over, in full, from its whole journal."""
        ...

    # --- to show it ----------------------------------------------------------------------------------------------

    def names(self, state: S, gone: Collection[UserId]) -> Sequence[str]:
        """What those who sit in it are called, in the order of its summary; those who are gone as everybody is told."""
        ...

    def line(self, event: E) -> str:
        """An event in one line. Raises anything for one that is spoiled."""
        ...


AnyOperatedGame: TypeAlias = OperatedGame[Any, Any, Any]
OperatedGames: TypeAlias = Mapping[Kind, AnyOperatedGame]
"""All that a program has, by their kind."""
