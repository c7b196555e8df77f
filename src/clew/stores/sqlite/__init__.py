"""The store in one SQLite file.

Internal, but for what docs/public-modules.md names.
"""
