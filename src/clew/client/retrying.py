"""How long to wait before the next try, and calls that are tried again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from clew.client.bounds import ASK_AGAIN_S, RETRY_FIRST_S, RETRY_LAST_S
from clew.client.faults import Rejected

Answer = TypeVar("Answer")


def backoff_s(attempt: int, asked_s: float | None) -> float:
    """The wait before try ``attempt`` (0 for the first): between half of it and all of it, by chance, so that not all
    come back at once. What the server asked for counts instead.
    """
    if asked_s is not None:
        return asked_s
    full_s = min(RETRY_LAST_S, RETRY_FIRST_S * 2 ** min(attempt, 16))
    return full_s * random.uniform(0.5, 1.0)


async def patiently(call: Callable[[], Awaitable[Answer]], within_s: float) -> Answer:
    """Repeat a call that may be repeated until somebody answers it: a server that is down or starting is waited for.

    Raises ``TimeoutError``, and what the server rejects for good.
    """
    async with asyncio.timeout(within_s):
        while True:
            try:
                return await call()
            except httpx.TransportError:
                pass
            except Rejected as rejected:
                if not rejected.is_passing:
                    raise
            await pause(ASK_AGAIN_S)


async def pause(seconds: float) -> None:
    """Give way for a time: between two tries at something only, never in place of a condition."""
    await asyncio.sleep(seconds)
