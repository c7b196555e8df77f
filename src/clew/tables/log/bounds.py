"""Every bound of what was told, and what happens when it is reached."""

from __future__ import annotations

from typing import Final

LOG_LINES_KEPT: Final = 64
LOG_LINES_MAX: Final = 96
"""One line more than the most, and only the newest that are to be kept stay, entries dropped whole. What is dropped is
read from the journal if somebody needs it."""

LATEST_MAX: Final = 1024
"""So many events of a game are kept as they were told; of older ones it is worked out anew."""
