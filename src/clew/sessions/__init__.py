"""The durable session runtime; knows no game.

Internal, but for what docs/public-modules.md names.
"""
