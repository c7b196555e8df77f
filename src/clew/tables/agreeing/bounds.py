"""Every bound of what is agreed on, and what happens when it is reached."""

from __future__ import annotations

from typing import Final

PAUSE_MS: Final = 15 * 60 * 1000
"""A pause lasts so long, or as long as a round where that is longer; then the game goes on by itself."""

PAUSES_MAX: Final = 8
"""So often a game is paused: asked for once more it is ``no_more_pauses``. Who is away waits no longer than that."""
