"""Bounds of what is read to find out somebody's language."""

from typing import Final

ACCEPT_CHARS_MAX: Final = 256
"""A longer ``Accept-Language`` says nothing: no browser's is, and it is read for every page and refusal."""
