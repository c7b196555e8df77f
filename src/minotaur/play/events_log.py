"""The latest of a match as its viewers were told it, kept in the state: who comes back is served from memory.

Each line holds what its readers were shown, ready for the wire, so nothing is told twice in two ways and no later code
tells the past otherwise. Bots read nothing, so what only they were told is not kept.
"""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from minotaur.rules.names import PlayerId

LOG_LINES_KEPT: Final = 64
LOG_LINES_MAX: Final = 96
"""One line more than the most, and only the newest that are to be kept stay, entries dropped whole. What is dropped is
read from the journal if somebody needs it."""


class LogLine(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What entry ``seq`` was to some of the viewers. ``to``: these players; None: everyone who watches."""

    seq: int
    to: tuple[PlayerId, ...] | None
    shown: msgspec.Raw


_NO_LINES: Final = msgspec.Raw(b"[]")


class EventsLog(msgspec.Struct, frozen=True, gc=False):
    """All that was shown of the entries numbered above ``since``, in order; None: nothing has been logged yet.

    ``lines`` are ``count`` log lines as they are stored: thousands of matches are kept in memory for each one that is
    asked for its log, and as text they take a third.
    """

    since: int | None = None
    count: int = 0
    lines: msgspec.Raw = _NO_LINES

    def covers(self, after: int) -> bool:
        """Whether everything after this entry is here."""
        return self.since is not None and after >= self.since

    def shown_to(self, viewer: PlayerId | None, after: int) -> list[tuple[int, msgspec.Raw]]:
        """What this viewer was shown after an entry: numbers and events."""
        return [
            (line.seq, line.shown)
            for line in _DECODER.decode(self.lines)
            if line.seq > after and (line.to is None or (viewer is not None and viewer in line.to))
        ]

    def detached(self) -> "EventsLog":
        """The same, holding on to no larger text that it was read from."""
        return EventsLog(self.since, self.count, self.lines.copy())


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(list[LogLine])


def logged(
    log: EventsLog,
    seq: int,
    readers: Iterable[PlayerId],
    told: Callable[[PlayerId | None], msgspec.Raw | None],
) -> EventsLog:
    """The log with entry ``seq`` in it. ``told`` gives what a viewer (None: who only watches) is shown of it."""
    since = seq - 1 if log.since is None else log.since
    new = _lines_of(seq, readers, told)
    if not new:
        return log if since == log.since else EventsLog(since)
    if log.count + len(new) > LOG_LINES_MAX:
        return _shortened(since, [*_DECODER.decode(log.lines), *new])
    if log.count == 0:
        return _encoded(since, new)
    text = b"%b,%b" % (memoryview(log.lines)[:-1], memoryview(_ENCODER.encode(new))[1:])
    return EventsLog(since, log.count + len(new), msgspec.Raw(text))


def _lines_of(
    seq: int, readers: Iterable[PlayerId], told: Callable[[PlayerId | None], msgspec.Raw | None]
) -> list[LogLine]:
    public = told(None)
    if public is not None:
        return [LogLine(seq, None, public)]
    shown: dict[bytes, list[PlayerId]] = {}
    for reader in readers:
        text = told(reader)
        if text is not None:
            shown.setdefault(bytes(text), []).append(reader)
    return [LogLine(seq, tuple(to), msgspec.Raw(text)) for text, to in shown.items()]


def _shortened(since: int, lines: list[LogLine]) -> EventsLog:
    """The newest lines, and since when they are all there is."""
    if len(lines) > LOG_LINES_KEPT:
        since = lines[-LOG_LINES_KEPT - 1].seq
    return _encoded(since, [line for line in lines if line.seq > since])


def _encoded(since: int, lines: list[LogLine]) -> EventsLog:
    return EventsLog(since, len(lines), msgspec.Raw(_ENCODER.encode(lines)))
