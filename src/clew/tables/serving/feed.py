"""One viewer's feed of one table: the messages that tell them what was committed, in order and without gaps.

Pure of any socket: committed entries go in, text for the wire comes out. The output gate is upstream: nothing gets in
here that is not durable. What only concerns others costs next to nothing, since most of what happens is plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from clew.game import AnyGame, Seat
from clew.gateway.calls import Opening
from clew.gateway.messages import Messages
from clew.gateway.ports import Comer
from clew.gateway.resuming import Past, Shown, ViewersLog, counted_back
from clew.sessions.ids import Millis, UserId
from clew.sessions.records import Committed, Entry
from clew.sessions.session.terms import Terms
from clew.tables import views
from clew.tables.events import AnyEvent, PlanAccepted, PlayerJoined, ReadyAccepted
from clew.tables.machine import TableMachine
from clew.tables.table import AnyTable
from clew.tables.telling import told_bytes
from clew.wire.picture import EncodedView, picture


class TableFeed:
    """Keeps ``gateway.ports.ViewerFeed``'s promises.

    ``viewer`` is the user's seat; None for a spectator, who becomes a player by joining.
    """

    def __init__(self, machine: TableMachine, table: AnyTable, user_id: UserId | None) -> None:
        self._machine = machine
        self._table = table
        self._user_id = user_id
        self._drawn: EncodedView | None = None
        self._messages = Messages()
        self.viewer: Seat | None = None
        self._find_seat()

    @property
    def told_seq(self) -> int:
        return self._messages.told_seq

    @property
    def mark(self) -> str:
        return self._messages.mark

    async def open(self, past: Past[AnyEvent], terms: Terms, comer: Comer, now: Millis) -> Opening:
        """How it begins. Raises what reading the journal raises."""
        return await self._messages.open(past, terms, comer, now, self._view)

    def follow(self, committed: Committed[AnyTable, AnyEvent]) -> str | None:
        """What a commit means to this viewer; None if nothing they may know has changed."""
        before, self._table = self._table, committed.after
        changed = _changes_the_picture(before, committed.entries)
        if changed:
            self._drawn = None
        shown = self._shown(committed.entries)
        if shown:
            told = counted_back(self._table.events_log.last_number(self.viewer), shown)
            return self._messages.news(told, committed.mark, self._view())
        return self._messages.look_again(self._view()) if changed else None

    def _shown(self, entries: Sequence[Entry[AnyEvent]]) -> list[Shown]:
        shown: list[Shown] = []
        for entry in entries:
            event = entry.event
            if event is None:
                continue
            if isinstance(event, PlayerJoined):
                self._find_seat()
            told = self._machine.tellings.of(event).to(self.viewer)
            if told is not None:
                shown.append((entry.seq, told))
        return shown

    def _find_seat(self) -> None:
        member = None if self._user_id is None else self._table.member_of(self._user_id)
        self.viewer = None if member is None else member.player_id

    def _view(self) -> msgspec.Raw:
        """The view now. All but the viewer's own seat is encoded once, and again only when it changes."""
        game = self._machine.game
        if self._drawn is None:
            self._drawn = picture(views.table_view(game, self._table, self.viewer))
        return self._drawn.of(views.you_of(game, self._table, self.viewer))


def log_of(game: AnyGame, table: AnyTable, viewer: Seat | None) -> ViewersLog[AnyEvent]:
    """What a table keeps of what this viewer was told."""
    log = table.events_log
    return ViewersLog(
        last=log.last_number(viewer),
        kept=log.shown_to(viewer),
        since=log.since,
        tell=partial(_told_to, game, viewer),
    )


def _told_to(game: AnyGame, viewer: Seat | None, event: AnyEvent) -> msgspec.Raw | None:
    return told_bytes(game, event, viewer)


def _changes_the_picture(before: AnyTable, entries: Sequence[Entry[AnyEvent]]) -> bool:
    """Whether a commit does more than take plans: those change nothing of a view but ``you``.

    Unless they end an autopilot, which everybody may see.
    """
    for entry in entries:
        event = entry.event
        if event is None:
            continue
        planner = _planner_of(event)
        if planner is None or planner not in before.players or before.players[planner].autopilot:
            return True
    return False


def _planner_of(event: AnyEvent) -> Seat | None:
    return event.player_id if isinstance(event, PlanAccepted | ReadyAccepted) else None
