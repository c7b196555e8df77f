"""The latest of a table as its viewers were told it, and how much each was told in all, kept in the state.

Each line holds what its readers were shown, ready for the wire but for its number, so nothing is told twice in two ways
and no later code tells the past otherwise. The number is the viewer's own: their first event is 1, and it rises by one
with each event that *they* are told, so it says nothing of what others do. Bots read nothing, so what only they were
told is neither kept nor counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from clew.game import Seat
from clew.gateway.resuming import Shown
from clew.tables.bounds import LOG_LINES_KEPT, LOG_LINES_MAX

WATCHING: Final = Seat("")
"""Among readers: whoever only watches. No seat is called so."""


class LogLine(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What entry ``seq`` was to some of the viewers. ``to``: these; None: everyone, those too who only watch."""

    seq: int
    to: tuple[Seat, ...] | None
    shown: msgspec.Raw


class Count(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one viewer was told: how much, and which entry was the last."""

    told: int = 0
    last: int = 0


Telling: TypeAlias = Mapping[Seat, msgspec.Raw] | msgspec.Raw | None
"""Of one entry: what each reader is told of it; or the one thing that everyone is; or that nobody is told of it."""

_NO_LINES: Final = msgspec.Raw(b"[]")


class EventsLog(msgspec.Struct, frozen=True, gc=False):
    """All that was shown of the entries numbered above ``since``, in order.

    ``lines`` are ``count`` log lines as they are stored: thousands of tables are kept in memory for each one that is
    asked for its log, and as text they take a third. ``counts`` has each person at the table, and ``WATCHING``.
    """

    since: int = 0
    count: int = 0
    lines: msgspec.Raw = _NO_LINES
    counts: Mapping[Seat, Count] = msgspec.field(default_factory=lambda: {WATCHING: Count()})

    def last_number(self, viewer: Seat | None) -> int:
        """The number of the last that this viewer was told; 0: nothing yet. Who has no seat only watches."""
        return self._count_of(viewer).told

    def was_told_since(self, viewer: Seat | None, seq: int) -> bool:
        """Whether this viewer was told anything of the entries after this one."""
        return self._count_of(viewer).last > seq

    def shown_to(self, viewer: Seat | None) -> list[Shown]:
        """All that is kept of what this viewer was shown."""
        reader = self._reader(viewer)
        return [(line.seq, line.shown) for line in _DECODER.decode(self.lines) if line.to is None or reader in line.to]

    def with_reader(self, seat: Seat) -> EventsLog:
        """Somebody sits down who only watched, and was told as much as all who did."""
        return msgspec.structs.replace(self, counts={**self.counts, seat: self.counts[WATCHING]})

    def with_entry(self, seq: int, telling: Telling) -> EventsLog:
        """The log with entry ``seq`` in it."""
        new = _lines_of(seq, telling)
        if not new:
            return self
        read_by = self.counts.keys() if new[0].to is None else {reader for line in new for reader in line.to or ()}
        counts = {
            reader: Count(count.told + 1, seq) if reader in read_by else count for reader, count in self.counts.items()
        }
        since, count, lines = self._added(new)
        return EventsLog(since, count, lines, counts)

    def check(self) -> None:
        """Raises ``ValueError`` (``msgspec.MsgspecError`` is one) where its text is not what it says it is."""
        lines = _DECODER.decode(self.lines)
        numbers = [line.seq for line in lines]
        if len(numbers) != self.count or numbers != sorted(numbers):
            raise ValueError(f"its log says {self.count} lines and has {len(numbers)}")
        if WATCHING not in self.counts or any(count.told < 0 for count in self.counts.values()):
            raise ValueError("its log does not say how much was told")

    def detached(self) -> EventsLog:
        """The same, holding on to no larger text that it was read from."""
        return msgspec.structs.replace(self, lines=self.lines.copy())

    def _reader(self, viewer: Seat | None) -> Seat:
        return viewer if viewer is not None and viewer in self.counts else WATCHING

    def _count_of(self, viewer: Seat | None) -> Count:
        return self.counts[self._reader(viewer)]

    def _added(self, new: list[LogLine]) -> tuple[int, int, msgspec.Raw]:
        if self.count + len(new) > LOG_LINES_MAX:
            return _shortened([*_DECODER.decode(self.lines), *new])
        if self.count == 0:
            return self.since, len(new), _encoded(new)
        text = b"%b,%b" % (memoryview(self.lines)[:-1], memoryview(_encoded(new))[1:])
        return self.since, self.count + len(new), msgspec.Raw(text)


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(list[LogLine])


def _lines_of(seq: int, telling: Telling) -> list[LogLine]:
    if telling is None:
        return []
    if isinstance(telling, msgspec.Raw):
        return [LogLine(seq, None, telling)]
    readers: dict[bytes, list[Seat]] = {}
    for reader, text in telling.items():
        readers.setdefault(bytes(text), []).append(reader)
    return [LogLine(seq, tuple(to), msgspec.Raw(text)) for text, to in readers.items()]


def _shortened(lines: Sequence[LogLine]) -> tuple[int, int, msgspec.Raw]:
    """The newest of more lines than are to be kept, and since when they are all there is."""
    since = lines[-LOG_LINES_KEPT - 1].seq
    kept = [line for line in lines if line.seq > since]
    return since, len(kept), _encoded(kept)


def _encoded(lines: list[LogLine]) -> msgspec.Raw:
    return msgspec.Raw(_ENCODER.encode(lines))
