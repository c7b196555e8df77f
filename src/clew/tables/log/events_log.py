"""The latest of a match as its viewers were told it, and how much each was told in all, kept in the state.

Each line holds what its readers were shown, ready for the wire but for its number, so nothing is told twice in two ways
and no later code tells the past otherwise. The number is the viewer's own: their first event is 1, and it rises by one
with each event that *they* are told, so it says nothing of what others do. Bots read nothing, so what only they were
told is neither kept nor counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from clew.gateway.resuming import Shown
from clew.sessions.ids import PlayerId

LOG_LINES_KEPT: Final = 64
LOG_LINES_MAX: Final = 96
"""One line more than the most, and only the newest that are to be kept stay, entries dropped whole. What is dropped is
read from the journal if somebody needs it."""


class LogLine(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What entry ``seq`` was to some of the viewers. ``to``: these players; None: everyone who watches."""

    seq: int
    to: tuple[PlayerId, ...] | None
    shown: msgspec.Raw


class Private(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one player was told alone: how much, and which entry was the last."""

    count: int = 0
    last: int = 0


_NO_LINES: Final = msgspec.Raw(b"[]")
_NOTHING: Final = Private()


class EventsLog(msgspec.Struct, frozen=True, gc=False):
    """All that was shown of the entries numbered above ``since``, in order; None: nothing has been logged yet.

    ``lines`` are ``count`` log lines as they are stored: thousands of matches are kept in memory for each one that is
    asked for its log, and as text they take a third.

    Who only watches was told ``public`` events, the last of them entry ``last_public``; a player those and ``private``
    ones. ``own_since``: up to this entry
    the numbers are the journal's, for everyone, as the first edition had them; None: all are, so far. A match that such
    a release kept goes on so until its next round begins, an entry that everyone is told.
    """

    since: int | None = None
    count: int = 0
    lines: msgspec.Raw = _NO_LINES
    own_since: int | None = 0
    public: int = 0
    last_public: int = 0
    private: Mapping[PlayerId, Private] = {}

    def last_number(self, viewer: PlayerId | None, seq: int) -> int:
        """The number of the last that this viewer was told, ``seq`` being the journal's last; 0: nothing yet."""
        if self.own_since is None:
            return seq
        return self.public if viewer is None else self.public + self.private.get(viewer, _NOTHING).count

    def was_told_since(self, viewer: PlayerId, seq: int) -> bool:
        """Whether this player was told anything of the entries after this one."""
        return max(self.last_public, self.private.get(viewer, _NOTHING).last) > seq

    def is_own(self, number: int) -> bool:
        """Whether this number of a viewer's, or of an entry, is beyond those that were the same for all."""
        return self.own_since is not None and number > self.own_since

    def shown_to(self, viewer: PlayerId | None) -> list[Shown]:
        """All that is kept of what this viewer was shown."""
        return [
            (line.seq, line.shown)
            for line in _DECODER.decode(self.lines)
            if line.to is None or (viewer is not None and viewer in line.to)
        ]

    def check(self) -> None:
        """Raises ``ValueError`` (``msgspec.MsgspecError`` is one) where its text is not what it says it is."""
        lines = _DECODER.decode(self.lines)
        numbers = [line.seq for line in lines]
        if len(numbers) != self.count or numbers != sorted(numbers):
            raise ValueError(f"its log says {self.count} lines and has {len(numbers)}")
        if self.public < 0 or any(alone.count < 0 for alone in self.private.values()):
            raise ValueError("its log says that less than nothing was told")

    def detached(self) -> "EventsLog":
        """The same, holding on to no larger text that it was read from."""
        return msgspec.structs.replace(self, lines=self.lines.copy())


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

    def add(
        self,
        seq: int,
        readers: Iterable[PlayerId] | None,
        told: Callable[[PlayerId | None], msgspec.Raw | None],
        *,
        begins_round: bool = False,
    ) -> None:
        """Go on by entry ``seq``. ``readers`` are told of it, each what ``told`` gives for them.

        None: everyone is told the same, those too who only watch.

        ``begins_round``: it is the beginning of a round, which everyone is told; from here on all numbers are own ones.
        """
        if self._since is None:
            self._since = seq - 1
        new = _lines_of(seq, readers, told)
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


def _lines_of(
    seq: int, readers: Iterable[PlayerId] | None, told: Callable[[PlayerId | None], msgspec.Raw | None]
) -> list[LogLine]:
    if readers is None:
        public = told(None)
        assert public is not None, "what everyone is told is something"
        return [LogLine(seq, None, public)]
    shown: dict[bytes, list[PlayerId]] = {}
    for reader in readers:
        text = told(reader)
        assert text is not None, "those who are told of it are told something"
        shown.setdefault(bytes(text), []).append(reader)
    return [LogLine(seq, tuple(to), msgspec.Raw(text)) for text, to in shown.items()]


def _one_more(private: Mapping[PlayerId, Private], new: Sequence[LogLine]) -> dict[PlayerId, Private]:
    """Of those who are told; the lines of one entry name each player once."""
    return {
        player: Private(private.get(player, _NOTHING).count + 1, line.seq) for line in new for player in line.to or ()
    }
