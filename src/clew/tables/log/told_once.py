"""What viewers are told of one event, as bytes ready for the wire but for the viewer's own number.

An event is told once: what was written for the log, in the turn that made it, is what every feed sends when the commit
has returned.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, Generic, TypeAlias, TypeVar

import msgspec

from clew.game import Seat
from clew.tables.log.bounds import LATEST_MAX
from clew.tables.log.events_log import WATCHING, EventsLog, LogDraft, LogLine, reader_of

E = TypeVar("E")

_ENCODER: Final = msgspec.json.Encoder()


class ToldAlike(Generic[E]):
    """One thing that is told of an event, written when the first viewer is told. ``only``: to those in these seats.

    None: to everyone, who only watches too. ``begins_round``: so it is, and the numbers are each viewer's own from here
    on, if they were not yet.
    """

    __slots__ = ("_text", "_told", "begins_round", "event", "only")

    def __init__(
        self, event: E, told: msgspec.Struct, only: Collection[str] | None = None, *, begins_round: bool = False
    ) -> None:
        self.event = event  # held on to, so that its identity names it as long as this is kept
        self.begins_round = begins_round
        self._told = told
        self.only = only
        self._text: msgspec.Raw | None = None

    def to(self, viewer: Seat | None) -> msgspec.Raw | None:
        """The event as this viewer is told it, but for its number; None where they may not know of it."""
        if self.only is not None and viewer not in self.only:
            return None
        return self._written()

    def lines(self, seq: int, people: Iterable[Seat]) -> list[LogLine]:
        """What it is, as entry ``seq``, to people in these seats, and to whoever only watches. Bots read nothing: for
        them it is not written.
        """
        if self.only is None:
            return [LogLine(seq, None, self._written())]
        readers = tuple([seat for seat in people if seat in self.only])
        return [LogLine(seq, readers, self._written())] if readers else []

    def _written(self) -> msgspec.Raw:
        text = self._text
        if text is None:
            self._text = text = msgspec.Raw(_ENCODER.encode(self._told))
        return text


class ToldEach(Generic[E]):
    """What each viewer is told of one event, asked for and written when they are told; None of ``tell``: nothing."""

    __slots__ = ("_tell", "_texts", "event")
    begins_round: Final = False
    only: Final = None

    def __init__(self, event: E, tell: Callable[[Seat | None], msgspec.Struct | None]) -> None:
        self.event = event  # as above
        self._tell = tell
        self._texts: dict[Seat, msgspec.Raw | None] = {}

    def to(self, viewer: Seat | None) -> msgspec.Raw | None:
        """As ``ToldAlike.to``."""
        reader = reader_of(viewer)
        if reader not in self._texts:
            told = self._tell(viewer)
            self._texts[reader] = None if told is None else msgspec.Raw(_ENCODER.encode(told))
        return self._texts[reader]

    def lines(self, seq: int, people: Iterable[Seat]) -> list[LogLine]:
        """As ``ToldAlike.lines``: one line for all, as long as all are told the same."""
        watching = self.to(None)
        texts = {WATCHING: watching, **{seat: self.to(seat) for seat in people}}
        readers = dict[bytes, list[Seat]]()
        for reader, text in texts.items():
            if text is not None:
                readers.setdefault(bytes(text), []).append(reader)
        if watching is not None and len(readers) == 1 and len(readers[bytes(watching)]) == len(texts):
            return [LogLine(seq, None, watching)]
        return [LogLine(seq, tuple(to), msgspec.Raw(text)) for text, to in readers.items()]


ToldOnce: TypeAlias = ToldAlike[E] | ToldEach[E]


def readers_of(tellings: Iterable[ToldOnce[Any]]) -> Collection[str] | None:
    """All who are told any of these, or may be; None: anybody may."""
    readers = list[str]()
    for told in tellings:
        if told.only is None:
            return None
        readers += told.only
    return readers


class Tellings(Generic[E]):
    """The latest events of one game's sessions, as they were told. For one thread."""

    def __init__(self, tell_once: Callable[[E], ToldOnce[E]], most: int = LATEST_MAX) -> None:
        self._tell_once = tell_once
        self._most = most
        self._latest = OrderedDict[int, ToldOnce[E]]()
        """By the identity of the event: a commit hands on the very objects that were decided."""

    def of(self, event: E) -> ToldOnce[E]:
        """What is told of it. For events just decided: those read back from a journal are other objects."""
        told = self._latest.get(id(event))
        if told is None:
            if len(self._latest) >= self._most:
                self._latest.popitem(last=False)
            self._latest[id(event)] = told = self._tell_once(event)
        return told

    def logged(self, log: EventsLog, events: Sequence[E], people: Sequence[Seat], first: int) -> EventsLog:
        """The log with these events just decided, entry ``first`` and those after it, told to people in these seats."""
        draft = LogDraft(log)
        for seq, event in enumerate(events, first):
            told = self.of(event)
            draft.add(seq, told.lines(seq, people), begins_round=told.begins_round)
        return draft.log

    def anew(self, viewer: Seat | None, event: E) -> msgspec.Raw | None:
        """What this viewer was told of an event that was read back from a journal."""
        return self._tell_once(event).to(viewer)
