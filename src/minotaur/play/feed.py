"""One viewer's feed of one match: the messages that tell them what was committed, in order and without gaps.

Pure of any socket: committed entries go in, text for the wire comes out. The output gate is upstream: nothing gets in
here that is not durable. What only concerns others costs next to nothing, since most of what happens is plans.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from clew.sessions.ids import UserId
from clew.sessions.records import Committed, Entry
from clew.wire.moments import rfc3339
from minotaur.play import views
from minotaur.play.events_log import Told
from minotaur.play.match import Match, MatchEvent, PlayerJoined
from minotaur.play.picture import EncodedView, as_written, picture
from minotaur.play.resuming import Resumption
from minotaur.play.telling import numbered, skip_bytes, told_of
from minotaur.play.wire import Events, Welcome
from minotaur.rules.events import PlanAccepted, ReadyAccepted
from minotaur.rules.names import Millis, PlayerId

_ENCODER: Final = msgspec.json.Encoder()


class MatchFeed:
    """Knows what its viewer was told last, and makes the next message.

    ``told_seq`` is the viewer's own number: everything up to it is told; ``mark`` names the history up to it.
    ``viewer`` is the user's seat; None for a spectator, who becomes a player by joining.
    """

    def __init__(self, match: Match, user_id: UserId | None) -> None:
        self._user_id = user_id
        self._match = match
        self._drawn: EncodedView | None = None
        self.told_seq = 0
        self.mark = ""
        self.viewer: PlayerId | None = None
        self._find_seat()

    def welcome(self, now: Millis, resumption: Resumption, last: int, kept: Sequence[Told]) -> str:
        """The first message. After a resume, numbers go on from the client's own; else from the viewer's ``last``, and
        it brings the log: what is ``kept``.
        """
        resumed = resumption.after is not None
        self.told_seq = last if resumption.after is None else resumption.after
        self.mark = resumption.mark
        log = [] if resumed else [numbered(told.number, told.shown) for told in kept]
        view, shown = as_written(self._view()), as_written(log)
        message = Welcome(self.told_seq, self.mark, view, rfc3339(now), resumed, resumption.history, shown)
        return _ENCODER.encode(message).decode()

    def missed(self, told: Sequence[Told], mark: str) -> str:
        """What a client that resumed has not seen, with the present view."""
        return self._show(told, mark)

    def follow(self, committed: Committed[Match, MatchEvent]) -> str | None:
        """What a commit means to this viewer; None if nothing they may know has changed."""
        before, self._match = self._match, committed.after
        changed = _changes_the_picture(before, committed)
        if changed:
            self._drawn = None
        shown = self._shown(committed.entries)
        if shown:
            return self._show(self._match.events_log.numbered(self.viewer, shown), committed.mark)
        return self.look_again() if changed else None

    def look_again(self) -> str:
        """Nothing was told, but what the viewer may see has, or may have, changed (an autopilot ended): the view."""
        return self._news([])

    def _shown(self, entries: Sequence[Entry[MatchEvent]]) -> list[tuple[int, msgspec.Raw]]:
        shown: list[tuple[int, msgspec.Raw]] = []
        for entry in entries:
            event = entry.event
            if event is None:
                continue
            if isinstance(event, PlayerJoined):
                self._find_seat()
            told = told_of(event).to(self.viewer)
            if told is not None:
                shown.append((entry.seq, told))
        return shown

    def _show(self, told: Sequence[Told], mark: str) -> str:
        """These. Where numbers are still those of the journal, skips come in between, as the first edition has them."""
        log = self._match.events_log
        events: list[msgspec.Raw] = []
        for number, _, shown in told:
            if number != self.told_seq + 1:
                assert number > self.told_seq and not log.is_own(number - 1), "a viewer's own numbers have no gaps"
                events.extend(skip_bytes(skipped) for skipped in range(self.told_seq + 1, number))
            events.append(numbered(number, shown))
            self.told_seq = number
        self.mark = mark
        return self._news(events)

    def _news(self, events: list[msgspec.Raw]) -> str:
        message = Events(self.told_seq, self.mark, as_written(events), as_written(self._view()))
        return _ENCODER.encode(message).decode()

    def _find_seat(self) -> None:
        member = None if self._user_id is None else self._match.member_of(self._user_id)
        self.viewer = None if member is None else member.player_id

    def _view(self) -> msgspec.Raw:
        """The view now. All but the viewer's own hero is encoded once, and again only when it changes."""
        if self._drawn is None:
            self._drawn = picture(views.view_of(self._match, self.viewer))
        return self._drawn.of(views.you_of(self._match, self.viewer))


def _changes_the_picture(before: Match, committed: Committed[Match, MatchEvent]) -> bool:
    """Whether a commit does more than take plans: those change nothing of a view but ``you``.

    Unless they end an autopilot, which everybody may see.
    """
    for entry in committed.entries:
        event = entry.event
        if event is None:
            continue
        planner = _planner_of(event)
        if planner is None or before.game is None or before.game.heroes[planner].autopilot:
            return True
    return False


def _planner_of(event: MatchEvent) -> PlayerId | None:
    return event.player_id if isinstance(event, PlanAccepted | ReadyAccepted) else None
