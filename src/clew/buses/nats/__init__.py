"""The bus over NATS.

Internal, but for what docs/public-modules.md names.
"""
