"""A match: one game with the people around it, from the lobby to its end. This is the state a session keeps.

Who may do what and when is decided in ``machine.py``; here are the nouns: the state, its events and its commands.
"""

import msgspec

from clew.sessions.ids import GameId
from clew.tables.agreeing.commands import AgreementCommand
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.lobby.commands import LobbyCommand
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import Member
from minotaur.play.wire_shapes import BotKind
from minotaur.rules import commands, events
from minotaur.rules.game import Game
from minotaur.rules.settings import Settings


class Match(Gathering, frozen=True, kw_only=True):
    """One match. ``game`` is None in the lobby, and for good if the match was canceled."""

    settings: Settings
    bot: BotKind
    game: Game | None = None

    @property
    def places(self) -> int:
        return self.settings.seats

    @property
    def usual_bot(self) -> BotKind:
        return self.bot


class MatchCreated(msgspec.Struct, frozen=True, tag_field="type", tag="match_created"):
    """Somebody made a match and sits in its first seat; of a rematch, in the one they had."""

    game_id: GameId
    join_code: str
    settings: Settings
    seed: int
    bots: int
    bot: BotKind
    host: Member
    seed_chosen: bool = False
    """An earlier release does not say so of what it has another node make."""
    others: tuple[Member, ...] = ()
    """Bots who sit there from the beginning, and people for whom their seats are kept."""
    follows: GameId | None = None
    """Which game it is the rematch of."""
    public: bool = False


class SettingsChanged(msgspec.Struct, frozen=True, tag_field="type", tag="settings_changed"):
    """The host has it otherwise: all that may be chosen after a match was made, as it is now."""

    settings: Settings
    bots: int
    bot: BotKind
    public: bool = False


class GameStarted(msgspec.Struct, frozen=True, tag_field="type", tag="game_started"):
    """All seats are taken; the board is laid. The whole game is in here, so no later code can deal it differently."""

    game: Game


MatchEvent = MatchCreated | LobbyEvent | AgreementEvent | SettingsChanged | GameStarted | events.Event
MatchCommand = LobbyCommand | AgreementCommand | commands.Command
