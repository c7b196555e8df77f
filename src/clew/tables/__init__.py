"""A game made a session: the lobby, the seats, rounds with secret plans, and what each viewer is told of it.

Internal, but for what docs/public-modules.md names.
"""
