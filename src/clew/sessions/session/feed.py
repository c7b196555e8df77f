"""Who watches a session, and how they are told: at once, in order, none hurting another."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

import structlog

from clew.sessions.ids import GameId
from clew.sessions.metrics import KindMetrics
from clew.sessions.ports.clock import Clock
from clew.sessions.records import Committed, EndOfFeed
from clew.sessions.session.audience import Audience

S = TypeVar("S")
E = TypeVar("E")
S_contra = TypeVar("S_contra", contravariant=True)
E_contra = TypeVar("E_contra", contravariant=True)

_log = structlog.get_logger("clew.sessions.session.feed")


class Watcher(Protocol[S, E]):
    """Someone in a session's feed."""

    def tell(self, committed: Committed[S, E]) -> None: ...
    def end(self, why: EndOfFeed) -> None: ...


class Feed(Generic[S, E]):
    """The watchers of one session. What one of them raises is logged, and ends only its own watch."""

    __slots__ = ("_counts", "_watchers", "audience")

    def __init__(self, counts: KindMetrics, clock: Clock) -> None:
        self._counts = counts
        self.audience = Audience(clock)
        """Where it is said who they are."""
        self._watchers: tuple[Watcher[S, E], ...] = ()

    def __bool__(self) -> bool:
        return bool(self._watchers)

    def join(self, watcher: Watcher[S, E]) -> None:
        self._watchers = (*self._watchers, watcher)

    def leave(self, watcher: Watcher[S, E]) -> None:
        """Not being there is fine."""
        self._watchers = tuple(other for other in self._watchers if other is not watcher)

    def tell(self, committed: Committed[S, E]) -> None:
        # A tuple that is replaced, never changed: who leaves or joins while this goes on does not disturb it.
        for watcher in self._watchers:
            try:
                watcher.tell(committed)
            except Exception as bug:  # noqa: BLE001 - the edge of another's code
                self._failed(committed.game_id, bug)
                self.leave(watcher)
                self._end(committed.game_id, watcher, "failed")

    def end(self, game_id: GameId, why: EndOfFeed) -> None:
        """Tell everyone that nothing more comes, and forget them."""
        # Taken out first: who hears the end may watch again at once, and must not be told of it too.
        watchers, self._watchers = self._watchers, ()
        for watcher in watchers:
            self._end(game_id, watcher, why)

    def _end(self, game_id: GameId, watcher: Watcher[S, E], why: EndOfFeed) -> None:
        try:
            watcher.end(why)
        except Exception as bug:  # noqa: BLE001 - the edge of another's code
            self._failed(game_id, bug)

    def _failed(self, game_id: GameId, bug: Exception) -> None:
        self._counts.watcher_errors.inc()
        _log.error("watcher_failed", game_id=game_id, exc_info=bug)
