"""Minotaur: a round-based labyrinth game on sessions that cannot be lost."""
