"""Whether this server takes part in play just now, and why not."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

from clew.sessions.cluster.fitness import LACK_CODES, Lack


class Phase(Enum):
    """``STARTING`` until every game that was going on goes on; ``DRAINING`` from the moment it was asked to stop."""

    STARTING = "starting"
    READY = "ready"
    DRAINING = "draining"


REASON_CODES: Final = (Phase.STARTING.value, Phase.DRAINING.value, *LACK_CODES)
"""All that may keep a server from being ready."""

_IN_WORDS: Final = {
    Phase.STARTING: "Games that were going on are being resumed",
    Phase.DRAINING: "It was asked to stop",
}


class Readiness:
    """The phase of this server, which only moves forward, and what it lacks just now.

    Ready means that what this server is for works now. One that lacks something goes on trying to serve those who come;
    only where others can serve them it lets nobody in (``sends_away``).
    """

    def __init__(self) -> None:
        self.phase = Phase.STARTING
        self.lacks: Callable[[], Sequence[Lack]] = lambda: ()
        """What keeps it from being of use just now."""
        self.sends_away = False
        """Whether its people are being sent to other servers."""

    @property
    def is_ready(self) -> bool:
        return not self.reasons()

    @property
    def lets_in(self) -> bool:
        """Whether who comes is served, or it is tried at least."""
        return self.phase is Phase.READY and not self.sends_away

    def reasons(self) -> list[tuple[str, str]]:
        """Why it is not ready: codes of ``REASON_CODES``, each with a sentence; none where it is."""
        lacks = [(lack.code, lack.words) for lack in self.lacks()]
        phase = [] if self.phase is Phase.READY else [(self.phase.value, _IN_WORDS[self.phase])]
        return [*phase, *lacks]

    def become_ready(self) -> None:
        """Nothing happens if it already drains."""
        if self.phase is Phase.STARTING:
            self.phase = Phase.READY

    def drain(self) -> None:
        self.phase = Phase.DRAINING
