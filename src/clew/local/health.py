"""Asking a node whether people may be sent to it."""

import asyncio
from typing import Final

ANSWER_WITHIN_S: Final = 1.0
"""A node that says nothing for so long, frozen or overrun, is not ready."""
STATUS_LINE_BYTES_MAX: Final = 1_024


async def is_ready(port: int, host: str = "127.0.0.1") -> bool:
    """Whether ``GET /health/ready`` is answered there with 200."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_connection(host, port, limit=STATUS_LINE_BYTES_MAX)
            try:
                writer.write(b"GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
                await writer.wait_closed()
    except (OSError, ValueError):  # a timeout is an OSError, a line without end a ValueError
        return False
