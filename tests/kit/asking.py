"""Answers and questions of a bus, for its exams."""

import asyncio
from typing import Final

from clew.sessions.faults import Late, Nobody
from clew.sessions.ports.bus import Bus

LONG_S: Final = 20.0
"""An answer is waited for so long, though it comes in milliseconds."""

AT_ONCE_S: Final = 5.0
"""What is promised at once is here by then, on the busiest machine."""

SHORT_S: Final = 0.1

ODD_NAMES: Final = ("node-1.3", "a b", "käse.*", ">", "*", "%2E", "x" * 200, "..", "\r\nPUB x 0")


async def echo(body: bytes) -> bytes:
    return b"echo " + body


async def crash(body: bytes) -> bytes:
    raise ZeroDivisionError(body)


async def never(body: bytes) -> bytes:
    await asyncio.Event().wait()
    return body


async def outcome(bus: Bus, address: str, within_s: float = LONG_S) -> type[Exception] | None:
    """The fault a request ends with."""
    try:
        await bus.request(address, b"", within_s)
    except (Nobody, Late) as fault:
        return type(fault)
    return None
