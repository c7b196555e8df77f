"""How a law that a game breaks is told."""

from __future__ import annotations


class LawBroken(AssertionError):
    """The game breaks a law; its text says what was seen."""
