"""What time it is at the server."""

import math
from collections.abc import Callable
from datetime import datetime


class ServerClock:
    """The server's clock on a steady one of ours, by all that was heard. Not promised: better than half a roundtrip."""

    def __init__(self, steady_s: Callable[[], float]) -> None:
        self._steady_s = steady_s
        # What has to be added to the steady clock lies between these, by all that was heard since a contradiction.
        self._least_s = -math.inf
        self._most_s = math.inf

    @property
    def is_known(self) -> bool:
        return self._least_s != -math.inf

    def now_s(self) -> float:
        """Seconds since the epoch by the server's clock. Only once something was heard."""
        assert self.is_known, "nobody has said what time it is"
        bounded = self._most_s != math.inf
        return self._steady_s() + ((self._least_s + self._most_s) / 2 if bounded else self._least_s)

    def hear(self, server_time: str, sent_s: float | None = None) -> None:
        """A message said it is ``server_time`` now; asked for at ``sent_s``, or None if it came unasked."""
        server_s = datetime.fromisoformat(server_time).timestamp()
        least_s = server_s - self._steady_s()
        most_s = math.inf if sent_s is None else server_s - sent_s
        # Another node has a clock of its own: what was heard before is of no more use.
        contradicts = least_s > self._most_s or most_s < self._least_s
        self._least_s = least_s if contradicts else max(self._least_s, least_s)
        self._most_s = most_s if contradicts else min(self._most_s, most_s)
