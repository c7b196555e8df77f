"""What a viewer is told of one journal entry, but for its number."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import TypeAlias, assert_never

from clew.sessions.ids import PlayerId as SeatId
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
from clew.tables.lobby.events import (
    GameCanceled,
    HostPassed,
    Left,
    LobbyEvent,
    PlayerJoined,
    Released,
    SeatChanged,
    SentAway,
)
from clew.tables.lobby.members import place_of
from clew.tables.log.told_once import ToldAlike, ToldEach, ToldOnce
from minotaur.play.match import GameStarted, MatchCreated, MatchEvent, SettingsChanged
from minotaur.play.wire_agreed import AgreedTold, AutopilotBeganTold, PausedTold, WentOnTold
from minotaur.play.wire_events import (
    GameCanceledTold,
    GameStartedTold,
    HostPassedTold,
    LeftTold,
    PlayerJoinedTold,
    ReleasedTold,
    SeatChangedTold,
    SentAwayTold,
    SettingsChangedTold,
)
from minotaur.rules import events
from minotaur.rules.names import PlayerId
from minotaur.rules.told import Share, ToldEvent, tellings

_Around: TypeAlias = (
    PlayerJoinedTold
    | GameStartedTold
    | GameCanceledTold
    | LeftTold
    | SentAwayTold
    | HostPassedTold
    | SeatChangedTold
    | ReleasedTold
    | SettingsChangedTold
    | AgreedTold
    | PausedTold
    | WentOnTold
    | AutopilotBeganTold
)
_Shares: TypeAlias = Sequence[Share | tuple[Collection[PlayerId] | None, _Around]]


def told_once(event: MatchEvent) -> ToldOnce[MatchEvent]:
    """What is told of this event: what of it to whom is worked out once."""
    shares = _shares(event)
    if len(shares) == 1:  # all but a noise that comes from two sides
        only, told = shares[0]
        begins_round = only is None and isinstance(event, GameStarted | events.RoundStarted)
        return ToldAlike(event, told, only, begins_round=begins_round)
    return ToldEach(event, partial(_share_of, shares))


def _share_of(shares: _Shares, viewer: SeatId | None) -> ToldEvent | _Around | None:
    """In the lobby everyone is told the same: who joins there has been told as much as who only watched."""
    for players, told in shares:
        if players is None or (viewer is not None and viewer in players):
            return told
    return None


def _shares(event: MatchEvent) -> _Shares:
    if isinstance(event, LobbyEvent):
        return ((None, _told_in_lobby(event)),)
    if isinstance(event, AgreementEvent):
        return ((None, _told_agreed(event)),)
    match event:
        case MatchCreated():
            return ()
        case SettingsChanged():
            return ((None, SettingsChangedTold(round=0)),)
        case GameStarted(game):
            return ((None, GameStartedTold(round=game.round)),)
        case _:
            return tellings(event)


def _told_agreed(event: AgreementEvent) -> _Around:
    match event:
        case Agreed(number, seat, to):
            return AgreedTold(round=number, id=seat, to=to)
        case Paused(number):
            return PausedTold(round=number)
        case WentOn(number):
            return WentOnTold(round=number)
        case AutopilotBegan(number, seat):
            return AutopilotBeganTold(round=number, id=seat)
        case _:
            assert_never(event)


def _told_in_lobby(event: LobbyEvent) -> _Around:
    """As ``minotaur.v1`` has it, whose events all have a step."""
    match event:
        case PlayerJoined(member):
            return PlayerJoinedTold(round=0, id=member.player_id, display_name=member.display_name)
        case GameCanceled():
            return GameCanceledTold(round=0)
        case Left(seat, name):
            return LeftTold(round=0, id=seat, display_name=name)
        case SentAway(seat, name):
            return SentAwayTold(round=0, id=seat, display_name=name)
        case HostPassed(seat):
            return HostPassedTold(round=0, id=seat)
        case SeatChanged(seat, bot):
            return SeatChangedTold(round=0, seat=place_of(seat), bot=None if bot is None else bot.bot)
        case Released(seat, name):
            return ReleasedTold(round=0, id=seat, display_name=name)
        case _:
            assert_never(event)
