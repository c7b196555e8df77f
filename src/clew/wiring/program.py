"""What a command is bound to: the games it serves, and what it calls itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from clew.catalogue.catalogue import Catalogue
from clew.gateway.ports import AnyGame, ServedGames
from clew.operators.ports import AnyOperatedGame, OperatedGames
from clew.sessions.kinds import Reads
from clew.wiring.words import Words


class ProgramGame(NamedTuple):
    """One game, as gateways and as operators' tools know it. ``texts``: the folder of its own words (``Catalogue``)."""

    served: AnyGame
    operated: AnyOperatedGame
    texts: Path | None = None


@dataclass(frozen=True)
class Program:
    """``name`` is what people type, and the module that ``python -m`` runs; ``version`` is that of its distribution.

    ``games``, one at least and each of a kind of its own, are listed in this order. ``static_folder`` has the built
    pages, which are for all of them. ``takes_games``: it has none of its own, and is given some when it is run, by what
    they are ``named``; to look at what is stored it may do without.
    """

    name: str
    version: str
    games: Sequence[ProgramGame]
    static_folder: Path
    takes_games: bool = False
    named: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kinds = [game.served.kind for game in self.games]
        assert kinds or self.takes_games, "a program has games, or is given some"
        assert len(set(kinds)) == len(kinds), f"a program has games, each of a kind of its own: {kinds}"
        assert kinds == [game.operated.kind for game in self.games], "a game is served and operated under one kind"

    @property
    def title(self) -> str:
        """What people call it: as its only game, or by its own name where it has several."""
        return self.games[0].served.about.title if len(self.games) == 1 else self.name.capitalize()

    @property
    def served(self) -> ServedGames:
        """As gateways know them, by kind."""
        return {game.served.kind: game.served for game in self.games}

    @property
    def operated(self) -> OperatedGames:
        """As operators' tools know them, by kind."""
        return {game.operated.kind: game.operated for game in self.games}

    @property
    def catalogue(self) -> Catalogue:
        """All that it says to people."""
        return Catalogue(*(game.texts for game in self.games if game.texts is not None))

    @property
    def words(self) -> Words:
        """How people, systems and other programs meet it."""
        return Words(self.name)

    @property
    def reads(self) -> Reads:
        """What its nodes read."""
        return {kind: game.codec.state_version for kind, game in self.served.items()}
