"""The tables, and how a database comes to have them.

Internal, but for what docs/public-modules.md names.
"""
