"""One session: its turns, what it commits, and what its players are owed.

Internal, but for what docs/public-modules.md names.
"""
