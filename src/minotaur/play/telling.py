"""What a viewer is told of one journal entry, as bytes ready for the wire."""

from typing import Final

import msgspec

from minotaur.play.match import GameCanceled, GameStarted, MatchCreated, MatchEvent, PlayerJoined
from minotaur.play.wire_events import GameCanceledShown, GameStartedShown, PlayerJoinedShown
from minotaur.rules.names import PlayerId
from minotaur.rules.told import tell

_ENCODER: Final = msgspec.json.Encoder()


def told_bytes(seq: int, event: MatchEvent, viewer: PlayerId | None) -> msgspec.Raw | None:
    """The numbered event as this viewer is shown it; None where they may not know of it."""
    match event:
        case MatchCreated():
            return None
        case PlayerJoined(member):
            joined = PlayerJoinedShown(seq=seq, round=0, id=member.player_id, display_name=member.display_name)
            return msgspec.Raw(_ENCODER.encode(joined))
        case GameStarted(game):
            return msgspec.Raw(_ENCODER.encode(GameStartedShown(seq=seq, round=game.round)))
        case GameCanceled():
            return msgspec.Raw(_ENCODER.encode(GameCanceledShown(seq=seq, round=0)))
        case _:
            told = tell(event, viewer)
            return None if told is None else msgspec.Raw(b'{"seq":%d,' % seq + _ENCODER.encode(told)[1:])


def skip_bytes(seq: int) -> msgspec.Raw:
    """The number of an event that a viewer may not know."""
    return msgspec.Raw(b'{"type":"skip","seq":%d}' % seq)
