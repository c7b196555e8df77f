"""Something that fails again and again, told in a few lines: when it begins, at growing intervals, when it is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from clew.sessions.bounds import OUTAGE_LOGGED_FIRST_S, OUTAGE_LOGGED_LAST_S


class Log(Protocol):
    """Where it is told."""

    def warning(self, event: str, **facts: object) -> object: ...
    def info(self, event: str, **facts: object) -> object: ...


class Outage:
    """One thing that is tried over and over. Each line says how long it has lasted and how often it was tried.

    What it is about may change meanwhile (another server, another fault); the latest is told with the next line.
    """

    def __init__(self, log: Log, begun: str, over: str, monotonic: Callable[[], float]) -> None:
        self._log = log
        self._begun = begun
        self._over = over
        self._monotonic = monotonic
        self._since_s: float | None = None
        self._log_at_s = 0.0
        self._pause_s = OUTAGE_LOGGED_FIRST_S
        self._times = 0

    def log_now(self) -> None:
        """Tell the next failure whatever was told before: something about it is new."""
        self._log_at_s = self._monotonic()

    def failed(self, **facts: object) -> None:
        """Count a failure, and tell of it if it is the first or enough time has passed."""
        now_s = self._monotonic()
        if self._since_s is None:
            self._since_s, self._times, self._pause_s = now_s, 0, OUTAGE_LOGGED_FIRST_S
            self._log_at_s = now_s
        self._times += 1
        if now_s < self._log_at_s:
            return
        again: dict[str, object] = {}
        if self._times > 1:
            again = {"for_s": round(now_s - self._since_s, 1), "times": self._times}
            self._pause_s = min(2 * self._pause_s, OUTAGE_LOGGED_LAST_S)
        self._log_at_s = now_s + self._pause_s
        self._log.warning(self._begun, **facts, **again)

    def over(self, **facts: object) -> None:
        """Note that it works; told if it did not."""
        if self._since_s is None:
            return
        lasted_s = round(self._monotonic() - self._since_s, 1)
        self._since_s = None
        self._log.info(self._over, **facts, after_s=lasted_s, times=self._times)
