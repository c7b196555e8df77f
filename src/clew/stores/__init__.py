"""Adapters of the store ports: one SQLite file, and PostgreSQL for many nodes.

Internal, but for what docs/public-modules.md names.
"""
