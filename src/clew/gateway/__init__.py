"""A viewer's way to a game, wherever it runs.

Internal, but for what docs/public-modules.md names.
"""
