"""A node's ledger of the time in which it could serve nobody.

Deadlines are told by the wall clock; what players are promised is served time. The difference of the two is kept here:
stretches of the monotonic clock in which the node did not run or could not write, each counted once, and what the wall
clock was set by. A session compares the total with what it has given back.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import structlog

from clew.sessions.bounds import (
    CLOCK_STEP_MIN_MS,
    CREDIT_MIN_MS,
    EVIDENCE_S,
    PAUSE_S,
    PROBE_S,
    STORE_SLOW_S,
)
from clew.sessions.ids import Millis
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.time.unserved import Unserved

_log = structlog.get_logger("clew.sessions.time.ledger")


class _Asked:
    """Something that the store has not answered yet. Behind a ``holding`` one the others wait.

    ``since_s``: what all is unserved, if the answer takes long.
    """

    __slots__ = ("at_s", "holding", "since_s")

    def __init__(self, at_s: float, since_s: float, *, holding: bool) -> None:
        self.at_s = at_s
        self.since_s = since_s
        self.holding = holding


class Ledger:
    """Unserved time since it was made. True as of the last ``look``, which costs two readings of clocks.

    An outage of the store lasts from what was heard of it last before something failed or took long, until it was
    written again.
    """

    def __init__(self, clock: Clock, metrics: Metrics) -> None:
        self._clock = clock
        self._metrics = metrics
        self.total = Unserved()
        """Replaced when it changes: who has seen this very value is owed nothing."""
        self._looked_at_s, wall = self._read()
        self._apart_ms = wall - 1000 * self._looked_at_s
        self.when_back: Callable[[], None] = lambda: None
        """Called when a store that was away was written."""
        self._heard_at_s = self._wrote_at_s = self._alive_at_s = self._looked_at_s
        self._away_since_s: float | None = None
        self._was_slow = False
        self._probed = False
        """Whether a probe was answered since the store is away: if a write fails again, it needs more than that."""
        self._asked: list[_Asked] = []
        self._stretches: list[tuple[float, float]] = []

    @property
    def store_away(self) -> bool:
        """Whether the last that was heard of the store is that it can't be written, or it owes an answer for long."""
        if self._away_since_s is not None:
            return True
        # asked before each turn: the loop is a third of what ``any`` costs
        for asked in self._asked:  # noqa: SIM110
            if self._looked_at_s - asked.at_s >= STORE_SLOW_S:
                return True
        return False

    @property
    def is_slow(self) -> bool:
        """Whether the latest write took so long that the store was away until it came."""
        return self._was_slow

    @property
    def to_probe(self) -> bool:
        """Whether nothing was heard of the store for a while, and nothing is asked that will tell."""
        return not self._asked and self._clock.monotonic() - self._heard_at_s >= PROBE_S

    @property
    def evident(self) -> bool:
        """Whether it is known, as of the last ``look``, that the store can be written just now."""
        return not self.store_away and self._looked_at_s - self._alive_at_s <= EVIDENCE_S

    def look(self) -> Millis:
        """Bring it up to date; gives the wall clock's time as of which it is."""
        now_s, wall = self._read()
        # Two clocks: how long by the one nobody sets, and what the other was set by in that time.
        gap_s, step_ms = now_s - self._looked_at_s, round(wall - 1000 * now_s - self._apart_ms)
        if gap_s >= PAUSE_S:
            self._mark("paused_ms", self._looked_at_s, now_s)
            if gap_s >= CREDIT_MIN_MS / 1000:
                _log.warning("was_paused", seconds=round(gap_s, 3))
        self._looked_at_s = now_s
        if abs(step_ms) >= CLOCK_STEP_MIN_MS:
            self._apart_ms += step_ms
            self._add("clock_step_ms", step_ms)
            _log.warning("clock_set", milliseconds=step_ms)
        for asked in self._asked:
            self._mark_slow(asked)
        if self._away_since_s is not None:
            self._mark("store_away_ms", self._away_since_s, now_s)
        return wall

    def writing(self) -> AbstractContextManager[None]:
        """Around a write behind which the others wait."""
        return self.asking(holding=True)

    @contextmanager
    def asking(self, *, holding: bool = False) -> Generator[None]:
        """Around one write to the store: that it raises, or takes long, is time in which nobody could be served."""
        with self._asked_for(holding=holding) as asked:
            yield
            self.look()
            # After the look: the time up to this answer is the outage's, and only what follows is not.
            was_away, self._away_since_s, self._probed = self.store_away, None, False
            self._hear(asked)
            self._was_slow, self._wrote_at_s = self._is_slow(asked), self._heard_at_s
            if was_away:
                self.when_back()

    @contextmanager
    def probing(self) -> Generator[None]:
        """Around a probe. It shows since when the store is away, and never that it is back: that takes a write."""
        with self._asked_for(holding=False) as asked:
            yield
            self.look()
            if self._away_since_s is None:
                self._hear(asked)
            else:
                self._probed = True

    @contextmanager
    def _asked_for(self, *, holding: bool) -> Generator[_Asked]:
        at_s = self._clock.monotonic()
        since_s = at_s + STORE_SLOW_S if self._was_slow else self._heard_at_s
        asked = _Asked(at_s, since_s, holding=holding)
        self._asked.append(asked)
        try:
            yield asked
        except Exception:
            self._not_answered()
            raise
        finally:
            # A cancelled question is none any more, and no failure either: it says nothing of the store.
            self._asked.remove(asked)
            self._forget()

    def _not_answered(self) -> None:
        self.look()
        if self._away_since_s is None:
            self._away_since_s = self._heard_at_s
        elif self._probed:
            self._away_since_s = min(self._away_since_s, self._wrote_at_s)
        self._mark("store_away_ms", self._away_since_s, self._looked_at_s)

    def _hear(self, asked: _Asked) -> None:
        self._heard_at_s = self._looked_at_s
        # Somewhen since it was asked. Of what took long all is unserved, so that it may as well have been just now.
        self._alive_at_s = self._looked_at_s if self._is_slow(asked) else max(self._alive_at_s, asked.at_s)

    def _is_slow(self, asked: _Asked) -> bool:
        return self._looked_at_s - asked.at_s >= STORE_SLOW_S

    def _mark_slow(self, asked: _Asked) -> None:
        if self._is_slow(asked):
            began_s = asked.since_s if asked.holding else max(asked.since_s, self._heard_at_s)
            self._mark("store_away_ms", began_s, self._looked_at_s)

    def _mark(self, cause: str, began_s: float, ended_s: float) -> None:
        """Count a stretch, as far as it is not counted yet."""
        counted = sum(max(0.0, min(ended_s, end) - max(began_s, begin)) for begin, end in self._stretches)
        fresh_ms = round(1000 * (ended_s - began_s - counted))
        if fresh_ms <= 0:
            return
        apart = [(begin, end) for begin, end in self._stretches if end < began_s or begin > ended_s]
        joined = [(begin, end) for begin, end in self._stretches if end >= began_s and begin <= ended_s]
        whole = (min([began_s, *(begin for begin, _ in joined)]), max([ended_s, *(end for _, end in joined)]))
        self._stretches = [*apart, whole]
        self._add(cause, fresh_ms)

    def _add(self, cause: str, ms: int) -> None:
        self.total = self.total._replace(**{cause: getattr(self.total, cause) + ms})
        self._metrics.unserved.labels(cause.removesuffix("_ms")).inc(abs(ms) / 1000)

    def _forget(self) -> None:
        """No stretch to come begins before the last write, or since when what is still asked would count."""
        earliest_s = min([self._wrote_at_s, *(asked.since_s for asked in self._asked)])
        if self._stretches:
            self._stretches = [stretch for stretch in self._stretches if stretch[1] > earliest_s]

    def _read(self) -> tuple[float, Millis]:
        """The monotonic clock and the wall clock at one moment, however long the process stood still between them."""
        while True:
            now_s = self._clock.monotonic()
            wall = self._clock.now()
            if self._clock.monotonic() - now_s < CLOCK_STEP_MIN_MS / 2000:
                return now_s, wall
