"""Matches and their events as JSON, with versions; what is read back equals what was written.

Version 1 is the first. A later one adds an upcaster here and keeps reading all before it (golden bytes in
``tests/play/golden`` hold it to that).
"""

from typing import Final

import msgspec

from minotaur.play.match import Match, MatchEvent
from minotaur.rules.coding import dec_hook, enc_hook

STATE_VERSION: Final = 1
EVENT_VERSION: Final = 1


class UnknownVersion(ValueError):
    """These bytes were written by a later release: leave them to a node that knows it."""

    def __init__(self, what: str, version: int) -> None:
        super().__init__(f"{what} version {version} is not known here")
        self.version = version


class MatchCodec:
    """Encodes and decodes matches; keeps ``sessions.ports.Codec``'s promises.

    Raises ``UnknownVersion`` for a version that is not known, ``msgspec.MsgspecError`` for bytes that are no match.
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
        if version != STATE_VERSION:
            raise UnknownVersion("state", version)
        return self._states.decode(raw)

    def encode_event(self, event: MatchEvent) -> bytes:
        return self._encoder.encode(event)

    def decode_event(self, raw: bytes, version: int) -> MatchEvent:
        if version != EVENT_VERSION:
            raise UnknownVersion("event", version)
        return self._events.decode(raw)
