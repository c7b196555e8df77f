"""Every bound of a lobby, and what happens when it is reached."""

from __future__ import annotations

from typing import Final

SENT_AWAY_MAX: Final = 64
"""So many who were sent away are remembered; of more, who went first may sit down again."""
