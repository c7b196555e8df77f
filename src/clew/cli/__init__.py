"""A game's command line.

Internal, but for what docs/public-modules.md names.
"""
