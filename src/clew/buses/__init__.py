"""Adapters of the bus: within one process, and over NATS. They know no game."""
