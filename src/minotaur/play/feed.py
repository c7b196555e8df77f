"""One viewer's feed of one match: the messages that tell them what was committed, in order and without gaps.

Pure of any socket: committed entries go in, text for the wire comes out. The output gate is upstream: nothing gets in
here that is not durable. What only concerns others costs next to nothing, since most of what happens is plans.
"""

from collections.abc import Sequence
from functools import partial

import msgspec

from clew.gateway.calls import Opening
from clew.gateway.messages import Messages
from clew.gateway.ports import Comer
from clew.gateway.resuming import Past, Shown, ViewersLog, counted_back
from clew.sessions.ids import Millis, UserId
from clew.sessions.records import Committed, Entry
from clew.sessions.session.terms import Terms
from clew.wire.picture import EncodedView, picture
from minotaur.play import views
from minotaur.play.match import Match, MatchEvent, PlayerJoined
from minotaur.play.telling import ToldOnce, told_of
from minotaur.rules.events import PlanAccepted, ReadyAccepted
from minotaur.rules.names import PlayerId


class MatchFeed:
    """Keeps ``gateway.ports.ViewerFeed``'s promises.

    ``viewer`` is the user's seat; None for a spectator, who becomes a player by joining.
    """

    def __init__(self, match: Match, user_id: UserId | None) -> None:
        self._user_id = user_id
        self._match = match
        self._drawn: EncodedView | None = None
        self._messages = Messages()
        self.viewer: PlayerId | None = None
        self._find_seat()

    @property
    def told_seq(self) -> int:
        return self._messages.told_seq

    @property
    def mark(self) -> str:
        return self._messages.mark

    async def open(self, past: Past[MatchEvent], terms: Terms, comer: Comer, now: Millis) -> Opening:
        """How it begins. Raises what reading the journal raises."""
        return await self._messages.open(past, terms, comer, now, self._view)

    def follow(self, committed: Committed[Match, MatchEvent]) -> str | None:
        """What a commit means to this viewer; None if nothing they may know has changed."""
        before, self._match = self._match, committed.after
        changed = _changes_the_picture(before, committed)
        if changed:
            self._drawn = None
        shown = self._shown(committed.entries)
        if shown:
            log = self._match.events_log
            told = counted_back(log.last_number(self.viewer, committed.entries[-1].seq), shown, log.own_since)
            return self._messages.news(told, committed.mark, self._view())
        return self._messages.look_again(self._view()) if changed else None

    def _shown(self, entries: Sequence[Entry[MatchEvent]]) -> list[Shown]:
        shown: list[Shown] = []
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

    def _find_seat(self) -> None:
        member = None if self._user_id is None else self._match.member_of(self._user_id)
        self.viewer = None if member is None else member.player_id

    def _view(self) -> msgspec.Raw:
        """The view now. All but the viewer's own hero is encoded once, and again only when it changes."""
        if self._drawn is None:
            self._drawn = picture(views.view_of(self._match, self.viewer))
        return self._drawn.of(views.you_of(self._match, self.viewer))


def log_of(match: Match, seq: int, viewer: PlayerId | None) -> ViewersLog[MatchEvent]:
    """What a match that stands after entry ``seq`` keeps of what this viewer was told."""
    log = match.events_log
    return ViewersLog(
        last=log.last_number(viewer, seq),
        kept=log.shown_to(viewer),
        since=seq if log.since is None else log.since,
        tell=partial(_told_to, viewer),
        own_since=log.own_since,
    )


def _told_to(viewer: PlayerId | None, event: MatchEvent) -> msgspec.Raw | None:
    return ToldOnce(event).to(viewer)


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
