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
from clew.wire.shapes import GameStatus, History, ViewerKind
from minotaur.play import views
from minotaur.play.events_log import Told
from minotaur.play.match import Match, MatchEvent, PlayerJoined
from minotaur.play.resuming import Resumption
from minotaur.play.telling import numbered, skip_bytes, told_bytes
from minotaur.play.wire import You
from minotaur.rules.events import EndCause, PlanAccepted, ReadyAccepted
from minotaur.rules.names import Millis, PlayerId
from minotaur.rules.sight import sight

_ENCODER: Final = msgspec.json.Encoder()


class _EncodedView(msgspec.Struct, frozen=True):
    """``wire.View`` with its large parts encoded already."""

    game_status: GameStatus
    round: int
    round_ends_at: str | None
    you: You | None
    hexes: msgspec.Raw
    characters: msgspec.Raw
    players: msgspec.Raw
    winner_id: str | None
    viewer: ViewerKind
    host_id: str
    seats: int
    shown_round: int | None
    round_ms: int | None
    seed_chosen: bool
    over_why: EndCause | None


class _EncodedWelcome(msgspec.Struct, frozen=True, tag_field="type", tag="welcome"):
    seq: int
    mark: str
    view: _EncodedView
    server_time: str
    resumed: bool
    history: History
    log: list[msgspec.Raw]


class _EncodedEvents(msgspec.Struct, frozen=True, tag_field="type", tag="events"):
    seq: int
    mark: str
    events: list[msgspec.Raw]
    view: _EncodedView


class MatchFeed:
    """Knows what its viewer was told last, and makes the next message.

    ``told_seq`` is the viewer's own number: everything up to it is told; ``mark`` names the history up to it.
    ``viewer`` is the user's seat; None for a spectator, who becomes a player by joining.
    """

    def __init__(self, match: Match, user_id: UserId | None) -> None:
        self._user_id = user_id
        self._match = match
        self._drawn: _EncodedView | None = None
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
        message = _EncodedWelcome(
            self.told_seq, self.mark, self._view(), rfc3339(now), resumed, resumption.history, log
        )
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
            told = told_bytes(event, self.viewer)
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
        return _ENCODER.encode(_EncodedEvents(self.told_seq, self.mark, events, self._view())).decode()

    def _find_seat(self) -> None:
        member = None if self._user_id is None else self._match.member_of(self._user_id)
        self.viewer = None if member is None else member.player_id

    def _view(self) -> _EncodedView:
        """The view now. Its large parts are encoded once, and again only when they change."""
        if self._drawn is None:
            self._drawn = _draw(self._match, self.viewer)
            return self._drawn
        if self.viewer is None:
            return self._drawn
        drawn = self._drawn
        return _EncodedView(
            drawn.game_status,
            drawn.round,
            drawn.round_ends_at,
            views.you_of(self._match, self.viewer),
            drawn.hexes,
            drawn.characters,
            drawn.players,
            drawn.winner_id,
            drawn.viewer,
            drawn.host_id,
            drawn.seats,
            drawn.shown_round,
            drawn.round_ms,
            drawn.seed_chosen,
            drawn.over_why,
        )


def _changes_the_picture(before: Match, committed: Committed[Match, MatchEvent]) -> bool:
    """Whether a commit does more than take plans: those change nothing of a view but ``you``.

    Unless they end an autopilot, which everybody may see.
    """
    for entry in committed.entries:
        event = entry.event
        if event is None:
            continue
        if not isinstance(event, PlanAccepted | ReadyAccepted):
            return True
        if before.game is None or before.game.heroes[event.player_id].autopilot:
            return True
    return False


def _draw(match: Match, viewer: PlayerId | None) -> _EncodedView:
    game = match.game
    seen = None if game is None else sight(game, viewer)
    return _EncodedView(
        game_status=match.status,
        round=0 if game is None else game.round,
        round_ends_at=views.round_ends_at(match),
        you=views.you_of(match, viewer),
        hexes=_raw([] if seen is None else views.hexes_of(seen)),
        characters=_raw([] if seen is None else views.characters_of(seen)),
        players=_raw(views.players_of(match)),
        winner_id=None if game is None else game.winner_id,
        viewer=views.viewer_kind(viewer, seen),
        host_id=match.host.player_id,
        seats=match.settings.seats,
        shown_round=views.shown_round(seen),
        round_ms=views.round_ms(match),
        seed_chosen=match.seed_chosen,
        over_why=None if game is None else game.over_why,
    )


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(_ENCODER.encode(value))
