"""Who watches a session, by name, and who did a moment ago. It is kept nowhere: after a crash they come again."""

from __future__ import annotations

from collections import Counter

from clew.sessions.bounds import PRESENCE_GRACE_S
from clew.sessions.ids import UserId
from clew.sessions.ports.clock import Clock


class Audience:
    """Those who watch one session on this node, from when it came into memory here.

    Somebody who left is here for ``PRESENCE_GRACE_S`` yet, for most of those come back. Whoever watched a session
    where it was before has as long to come here.
    """

    __slots__ = ("_came_at_s", "_clock", "_left_at_s", "_looked_at_s", "_watching")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._came_at_s = self._looked_at_s = clock.monotonic()
        self._watching = Counter[UserId]()
        self._left_at_s: dict[UserId, float] = {}

    def come(self, user_id: UserId) -> None:
        """They watch, once more if they did already."""
        self._watching[user_id] += 1
        self._left_at_s.pop(user_id, None)

    def go(self, user_id: UserId) -> None:
        """The other half of ``come``."""
        self._watching[user_id] -= 1
        if not self._watching[user_id]:
            del self._watching[user_id]
            self.seen(user_id)

    def seen(self, user_id: UserId) -> None:
        """They were here just now, be it without watching."""
        if user_id not in self._watching:
            self._left_at_s[user_id] = self._clock.monotonic()

    def here(self) -> frozenset[UserId] | None:
        """Who is here; None: that can't be known yet."""
        now_s = self._looked_at_s = self._clock.monotonic()
        if now_s < self._came_at_s + PRESENCE_GRACE_S:
            return None
        self._left_at_s = {who: at_s for who, at_s in self._left_at_s.items() if now_s < at_s + PRESENCE_GRACE_S}
        return frozenset(self._watching) | self._left_at_s.keys()

    def changes_in_s(self) -> float | None:
        """After how long ``here`` is another than it was when it was asked last; None: it stays as it was."""
        ends_s = [at_s + PRESENCE_GRACE_S for at_s in (self._came_at_s, *self._left_at_s.values())]
        # What ran out since that look has not been seen by it: time passes between the two.
        next_s = min((end_s for end_s in ends_s if end_s > self._looked_at_s), default=None)
        return None if next_s is None else max(0.0, next_s - self._clock.monotonic())
