"""One viewer's feed at the owner of the game: what was missed, then every commit, as texts for the client."""

from typing import Protocol

from clew.sessions.host import Watch
from clew.sessions.ids import GameId, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.records import Committed, EndOfFeed
from clew.sessions.session.terms import mark_at
from minotaur.play.calls import Opening
from minotaur.play.feed import ViewerFeed
from minotaur.play.match import Match, MatchEvent
from minotaur.play.resuming import Past
from minotaur.play.verbs import MatchHost


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

    def __init__(self, host: MatchHost, clock: Clock, game_id: GameId, user_id: UserId | None, hearer: Hearer) -> None:
        self._host = host
        self._clock = clock
        self._game_id = game_id
        self._user_id = user_id
        self._hearer = hearer
        self._watch: Watch[Match, MatchEvent] | None = None
        self._feed: ViewerFeed | None = None
        self._not_yet: list[Committed[Match, MatchEvent]] | None = []
        self._end: EndOfFeed | None = None
        self._closed = False

    async def open(self, after: int | None, mark: str | None = None, *, again: bool = False) -> Opening:
        """The welcome, and what was missed since ``after``, the viewer's number. Raises the host's faults.

        ``mark`` came with that number; None: the client has none. ``again``: its client has been welcomed, and will not
        see this one; the view goes with what was missed.
        """
        watch = await self._host.watch(self._game_id, self._committed, self._ended)
        self._watch = watch
        if self._closed:
            watch.close()
        feed = ViewerFeed(watch.state, self._user_id)
        past = Past(self._host.journal, self._game_id, watch.state.events_log, watch.seq, feed.viewer)
        resumption = await past.resume(watch.terms, after, mark)
        welcome = feed.welcome(self._clock.now(), resumption, past.last, past.kept)
        missed, text = resumption.missed, None
        if missed:
            text = feed.missed(missed, mark_at(watch.terms, missed[-1].seq))
        elif again and resumption.after is not None:
            text = feed.look_again()
        self._feed = feed
        return Opening(welcome, text, resumption.after is not None, feed.told_seq, feed.mark, resumption.history)

    def begin(self) -> None:
        """The opening is on its way to the client: tell what was committed meanwhile, and go on live."""
        waiting, self._not_yet = self._not_yet or [], None
        for committed in waiting:
            self._follow(committed)
        if self._end is not None:
            self._ended(self._end)

    def close(self) -> None:
        """Tell nothing more. May be called twice, and before ``open`` has returned."""
        self._closed = True
        self._not_yet = None
        if self._watch is not None:
            self._watch.close()

    def _committed(self, committed: Committed[Match, MatchEvent]) -> None:
        if self._closed:
            return
        if not self._hearer.wants_more:
            self.close()
        elif self._not_yet is not None:
            self._not_yet.append(committed)
        else:
            self._follow(committed)

    def _follow(self, committed: Committed[Match, MatchEvent]) -> None:
        assert self._feed is not None, "begun after it was opened"
        text = self._feed.follow(committed)
        if text is not None:
            self._hearer.told(self._feed.told_seq, self._feed.mark, text)

    def _ended(self, why: EndOfFeed) -> None:
        if self._closed:
            return
        if self._not_yet is not None:
            self._end = why
            return
        self.close()
        self._hearer.ended(why)
