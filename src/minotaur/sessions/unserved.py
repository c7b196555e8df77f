"""Time in which a session's players could not be heard: why, and how much of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

Cause: TypeAlias = Literal["restart", "moved", "store_away", "paused", "clock_step"]
"""Nobody ran the session because its server was down, or until another took it; its owner could not write, or did not
run; or the wall clock was set, so that deadlines told by it come sooner or later than they should."""
