"""What a viewer is told of one journal entry, as bytes ready for the wire."""

from collections.abc import Collection
from typing import Final

import msgspec

from minotaur.play.match import GameCanceled, GameStarted, MatchCreated, MatchEvent, PlayerJoined
from minotaur.play.wire_events import GameCanceledTold, GameStartedTold, PlayerJoinedTold
from minotaur.rules.names import PlayerId
from minotaur.rules.told import confidants, tell

_ENCODER: Final = msgspec.json.Encoder()


def confidants_of(event: MatchEvent) -> Collection[PlayerId] | None:
    """The players who are told of it; None: everyone is, spectators too. Nobody is told of a creation."""
    match event:
        case MatchCreated():
            return ()
        case PlayerJoined() | GameStarted() | GameCanceled():
            return None
        case _:
            return confidants(event)


def told_bytes(event: MatchEvent, viewer: PlayerId | None) -> msgspec.Raw | None:
    """The event as this viewer is shown it, but for its number; None where they may not know of it.

    In the lobby everyone is told the same: who joins there has been told as much as who only watched.
    """
    match event:
        case MatchCreated():
            return None
        case PlayerJoined(member):
            return _raw(PlayerJoinedTold(round=0, id=member.player_id, display_name=member.display_name))
        case GameStarted(game):
            return _raw(GameStartedTold(round=game.round))
        case GameCanceled():
            return _raw(GameCanceledTold(round=0))
        case _:
            told = tell(event, viewer)
            return None if told is None else _raw(told)


def numbered(number: int, told: msgspec.Raw) -> msgspec.Raw:
    """The same with the viewer's own number."""
    return msgspec.Raw(b'{"seq":%d,' % number + bytes(told)[1:])


def skip_bytes(seq: int) -> msgspec.Raw:
    """A number of the first edition whose event a viewer may not know."""
    return msgspec.Raw(b'{"type":"skip","seq":%d}' % seq)


def _raw(told: object) -> msgspec.Raw:
    return msgspec.Raw(_ENCODER.encode(told))
