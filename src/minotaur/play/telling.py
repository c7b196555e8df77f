"""What a viewer is told of one journal entry, as bytes ready for the wire.

An event is told once: what was written for the log of the match, in the turn that made it, is what every feed sends
when the commit has returned.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from minotaur.play.match import GameCanceled, GameStarted, MatchCreated, MatchEvent, PlayerJoined
from minotaur.play.wire_events import GameCanceledTold, GameStartedTold, PlayerJoinedTold
from minotaur.rules.names import PlayerId
from minotaur.rules.told import Share, tellings

LATEST_MAX: Final = 1024
"""So many events are kept as they were told; of older ones, those of many games, it is worked out anew."""

_ENCODER: Final = msgspec.json.Encoder()
_Lobby = PlayerJoinedTold | GameStartedTold | GameCanceledTold


class ToldOnce:
    """Each thing that is told of one event, with who is told it; written when the first of them is.

    ``everyone``: whether everyone is told, spectators too.
    """

    __slots__ = ("_shares", "_texts", "event", "everyone")

    def __init__(self, event: MatchEvent) -> None:
        self.event = event  # held on to, so that its identity names it as long as this is kept
        self._shares = shares = _shares(event)
        self._texts: list[msgspec.Raw | None] = [None] * len(shares)
        self.everyone = bool(shares) and shares[0][0] is None

    @property
    def players(self) -> Collection[PlayerId]:
        """Those who are told where not everyone is."""
        shares = self._shares
        if len(shares) == 1:  # all but a noise that comes from two sides
            return shares[0][0] or ()
        return [player for to, _ in shares for player in to or ()]

    def to(self, viewer: PlayerId | None) -> msgspec.Raw | None:
        """The event as this viewer is shown it, but for its number; None where they may not know of it.

        In the lobby everyone is told the same: who joins there has been told as much as who only watched.
        """
        for at, (players, _) in enumerate(self._shares):
            if players is None or (viewer is not None and viewer in players):
                return self._text(at)
        return None

    def _text(self, at: int) -> msgspec.Raw:
        text = self._texts[at]
        if text is None:
            self._texts[at] = text = msgspec.Raw(_ENCODER.encode(self._shares[at][1]))
        return text


_latest: Final[OrderedDict[int, ToldOnce]] = OrderedDict()
"""By the identity of the event: a commit hands on the very objects that were decided."""


def told_of(event: MatchEvent) -> ToldOnce:
    """What is told of it, and to whom. For events just decided: those read back from a journal are other objects."""
    told = _latest.get(id(event))
    if told is None:
        if len(_latest) >= LATEST_MAX:
            _latest.popitem(last=False)
        _latest[id(event)] = told = ToldOnce(event)
    return told


def _shares(event: MatchEvent) -> Sequence[Share | tuple[Collection[PlayerId] | None, _Lobby]]:
    match event:
        case MatchCreated():
            return ()
        case PlayerJoined(member):
            return ((None, PlayerJoinedTold(round=0, id=member.player_id, display_name=member.display_name)),)
        case GameStarted(game):
            return ((None, GameStartedTold(round=game.round)),)
        case GameCanceled():
            return ((None, GameCanceledTold(round=0)),)
        case _:
            return tellings(event)
