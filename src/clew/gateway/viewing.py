"""One viewer's feed at the owner of the game: what was missed, then every commit, as texts for the client."""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from clew.gateway.attendance import Attendance, Attendances
from clew.gateway.calls import Opening
from clew.gateway.departures import Departures
from clew.gateway.ports import AnyGame, AnyHost, Comer, ViewerFeed
from clew.sessions.host import Watch
from clew.sessions.ids import GameId
from clew.sessions.ports.clock import Clock
from clew.sessions.records import Committed, EndOfFeed


class Hearer(Protocol):
    """Whom a viewing tells. Called in the loop; must be quick."""

    @property
    def wants_more(self) -> bool:
        """False once nothing can be told any more: the viewing ends by itself."""
        ...

    def told(self, seq: int, mark: str | None, text: str) -> None:
        """A message for the client; with it, everything up to ``seq`` is told, of the history named by ``mark``."""
        ...

    def ended(self, why: EndOfFeed) -> None:
        """No more comes. Not called after ``close``."""
        ...


class Viewing:
    """``open`` first, then ``begin``; from there on the hearer is told of each commit, in order, without a gap."""

    def __init__(
        self,
        game: AnyGame,
        host: AnyHost,
        clock: Clock,
        attendances: Attendances,
        departures: Departures,
        game_id: GameId,
        hearer: Hearer,
    ) -> None:
        self._game = game
        self._host = host
        self._clock = clock
        self._attendances = attendances
        self._departures = departures
        self._attendance: Attendance | None = None
        self._game_id = game_id
        self._hearer = hearer
        self._watch: Watch[Any, Any] | None = None
        self._feed: ViewerFeed[Any, Any] | None = None
        self._not_yet: list[Committed[Any, Any] | Sequence[msgspec.Raw]] | None = []
        self._end: EndOfFeed | None = None
        self._closed = False
        self._is_new = False

    async def open(self, comer: Comer) -> Opening:
        """The welcome, and what the comer missed. Raises the host's faults, and the store's."""
        watch = await self._host.watch(self._game_id, self._committed, self._ended, of=self._game.kind)
        self._watch = watch
        attendance = self._attendances.of(self._game, self._game_id, watch)
        if self._closed:
            watch.close()
        else:
            self._attendance = attendance
            attendance.join(self, comer.user_id)
            self._is_new = not comer.again
        named = await self._game.named_ever(self._game_id, watch.state, comer, self._host.journal)
        await self._departures.look([attendance], named)
        # What is committed while the feed is made waits in ``_not_yet``: the watch began before.
        self._feed, opening = await self._game.open_feed(
            self._game_id, watch, lambda: attendance.company, self._host.journal, comer, self._clock
        )
        return opening

    def begin(self) -> None:
        """The opening is on its way to the client: tell what was committed meanwhile, and go on live."""
        waiting, self._not_yet = self._not_yet or [], None
        for waited in waiting:
            if isinstance(waited, Committed):
                self._follow(waited)
            else:
                self._follow_aside(waited)
        if self._is_new and self._attendance is not None and self._attendance.said:
            self._follow_aside(self._attendance.said)
        if self._end is not None:
            self._ended(self._end)

    def close(self) -> None:
        """Tell nothing more. May be called twice, and before ``open`` has returned."""
        self._closed = True
        self._not_yet = None
        if self._watch is not None:
            self._watch.close()
        if self._attendance is not None:
            self._attendance.leave(self)

    # --- from the attendance (Attendant) -------------------------------------------------------------------------

    def tell_aside(self, asides: Sequence[msgspec.Raw]) -> None:
        if self._closed:
            return
        if not self._hearer.wants_more:
            self.close()
        elif self._not_yet is not None:
            self._not_yet.append(asides)
        else:
            self._follow_aside(asides)

    # --- from the session ----------------------------------------------------------------------------------------

    def _committed(self, committed: Committed[Any, Any]) -> None:
        if self._closed:
            return
        attendance = self._attendance
        assert attendance is not None, "joined before anything is awaited"
        if attendance.followed is not committed:
            attendance.follow(committed)
        if not self._hearer.wants_more:
            self.close()
        elif self._not_yet is not None:
            self._not_yet.append(committed)
        else:
            self._follow(committed)

    def _follow(self, committed: Committed[Any, Any]) -> None:
        assert self._feed is not None, "begun after it was opened"
        text = self._feed.follow(committed)
        if text is not None:  # mostly it is another's plan, which says nothing to this viewer
            self._tell(text)

    def _follow_aside(self, asides: Sequence[msgspec.Raw]) -> None:
        assert self._feed is not None, "begun after it was opened"
        self._tell(self._feed.aside(asides))

    def _tell(self, text: str | None) -> None:
        if text is not None:
            assert self._feed is not None, "it was made by the feed"
            self._hearer.told(self._feed.told_seq, self._feed.mark, text)

    def _ended(self, why: EndOfFeed) -> None:
        if self._closed:
            return
        if self._not_yet is not None:
            self._end = why
            return
        self.close()
        self._hearer.ended(why)
