"""A match: one game with the people around it, from the lobby to its end. This is the state a session keeps.

Who may do what and when is decided in ``machine.py``; here are the nouns: the state, its events and its commands.
"""

from typing import Literal

import msgspec

from clew.sessions.ids import GameId, UserId
from clew.tables.log.events_log import EventsLog
from minotaur.play.wire_shapes import BotKind
from minotaur.rules import commands, events
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import Settings

MatchStatus = Literal["lobby", "active", "concluded", "canceled"]


class Member(msgspec.Struct, frozen=True):
    """Somebody with a seat. Bots have no user."""

    player_id: PlayerId
    user_id: UserId | None
    display_name: str

    @property
    def is_bot(self) -> bool:
        return self.user_id is None


class Match(msgspec.Struct, frozen=True):
    """One match. ``game`` is None in the lobby, and for good if the match was canceled.

    Members are in the order of their seats; the first one is the host. ``bots`` is how many empty seats bots may take.
    ``events_log`` is what who comes back is told from. ``seed_chosen``: by its maker, who may know the board.
    """

    game_id: GameId
    join_code: str
    settings: Settings
    seed: int
    bots: int
    bot: BotKind
    members: tuple[Member, ...]
    status: MatchStatus = "lobby"
    game: Game | None = None
    events_log: EventsLog = EventsLog()
    seed_chosen: bool = False

    @property
    def host(self) -> Member:
        return self.members[0]

    def member_of(self, user_id: UserId) -> Member | None:
        """The seat of this user, if they have one."""
        return next((member for member in self.members if member.user_id == user_id), None)


# --- what happens ------------------------------------------------------------------------------------------------


class MatchCreated(msgspec.Struct, frozen=True, tag_field="type", tag="match_created"):
    """Somebody made a match and sits in its first seat."""

    game_id: GameId
    join_code: str
    settings: Settings
    seed: int
    bots: int
    bot: BotKind
    host: Member
    seed_chosen: bool = False
    """An earlier release does not say so of what it has another node make."""


class PlayerJoined(msgspec.Struct, frozen=True, tag_field="type", tag="player_joined"):
    """A player, or at the start a bot, took the next seat."""

    member: Member


class GameStarted(msgspec.Struct, frozen=True, tag_field="type", tag="game_started"):
    """All seats are taken; the board is laid. The whole game is in here, so no later code can deal it differently."""

    game: Game


class GameCanceled(msgspec.Struct, frozen=True, tag_field="type", tag="game_canceled"):
    """The host called the match off in the lobby."""


MatchEvent = MatchCreated | PlayerJoined | GameStarted | GameCanceled | events.Event

# --- what may be asked -------------------------------------------------------------------------------------------


class Join(msgspec.Struct, frozen=True):
    """Take a seat."""

    user_id: UserId
    display_name: str


class Start(msgspec.Struct, frozen=True):
    """Close the lobby and begin."""

    user_id: UserId


class Cancel(msgspec.Struct, frozen=True):
    """Call the match off."""

    user_id: UserId


class Lapse(msgspec.Struct, frozen=True):
    """Call the match off, for nobody has come by for long. Asked by the server itself."""


MatchCommand = Join | Start | Cancel | Lapse | commands.Command
