"""Whether this server takes part in play just now."""

from collections.abc import Callable
from enum import Enum


class Phase(Enum):
    """``STARTING`` until every game that was going on goes on; ``DRAINING`` from the moment it was asked to stop."""

    STARTING = "starting"
    READY = "ready"
    DRAINING = "draining"


class Readiness:
    """The phase of this server; it only moves forward."""

    def __init__(self) -> None:
        self.phase = Phase.STARTING
        self.trouble: Callable[[], str | None] = lambda: None
        """Why what this server is for does not work just now, in a word; None: it does."""

    @property
    def is_ready(self) -> bool:
        """Whether it has begun and is not leaving: in trouble it goes on trying."""
        return self.phase is Phase.READY

    def become_ready(self) -> None:
        """Nothing happens if it already drains."""
        if self.phase is Phase.STARTING:
            self.phase = Phase.READY

    def drain(self) -> None:
        self.phase = Phase.DRAINING
