"""HTTP and WebSocket: PROTOCOL.md on Litestar."""
