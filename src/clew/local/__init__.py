"""A cluster on one machine, for trying and developing: its databases, its nodes and one port before them.

Internal, but for what docs/public-modules.md names.
"""
