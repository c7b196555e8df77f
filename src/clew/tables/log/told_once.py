"""What viewers are told of one event, as bytes ready for the wire but for the viewer's own number.

An event is told once: what was written for the log, in the turn that made it, is what every feed sends when the commit
has returned.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

import msgspec

from clew.game import Seat
from clew.tables.log.bounds import LATEST_MAX
from clew.tables.log.events_log import WATCHING, EventsLog, LogDraft, Telling

E = TypeVar("E")

Tell: TypeAlias = Callable[[Seat | None], msgspec.Struct | None]
"""What a viewer is told of an event; None: nothing. It is written once for those in a row who get the same object."""

_ENCODER: Final = msgspec.json.Encoder()


class ToldOnce(Generic[E]):
    """What each viewer is told of one event, written when the first of them is told.

    ``for_all``: everyone is told the same of it, who only watches too. ``begins_round``: everyone is told of it, and
    the numbers are each viewer's own from here on, if they were not yet. ``only``: nobody but those in these seats is
    told of it, and each of them is; None: ``tell`` says who is.
    """

    __slots__ = ("_only", "_tell", "_texts", "_written", "begins_round", "event", "for_all")

    def __init__(
        self,
        event: E,
        tell: Tell,
        *,
        for_all: bool,
        begins_round: bool = False,
        only: Collection[str] | None = None,
    ) -> None:
        self.event = event  # held on to, so that its identity names it as long as this is kept
        self.for_all = for_all
        self.begins_round = begins_round
        self._tell = tell
        self._only = only
        self._texts: dict[Seat, msgspec.Raw | None] = {}
        self._written: tuple[msgspec.Struct, msgspec.Raw] | None = None

    def to(self, viewer: Seat | None) -> msgspec.Raw | None:
        """The event as this viewer is told it, but for its number; None where they may not know of it."""
        if self._only is not None and viewer not in self._only:
            return None
        reader = WATCHING if viewer is None or self.for_all else viewer
        try:
            return self._texts[reader]
        except KeyError:
            self._texts[reader] = text = self._asked(reader)
            return text

    def to_those_at(self, people: Iterable[Seat]) -> Telling:
        """What the people in these seats are told, and whoever only watches."""
        if self._only is not None:
            return self._to_those_among(people, self._only)
        watching = self.to(None)
        if self.for_all:
            return watching
        texts = {WATCHING: watching, **{seat: self.to(seat) for seat in people}}
        known = {reader: text for reader, text in texts.items() if text is not None}
        if watching is not None and len(known) == len(texts) and len({bytes(text) for text in known.values()}) == 1:
            return watching  # one line for all, as long as all are told the same
        return known or None

    def _to_those_among(self, people: Iterable[Seat], only: Collection[str]) -> Telling:
        texts = dict[Seat, msgspec.Raw]()
        for seat in people:
            if seat in only:
                self._texts[seat] = text = self._asked(seat)
                assert text is not None, "those who are told of it are told something"
                texts[seat] = text
        return texts or None

    def _asked(self, reader: Seat) -> msgspec.Raw | None:
        told = self._tell(None if reader == WATCHING else reader)
        if told is None:
            return None
        if self._written is not None and self._written[0] is told:
            return self._written[1]
        text = msgspec.Raw(_ENCODER.encode(told))
        self._written = told, text
        return text


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
            draft.add(seq, told.to_those_at(people), begins_round=told.begins_round)
        return draft.log

    def anew(self, viewer: Seat | None, event: E) -> msgspec.Raw | None:
        """What this viewer was told of an event that was read back from a journal."""
        return self._tell_once(event).to(viewer)
