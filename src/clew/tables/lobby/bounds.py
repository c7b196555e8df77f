"""Every bound of a lobby, and what happens when it is reached."""

from __future__ import annotations

from typing import Final

SENT_AWAY_MAX: Final = 64
"""So many who were sent away are remembered; of more, who went first may sit down again."""

LOBBY_EVENTS_MAX: Final = 1_000
"""So often a lobby changes: past it nobody more sits down and its rules stay, ``too_many_changes``, or one person could
fill a journal. Who wants to go or to begin still does."""
