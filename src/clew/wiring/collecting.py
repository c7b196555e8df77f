"""Python's cyclic collector: spared what stays, and asked for a whole round only when much has come (decision 0142)."""

import gc
import sys
from collections.abc import Callable
from typing import Final

from clew.sessions.ports.clock import Clock

STARTING_OBJECTS: Final = 1_000_000
"""How many new objects the collector waits for until the node is ready: nearly all that a start makes stays."""
YOUNG_OBJECTS: Final = 50_000
"""How many it waits for from then on: hardly any of what a command makes is in a cycle."""
MIDDLE_ROUNDS: Final = 20
"""After so many rounds among the new it looks at what was left of them."""
NEVER: Final = 1_000_000_000
"""So many rounds don't come: a whole round, which stops the loop for as long as it takes, is for ``Collecting``."""

LOOK_S: Final = 10.0
GROWN_BY: Final = 1.25
GROWN_BLOCKS: Final = 500_000
"""A whole round is made once there is a quarter and so many blocks of memory (some 40 MB) more than after the last: all
that garbage in cycles can come to, with what is made within a look."""


def spare_the_start() -> None:
    """Nearly all that is made from here on stays."""
    gc.set_threshold(STARTING_OBJECTS, *gc.get_threshold()[1:])


def spare_what_stays() -> None:
    """Let the collector pass over what there is now: a whole round over it would hold up every game."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, MIDDLE_ROUNDS, NEVER)


class Collecting:
    """Makes whole rounds of the collector when memory has grown, and not before: what lives is looked at then alone.

    ``blocks``: how many there are, those of garbage that nobody has found among them.
    """

    def __init__(
        self, blocks: Callable[[], int] = sys.getallocatedblocks, collect: Callable[[], object] = gc.collect
    ) -> None:
        self._blocks = blocks
        self._collect = collect
        self._left = blocks()

    async def run(self, clock: Clock) -> None:
        """Look again and again, until cancelled."""
        while True:
            await clock.sleep(LOOK_S)
            self.look()

    def look(self) -> None:
        """Make a round if it is time."""
        if self._blocks() > self._left * GROWN_BY + GROWN_BLOCKS:
            self._collect()
            self._left = self._blocks()
