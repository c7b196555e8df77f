"""The latest of a match as its viewers were told it, kept in the state: who comes back is served from memory.

Each line holds what its readers were shown, ready for the wire, so nothing is told twice in two ways and no later code
tells the past otherwise. Bots read nothing, so what only they were told is not kept.
"""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from minotaur.rules.names import PlayerId

LOG_LINES_MAX: Final = 64
"""Lines kept; the entries of the oldest beyond that are dropped, and read from the journal if somebody needs them."""


class LogLine(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What entry ``seq`` was to some of the viewers. ``to``: these players; None: everyone who watches."""

    seq: int
    to: tuple[PlayerId, ...] | None
    shown: msgspec.Raw


class EventsLog(msgspec.Struct, frozen=True, gc=False):
    """All that was shown of the entries numbered above ``since``, in order; None: nothing has been logged yet."""

    since: int | None = None
    lines: tuple[LogLine, ...] = ()

    def covers(self, after: int) -> bool:
        """Whether everything after this entry is here."""
        return self.since is not None and after >= self.since

    def shown_to(self, viewer: PlayerId | None, after: int) -> list[tuple[int, msgspec.Raw]]:
        """What this viewer was shown after an entry: numbers and events."""
        return [
            (line.seq, line.shown)
            for line in self.lines
            if line.seq > after and (line.to is None or (viewer is not None and viewer in line.to))
        ]


def logged(
    log: EventsLog,
    seq: int,
    readers: Iterable[PlayerId],
    told: Callable[[PlayerId | None], msgspec.Raw | None],
) -> EventsLog:
    """The log with entry ``seq`` in it. ``told`` gives what a viewer (None: who only watches) is shown of it."""
    since = seq - 1 if log.since is None else log.since
    public = told(None)
    if public is not None:
        return _bounded(since, (*log.lines, LogLine(seq, None, public)))
    shown: dict[bytes, list[PlayerId]] = {}
    for reader in readers:
        text = told(reader)
        if text is not None:
            shown.setdefault(bytes(text), []).append(reader)
    new = [LogLine(seq, tuple(to), msgspec.Raw(text)) for text, to in shown.items()]
    if not new and log.since is not None:
        return log
    return _bounded(since, (*log.lines, *new))


def _bounded(since: int, lines: tuple[LogLine, ...]) -> EventsLog:
    """Entries are dropped whole."""
    if len(lines) <= LOG_LINES_MAX:
        return EventsLog(since, lines)
    since = lines[-LOG_LINES_MAX - 1].seq
    return EventsLog(since, tuple(line for line in lines if line.seq > since))
