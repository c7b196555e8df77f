"""What this game is called where it runs beside others, and all that a node needs to have it."""

from typing import Final, TypeAlias

from clew.sessions.games import GameKind, Games, games_of, reads_of
from clew.sessions.ids import Kind
from clew.sessions.kinds import Reads
from clew.sessions.ports.game import Machine
from minotaur.play.codec import MatchCodec
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchEvent

KIND: Final = Kind("minotaur")

MatchGames: TypeAlias = Games[Match, MatchCommand, MatchEvent]


def match_games(machine: Machine[Match, MatchCommand, MatchEvent] | None = None) -> MatchGames:
    """This game, and no other; by other rules, where they are given."""
    return games_of(GameKind(KIND, machine or MatchMachine(), MatchCodec()))


READS: Final[Reads] = reads_of(match_games())
"""What this release reads."""
