"""Matches and their events as JSON, with versions; what is read back equals what was written.

Version 1 is the first; all before the newest are read through the steps in ``upcasting`` (golden bytes in
``tests/golden/stored`` hold it to that). A row's state version speaks for its journal too: whoever raises the version
of events raises that of states with it.
"""

from typing import Final

import msgspec
from msgspec.structs import replace

from minotaur.play.match import Match, MatchEvent
from minotaur.play.upcasting import EVENTS, STATES, upcast
from minotaur.rules.coding import dec_hook, enc_hook

STATE_VERSION: Final = 4
EVENT_VERSION: Final = 3


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
        if version != STATE_VERSION:
            raw = upcast("state", raw, version, STATE_VERSION, STATES)
        match = self._states.decode(raw)
        return replace(match, events_log=match.events_log.detached())

    def encode_event(self, event: MatchEvent) -> bytes:
        return self._encoder.encode(event)

    def decode_event(self, raw: bytes, version: int) -> MatchEvent:
        if version != EVENT_VERSION:
            raw = upcast("event", raw, version, EVENT_VERSION, EVENTS)
        return self._events.decode(raw)
