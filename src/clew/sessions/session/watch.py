"""One watcher's place in a session's feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from clew.sessions.records import Committed, EndOfFeed
from clew.sessions.session.audience import Audience
from clew.sessions.session.feed import Feed
from clew.sessions.session.terms import Terms

S = TypeVar("S")
E = TypeVar("E")


class Watch(Generic[S, E]):
    """A place in a feed: ``state``, ``seq`` and ``terms`` as they stood when it began. Close it when done.

    ``audience``: where it may be said who watches.
    """

    __slots__ = ("_ended", "_feed", "_watcher", "seq", "state", "terms")

    def __init__(
        self,
        feed: Feed[S, E],
        state: S,
        seq: int,
        terms: Terms,
        watcher: Callable[[Committed[S, E]], None],
        ended: Callable[[EndOfFeed], None] | None,
    ) -> None:
        self.state = state
        self.seq = seq
        self.terms = terms
        self._feed = feed
        self._watcher = watcher
        self._ended = ended
        feed.join(self)

    @property
    def audience(self) -> Audience:
        return self._feed.audience

    def close(self) -> None:
        """Hear no more. Closing twice is closing once."""
        self._feed.leave(self)

    def tell(self, committed: Committed[S, E]) -> None:
        self._watcher(committed)

    def end(self, why: EndOfFeed) -> None:
        if self._ended is not None:
            self._ended(why)
