"""Tables and their events as JSON, with versions; what is read back equals what was written."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec.structs import replace

from clew.game import AnyGame, Plain
from clew.tables.events import AnyEvent
from clew.tables.schema import event_type, table_type
from clew.tables.table import AnyTable
from clew.tables.upcasting import Versions, refuse_newer, upcast_event, upcast_table, versions_of

_ENCODER: Final = msgspec.json.Encoder()


class _Written(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What is stored: which versions it was written as, and what it is."""

    table: int
    state: int
    event: int
    body: msgspec.Raw

    @property
    def versions(self) -> Versions:
        return Versions(self.table, self.state, self.event)


class TableCodec:
    """Encodes and decodes the tables of one game; keeps ``sessions.ports.Codec``'s promises.

    Raises ``TooNew`` for the version of a later release, ``ValueError`` (``msgspec.MsgspecError`` is one) for one that
    never was and for bytes that are no table; of what a game's own steps raise, whatever that is.
    """

    def __init__(self, game: AnyGame) -> None:
        self._game = game
        self._versions = versions_of(game)
        self.state_version = self.event_version = self._versions.number
        self._written = msgspec.json.Decoder(_Written)
        self._tables: msgspec.json.Decoder[Any] = msgspec.json.Decoder(table_type(game))
        self._events: msgspec.json.Decoder[Any] = msgspec.json.Decoder(event_type(game))

    def encode_state(self, state: AnyTable) -> bytes:
        return self._encode(state)

    def decode_state(self, raw: bytes, version: int) -> AnyTable:
        written = self._read("state", raw, version)
        body = written.body
        if written.versions != self._versions:
            plain = msgspec.json.decode(body, type=Plain)
            body = _ENCODER.encode(upcast_table(self._game, plain, written.versions))
        table: AnyTable = self._tables.decode(body)
        return replace(table, events_log=table.events_log.detached())

    def encode_event(self, event: AnyEvent) -> bytes:
        return self._encode(event)

    def decode_event(self, raw: bytes, version: int) -> AnyEvent:
        written = self._read("event", raw, version)
        body = written.body
        if written.versions != self._versions:
            plain = msgspec.json.decode(body, type=Plain)
            body = _ENCODER.encode(upcast_event(self._game, plain, written.versions))
        return self._events.decode(body)

    def _encode(self, what: AnyTable | AnyEvent) -> bytes:
        return _ENCODER.encode(_Written(*self._versions, msgspec.Raw(_ENCODER.encode(what))))

    def _read(self, what: str, raw: bytes, version: int) -> _Written:
        """The number is looked at first: of what a later release wrote nothing else need be as it is here."""
        if version > self._versions.number:
            refuse_newer(what, Versions(version, 1, 1), self._versions)
        written = self._written.decode(raw)
        if written.versions.number != version:
            raise ValueError(f"it is kept as version {version}, and says {written.versions.number}")
        refuse_newer(what, written.versions, self._versions)
        return written
