"""What the runtime needs of the world outside: stores, bus and clock; and of a game.

Internal, but for what docs/public-modules.md names.
"""
