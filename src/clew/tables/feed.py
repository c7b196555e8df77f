"""One viewer's feed of one game: the messages that tell them what was committed, in order and without gaps.

Pure of any socket: committed entries go in, text for the wire comes out. The output gate is upstream: nothing gets in
here that is not durable. What only concerns others costs next to nothing, since most of what happens is plans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

import msgspec

from clew.game import Seat
from clew.gateway.calls import Opening
from clew.gateway.company import ALL_HERE, Company
from clew.gateway.messages import Messages, Sight
from clew.gateway.ports import Comer, Journal
from clew.gateway.resuming import Past, Shown, ViewersLog, counted_back
from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.records import Committed, Entry
from clew.sessions.session.terms import Terms
from clew.tables.log.events_log import EventsLog
from clew.tables.log.told_once import Tellings, ToldOnce, readers_of
from clew.wire.picture import EncodedView, changed_fields, picture


class Watched(Protocol):
    """A state that keeps what was told of it, and knows who sits where: the very same members sit where they sat."""

    @property
    def members(self) -> Sequence[object]: ...
    @property
    def events_log(self) -> EventsLog: ...
    def seat_of(self, user_id: UserId | None) -> Seat | None: ...


S = TypeVar("S", bound=Watched)
E = TypeVar("E")


class Nameless(Protocol[S, E]):
    """How people are told who have gone for good: without their names. Asked only where somebody has."""

    def shown(self, state: S, gone: Collection[UserId]) -> S:
        """The state from which viewers are shown the game."""
        ...

    def followed(self, committed: Committed[S, E], gone: Collection[UserId]) -> Mapping[int, E]:
        """Those entries of a commit that name any of them, as they are told instead."""
        ...

    async def past(self, game_id: GameId, journal: Journal[E], gone: Collection[UserId]) -> Mapping[int, E]:
        """The same of the whole journal. Raises what reading it raises."""
        ...


_ENCODER: Final = msgspec.json.Encoder()


class CommitNews(Generic[S, E]):
    """What one commit means to those who watch, as far as it is the same for all of them.

    ``changes_the_picture``: whether more than their own part of the view may have changed. ``readers``: nobody but
    these is told anything of it; None: anybody may be.
    """

    __slots__ = ("_told", "changes_the_picture", "committed", "readers")

    def __init__(self, committed: Committed[S, E], told: list[tuple[int, ToldOnce[E]]], *, changes: bool) -> None:
        self.committed = committed  # held on to, so that its identity names it
        self.changes_the_picture = changes
        self.readers = readers_of(each for _, each in told)
        self._told = told

    def shown_to(self, viewer: Seat | None) -> list[Shown]:
        """What this viewer is told."""
        return [(seq, text) for seq, told in self._told if (text := told.to(viewer)) is not None]


@dataclass(slots=True)
class Showing(Generic[S, E]):
    """How a game is shown to its viewers. For one thread.

    ``view`` is all that a viewer may know, as a struct of which ``live`` gives those fields that may change with every
    plan, by name and in order: the first is what ``you`` gives, their own part; the others are what a company comes to.
    ``changes_the_picture``: whether this event, of a commit to this state, changes more. ``unnaming``: see there.
    """

    tellings: Tellings[E]
    view: Callable[[S, Seat | None, Company], msgspec.Struct]
    live: Callable[[S, Seat | None, Company], Mapping[str, object]]
    you: Callable[[S, Seat | None], object]
    changes_the_picture: Callable[[S, E], bool]
    unnaming: Nameless[S, E]
    _latest: CommitNews[S, E] | None = field(default=None, init=False, repr=False, compare=False)

    def news_of(self, committed: Committed[S, E]) -> CommitNews[S, E]:
        """Of a commit that all who watch hear of one after another: for most of them it is nothing."""
        news = self._latest
        if news is None or news.committed is not committed:
            self._latest = news = self._read(committed)
        return news

    def _read(self, committed: Committed[S, E]) -> CommitNews[S, E]:
        changes, told_of = self.changes_the_picture, self.tellings.of
        events = [(entry.seq, entry.event) for entry in committed.entries if entry.event is not None]
        told = [(seq, told_of(event)) for seq, event in events]
        return CommitNews(committed, told, changes=any(changes(committed.before, event) for _, event in events))

    def log_of(
        self, state: S, seq: int, viewer: Seat | None, otherwise: Mapping[int, E] | None = None
    ) -> ViewersLog[E]:
        """What a game that stands after entry ``seq`` keeps of what this viewer was told, some ``otherwise``."""
        log = state.events_log
        return ViewersLog(
            last=log.last_number(viewer, seq),
            kept=self.retold(log.shown_to(viewer), viewer, otherwise or {}),
            since=seq if log.since is None else log.since,
            tell=partial(self.tellings.anew, viewer),
            own_since=log.own_since,
        )

    def retold(self, shown: Sequence[Shown], viewer: Seat | None, otherwise: Mapping[int, E]) -> Sequence[Shown]:
        """What this viewer is shown, entries that are told otherwise told anew."""
        if not otherwise:
            return shown
        anew = {seq: self.tellings.anew(viewer, event) for seq, event in otherwise.items()}
        return [(seq, anew.get(seq) or text) for seq, text in shown]

    def number_now(self, state: S, seq: int, entry: int, seat: Seat) -> int | None:
        """The same as ``number_at``, always but for what is asked again: then something has to be counted back."""
        log = state.events_log
        if seq == entry or (log.is_own(entry) and not log.was_told_since(seat, entry)):
            return log.last_number(seat, entry)
        return None

    async def number_at(self, game_id: GameId, state: S, seq: int, entry: int, seat: Seat, journal: Journal[E]) -> int:
        """What this player was told by entry ``entry`` of a game that stands after ``seq``."""
        number = self.number_now(state, seq, entry, seat)
        if number is not None:
            return number
        return await Past(journal, game_id, seq, self.log_of(state, seq, seat)).number_at(entry)


class GameFeed(Generic[S, E]):
    """Keeps ``gateway.ports.ViewerFeed``'s promises.

    ``viewer`` is the user's seat; None for a spectator, who becomes a player by joining.
    """

    def __init__(
        self,
        showing: Showing[S, E],
        state: S,
        user_id: UserId | None,
        company: Callable[[], Company] = lambda: ALL_HERE,
    ) -> None:
        self._showing = showing
        self._state = state
        self._user_id = user_id
        self._company = company
        self._drawn: EncodedView | None = None
        self._drawn_with: Company | None = None
        self._live: Sequence[bytes] = ()
        self._told: tuple[EncodedView, Sequence[bytes]] | None = None
        self._takes_changes = False
        self._messages = Messages()
        self.viewer = self._seat()

    @property
    def told_seq(self) -> int:
        return self._messages.told_seq

    @property
    def mark(self) -> str:
        return self._messages.mark

    async def open(
        self, game_id: GameId, seq: int, terms: Terms, journal: Journal[E], comer: Comer, now: Millis
    ) -> Opening:
        """How it begins, the game standing after entry ``seq``. Raises what reading the journal raises."""
        self._takes_changes = comer.changes
        gone = self._company().gone
        otherwise: Mapping[int, E] = await self._showing.unnaming.past(game_id, journal, gone) if gone else {}
        log = self._showing.log_of(self._state, seq, self.viewer, otherwise)
        past = Past(_told_otherwise(journal, otherwise) if otherwise else journal, game_id, seq, log)
        return await self._messages.open(past, terms, comer, now, self._view)

    def follow(self, committed: Committed[S, E]) -> str | None:
        """What a commit means to this viewer; None if nothing they may know has changed."""
        before, self._state = self._state, committed.after
        if before.members is not committed.after.members:
            self.viewer = self._seat()
        news = self._showing.news_of(committed)
        if news.changes_the_picture:
            self._drawn = None
        elif news.readers is not None and self.viewer not in news.readers:
            return None
        # Who has just sat down is told as a player what all are told: in a lobby nothing is private.
        shown = self._shown(news)
        if shown:
            log = self._state.events_log
            told = counted_back(log.last_number(self.viewer, committed.entries[-1].seq), shown, log.own_since)
            return self._messages.news(told, committed.mark, self._sight(self._look()))
        return self._messages.look_again(self._sight(self._look())) if news.changes_the_picture else None

    def aside(self, asides: Sequence[msgspec.Raw]) -> str | None:
        """What was told past the journal; without any, what is shown of the people, where that has changed."""
        before = self._live
        now = self._look()
        return self._messages.asides(asides, self._sight(now)) if asides or self._live != before else None

    def _shown(self, news: CommitNews[S, E]) -> Sequence[Shown]:
        shown, gone = news.shown_to(self.viewer), self._company().gone
        if not gone:
            return shown
        return self._showing.retold(shown, self.viewer, self._showing.unnaming.followed(news.committed, gone))

    def _seat(self) -> Seat | None:
        return self._state.seat_of(self._user_id)

    def _view(self) -> msgspec.Raw:
        """The view now, whole."""
        drawn, live = self._told = self._look()
        return drawn.of(live)

    def _sight(self, now: tuple[EncodedView, Sequence[bytes]]) -> Sight:
        """The view now; or what has changed of it since it was told, for who takes that and was told one."""
        told, self._told = self._told, now
        drawn, live = now
        if told is None or not self._takes_changes:
            return drawn.of(live)
        if drawn is told[0]:
            return drawn.changed(told[1], live)
        view = drawn.of(live)
        changes = changed_fields(told[0].of(told[1]), view)
        return view if changes is None else changes

    def _look(self) -> tuple[EncodedView, Sequence[bytes]]:
        """What the view is now. All but its live parts is encoded once, and again only when it changes."""
        company = self._company()
        if self._drawn is not None and company is self._drawn_with and company.standing is not None:
            # Mostly: they changed a plan of theirs. What is shown of the others is as it was, then and now.
            self._live = [_ENCODER.encode(self._showing.you(self._state, self.viewer)), *self._live[1:]]
            return self._drawn, self._live
        state = self._showing.unnaming.shown(self._state, company.gone) if company.gone else self._state
        live = self._showing.live(state, self.viewer, company)
        if self._drawn is None or self._drawn_with is None or self._drawn_with.gone != company.gone:
            self._drawn = picture(self._showing.view(state, self.viewer, company), tuple(live))
        self._live, self._drawn_with = [_ENCODER.encode(part) for part in live.values()], company
        return self._drawn, self._live


def _told_otherwise(journal: Journal[E], otherwise: Mapping[int, E]) -> Journal[E]:
    """The journal, these entries of it as they are told."""

    async def told(game_id: GameId, after: int, limit: int) -> Sequence[Entry[E]]:
        page = await journal(game_id, after, limit)
        return [msgspec.structs.replace(entry, event=otherwise.get(entry.seq, entry.event)) for entry in page]

    return told
