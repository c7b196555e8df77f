"""HTTP and WebSocket: PROTOCOL.md on Litestar.

Internal, but for what docs/public-modules.md names.
"""
