"""The latest of a game as its viewers were told it, and how much each was told in all, kept in the state.

Each line holds what its readers were shown, ready for the wire but for its number, so nothing is told twice in two ways
and no later code tells the past otherwise. The number is the viewer's own: their first event is 1, and it rises by one
with each event that *they* are told, so it says nothing of what others do. Bots read nothing, so what only they were
told is neither kept nor counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from clew.game import Seat
from clew.gateway.resuming import Shown
from clew.tables.log.bounds import LOG_LINES_KEPT, LOG_LINES_MAX

WATCHING: Final = Seat("")
"""Among readers: whoever only watches. No seat is called so."""


class LogLine(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What entry ``seq`` was to some of the viewers. ``to``: these; None: everyone, those too who only watch."""

    seq: int
    to: tuple[Seat, ...] | None
    shown: msgspec.Raw


class Private(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one reader was told and not everyone was: how much, and which entry was the last."""

    count: int = 0
    last: int = 0


_NO_LINES: Final = msgspec.Raw(b"[]")
_NOTHING: Final = Private()


class EventsLog(msgspec.Struct, frozen=True, gc=False):
    """All that was shown of the entries numbered above ``since``, in order; None: nothing has been logged yet.

    ``lines`` are ``count`` log lines as they are stored: thousands of games are kept in memory for each one that is
    asked for its log, and as text they take a third.

    Everyone was told ``public`` events, the last of them entry ``last_public``; a reader (a seat, or ``WATCHING``)
    those and their ``private`` ones. Who sits down has been told what all were: in a lobby nothing is private.

    ``own_since``: up to this entry the numbers are the journal's, for everyone, as the first edition of the protocol
    had them; None: all are, so far. A game that such a release kept goes on so until its next round begins, an entry
    that everyone is told.
    """

    since: int | None = 0
    count: int = 0
    lines: msgspec.Raw = _NO_LINES
    own_since: int | None = 0
    public: int = 0
    last_public: int = 0
    private: Mapping[Seat, Private] = {}

    def last_number(self, viewer: Seat | None, seq: int) -> int:
        """The number of the last that this viewer was told, ``seq`` being the journal's last; 0: nothing yet."""
        return seq if self.own_since is None else self.public + self._private_of(viewer).count

    def was_told_since(self, viewer: Seat | None, seq: int) -> bool:
        """Whether this viewer was told anything of the entries after this one."""
        return max(self.last_public, self._private_of(viewer).last) > seq

    def is_own(self, number: int) -> bool:
        """Whether this number of a viewer's, or of an entry, is beyond those that were the same for all."""
        return self.own_since is not None and number > self.own_since

    def shown_to(self, viewer: Seat | None) -> list[Shown]:
        """All that is kept of what this viewer was shown."""
        reader = reader_of(viewer)
        return [(line.seq, line.shown) for line in _DECODER.decode(self.lines) if line.to is None or reader in line.to]

    def check(self) -> None:
        """Raises ``ValueError`` (``msgspec.MsgspecError`` is one) where its text is not what it says it is."""
        lines = _DECODER.decode(self.lines)
        numbers = [line.seq for line in lines]
        if len(numbers) != self.count or numbers != sorted(numbers):
            raise ValueError(f"its log says {self.count} lines and has {len(numbers)}")
        if self.public < 0 or any(alone.count < 0 for alone in self.private.values()):
            raise ValueError("its log says that less than nothing was told")

    def detached(self) -> EventsLog:
        """The same, holding on to no larger text that it was read from."""
        return msgspec.structs.replace(self, lines=self.lines.copy())

    def _private_of(self, viewer: Seat | None) -> Private:
        return self.private.get(reader_of(viewer), _NOTHING)


def reader_of(viewer: Seat | None) -> Seat:
    """As whom a viewer reads."""
    return WATCHING if viewer is None else viewer


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(list[LogLine])


class LogDraft:
    """A log on its way to a later one, to which entries are added one by one; their lines are written all at once."""

    __slots__ = ("_before", "_count", "_last_public", "_lines", "_new", "_own_since", "_private", "_public", "_since")

    def __init__(self, log: EventsLog) -> None:
        self._before = log
        self._since, self._count, self._lines = log.since, log.count, log.lines
        self._own_since, self._public, self._last_public = log.own_since, log.public, log.last_public
        self._private = log.private
        self._new: list[LogLine] = []

    @property
    def log(self) -> EventsLog:
        """The log with all that was added."""
        if self._since == self._before.since and not self._new:
            return self._before
        self._write()
        numbers = self._own_since, self._public, self._last_public, self._private
        return EventsLog(self._since, self._count, self._lines, *numbers)

    def add(self, seq: int, new: Sequence[LogLine], *, begins_round: bool = False) -> None:
        """Go on by entry ``seq``, which was this to its readers: one line for everyone, or some that name each reader
        once.

        ``begins_round``: it is the beginning of a round, which everyone is told; from here on all numbers are own ones.
        """
        if self._since is None:
            self._since = seq - 1
        if self._own_since is None:
            if begins_round:
                self._own_since = self._public = self._last_public = seq
        elif new and new[0].to is None:
            self._public, self._last_public = self._public + 1, seq
        elif new:
            self._private = {**self._private, **_one_more(self._private, new)}
        self._new += new
        if self._count + len(self._new) > LOG_LINES_MAX:
            self._shorten()

    def _write(self) -> None:
        if self._new:
            text = _ENCODER.encode(self._new)
            if self._count:
                text = b"%b,%b" % (memoryview(self._lines)[:-1], memoryview(text)[1:])
            self._lines = msgspec.Raw(text)
            self._count, self._new = self._count + len(self._new), []

    def _shorten(self) -> None:
        """Keep the newest lines, and say since when they are all there is."""
        lines = [*_DECODER.decode(self._lines), *self._new]
        self._since = lines[-LOG_LINES_KEPT - 1].seq
        self._lines, self._count = _NO_LINES, 0
        self._new = [line for line in lines if line.seq > self._since]


def _one_more(private: Mapping[Seat, Private], new: Sequence[LogLine]) -> dict[Seat, Private]:
    """Of those who are told; the lines of one entry name each reader once."""
    return {
        reader: Private(private.get(reader, _NOTHING).count + 1, line.seq) for line in new for reader in line.to or ()
    }
