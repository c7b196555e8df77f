"""Adapters of the bus: within one process, and over NATS. They know no game.

Internal, but for what docs/public-modules.md names.
"""
