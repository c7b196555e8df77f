"""Every bound of the stores, and what happens when it is reached."""

from __future__ import annotations

ENDED_LISTED_MS = 3_600_000
"""A node's life that ended longer ago, and holds nothing, is listed no more; its number is not given again."""
