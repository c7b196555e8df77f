"""Matches and their events as JSON, with versions; what is read back equals what was written.

Version 1 is the first. A later one adds an upcaster here and keeps reading all before it (golden bytes in
``tests/golden/stored`` hold it to that).
"""

from typing import Final

import msgspec

from minotaur.play.match import Match, MatchEvent
from minotaur.rules.coding import dec_hook, enc_hook
from minotaur.sessions.faults import TooNew

STATE_VERSION: Final = 1
EVENT_VERSION: Final = 1


class MatchCodec:
    """Encodes and decodes matches; keeps ``sessions.ports.Codec``'s promises.

    Raises ``TooNew`` for the version of a later release, ``ValueError`` for one that never was,
    ``msgspec.MsgspecError`` for bytes that are no match.
    """

    def __init__(self) -> None:
        self.state_version = STATE_VERSION
        self.event_version = EVENT_VERSION
        self._encoder = msgspec.json.Encoder(enc_hook=enc_hook)
        self._states = msgspec.json.Decoder(Match, dec_hook=dec_hook)
        self._events = msgspec.json.Decoder[MatchEvent](MatchEvent, dec_hook=dec_hook)

    def encode_state(self, state: Match) -> bytes:
        return self._encoder.encode(state)

    def decode_state(self, raw: bytes, version: int) -> Match:
        _check("state", version, STATE_VERSION)
        return self._states.decode(raw)

    def encode_event(self, event: MatchEvent) -> bytes:
        return self._encoder.encode(event)

    def decode_event(self, raw: bytes, version: int) -> MatchEvent:
        _check("event", version, EVENT_VERSION)
        return self._events.decode(raw)


def _check(what: str, version: int, newest: int) -> None:
    if version > newest:
        raise TooNew(what, version, newest)
    if version < newest:
        raise ValueError(f"there never was a version {version} of {what}s")
