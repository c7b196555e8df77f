"""The port through which nodes hear of each other's death."""

from __future__ import annotations

from typing import Protocol

from clew.sessions.ids import Owner


class Lifelines(Protocol):
    """How nodes hear at once that another's process has died. For speed only: a node may be believed dead and live.

    Kept by every adapter that has them (tests/clew/contracts/test_lifelines.py).
    """

    async def hold(self, owner: Owner) -> None:
        """Hold this life's line until cancelled, through broken connections; it is cut when the process dies."""
        ...

    async def wait_cut(self, owner: Owner) -> None:
        """Return once that life's line, seen held before, was cut. Waits for ever where it never is."""
        ...
