"""Where somebody who comes back goes on: what they missed, and whether what they hold is of this history at all.

They name the last number they were told, and the mark that came with it. The mark is that of a term of the journal
(``sessions.terms``) which wrote the entry they were told, or a later one; so what they hold is of this history exactly
where it has that term, and the term goes at least as far as the entry that has their number here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from clew.gateway.ports import Journal
from clew.sessions.ids import GameId
from clew.sessions.session.terms import Terms, last_of, mark_at
from clew.wire.shapes import History

E = TypeVar("E")

RESUME_ENTRIES_MAX: Final = 4096
"""A client whose last number is further back in the journal starts afresh, with ``resumed: false``."""
RESUME_PAGE: Final = 512
"""Journal entries read at once for a resume; other sessions get their turn in between."""


Shown: TypeAlias = tuple[int, msgspec.Raw]
"""A journal entry, and what a viewer was shown of it: ready for the wire but for its number."""


class Told(NamedTuple):
    """An event as a viewer was told it, under which of their numbers, and the journal entry that it was."""

    number: int
    seq: int
    shown: msgspec.Raw


@dataclass(frozen=True, slots=True)
class ViewersLog(Generic[E]):
    """What a game keeps of what one viewer was told: all that was ``kept`` of the entries above ``since``, in order.

    ``last`` is the viewer's last number; 0: nothing yet. Older entries are read from the journal and told by ``tell``.

    ``own_since``: up to this entry the numbers are the journal's, for everyone, as the first edition of the protocol
    had them; None: all are, so far. A game that no such release kept leaves it 0.
    """

    last: int
    kept: Sequence[Shown]
    since: int
    tell: Callable[[E], msgspec.Raw | None]
    own_since: int | None = 0

    def is_own(self, number: int) -> bool:
        """Whether this number of a viewer's, or of an entry, is beyond those that were the same for all."""
        return self.own_since is not None and number > self.own_since

    def numbered(self, latest: Sequence[Shown]) -> list[Told]:
        """The latest that this viewer was told, all there is up to now, with their numbers."""
        return counted_back(self.last, latest, self.own_since)


def counted_back(last: int, latest: Sequence[Shown], own_since: int | None = 0) -> list[Told]:
    """The latest that a viewer was told, all there is up to their ``last`` number, with their numbers."""
    first = last - len(latest) + 1
    return [
        Told(seq if own_since is None or seq <= own_since else first + at, seq, shown)
        for at, (seq, shown) in enumerate(latest)
    ]


@dataclass(frozen=True, slots=True)
class Resumption:
    """``after`` which number it goes on, with what was ``missed``; None: afresh. ``mark`` goes with the number."""

    history: History
    after: int | None
    mark: str
    missed: Sequence[Told] = ()


@dataclass(frozen=True, slots=True)
class _Story:
    """The latest that a viewer was told, in order: all there is of the entries above ``since``."""

    told: Sequence[Told]
    since: int

    def entry_of(self, number: int) -> int | None:
        """The entry that one of the viewer's own numbers is; None: one up to ``since``, or none at all."""
        return next((one.seq for one in reversed(self.told) if one.number == number), None)


class Past(Generic[E]):
    """What one viewer was told of a game that stands after entry ``seq``: from its log, or else from its journal.

    What reads the journal raises the host's faults.
    """

    def __init__(self, journal: Journal[E], game_id: GameId, seq: int, log: ViewersLog[E]) -> None:
        self._journal = journal
        self._game_id = game_id
        self._seq = seq
        self._log = log

    @property
    def last(self) -> int:
        """The viewer's last number."""
        return self._log.last

    @property
    def kept(self) -> list[Told]:
        """What the log has."""
        return self._log.numbered(self._log.kept)

    async def number_at(self, entry: int) -> int:
        """The viewer's last number up to this entry; of one far back in the journal, a number they have had since."""
        if not self._log.is_own(entry):
            return entry
        if entry == self._seq:
            return self.last
        earlier, _ = await self._read_back(max(entry, self._seq - RESUME_ENTRIES_MAX), None)
        return self.last - sum(seq > entry for seq, _ in (*earlier, *self._log.kept))

    async def resume(self, terms: Terms, after: int | None, mark: str | None) -> Resumption:
        """How a client goes on that was told so far; ``mark`` None: it knows of none."""
        if after is None or after > self.last:
            return self._afresh(terms, "unknown" if after is None else "changed")
        story = _Story(self.kept, self._log.since)
        history = self._judge(terms, story, after, mark)
        if history is None or not self._reaches(story, after):
            story = await self._further_back(story, after)
            history = self._judge(terms, story, after, mark) or "unknown"
        if history == "changed" or (history == "unknown" and mark is not None) or not self._reaches(story, after):
            return self._afresh(terms, history)
        missed = [one for one in story.told if one.number > after]
        return Resumption(history, after, mark or mark_at(terms, self._entry_of(story, after)), missed)

    def _afresh(self, terms: Terms, history: History) -> Resumption:
        entry = self._log.kept[-1][0] if self._log.kept else self._log.since
        if not self._log.is_own(entry):
            entry = self._seq if self._log.own_since is None else self._log.own_since
        return Resumption(history, None, mark_at(terms, entry))

    async def _further_back(self, story: _Story, after: int) -> _Story:
        """With what the viewer was told under this number and since, as far as that is not too far back."""
        oldest = max(0, self._seq - RESUME_ENTRIES_MAX)
        if not self._log.is_own(after):
            if after < oldest:
                return story
            earlier, since = await self._read_back(after, None)
        else:
            wanted = self.last - after + 1 - sum(self._log.is_own(one.number) for one in story.told)
            if wanted > RESUME_ENTRIES_MAX:
                return story
            earlier, since = await self._read_back(max(oldest, self._log.own_since or 0), wanted)
        return _Story(self._log.numbered([*earlier, *self._log.kept]), since)

    def _entry_of(self, story: _Story, number: int) -> int:
        """The entry in which this number was told, or one after it and before the next that was."""
        return (story.entry_of(number) or story.since) if self._log.is_own(number) else number

    def _judge(self, terms: Terms, story: _Story, number: int, mark: str | None) -> History | None:
        """Whether the mark can be that of this number; None where that depends on what is further back."""
        if number == 0:
            return "same"  # nothing was told: of that there is one history only
        if mark is None:
            return "unknown"
        end, forgotten = last_of(terms, mark, self._seq), terms[0].first - 1
        entry = self._entry_of(story, number)
        if end is not None and entry <= end:
            return "same"
        if end is None and forgotten == 0:
            return "changed"
        if self._log.is_own(number) and story.entry_of(number) is None:
            return None
        return "changed" if end is not None or entry > forgotten else "unknown"

    def _reaches(self, story: _Story, after: int) -> bool:
        """Whether all that the viewer was told after this number is in it."""
        if not self._log.is_own(after):
            return story.since <= after
        return not self._log.is_own(story.since) or self.last - len(story.told) <= after

    async def _read_back(self, lowest: int, wanted: int | None) -> tuple[list[Shown], int]:
        """What the viewer was told of entries that the log does not have: back to the entry ``lowest``, or until so
        many were found; and back to which entry that is.
        """
        found = list[Shown]()
        since = self._log.since
        while since > lowest and (wanted is None or len(found) < wanted):
            after = max(lowest, since - RESUME_PAGE)
            page = await self._journal(self._game_id, after, since - after)
            assert len(page) == since - after, f"the journal of {self._game_id} lacks entries after {after}"
            found[:0] = [
                (entry.seq, told)
                for entry in page
                if entry.event is not None and (told := self._log.tell(entry.event)) is not None
            ]
            since = after
        return found, since
