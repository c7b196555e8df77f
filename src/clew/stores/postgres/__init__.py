"""The store in a PostgreSQL database.

Internal, but for what docs/public-modules.md names.
"""
