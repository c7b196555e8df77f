"""Adapters of the store ports: one SQLite file, and PostgreSQL for many nodes."""
