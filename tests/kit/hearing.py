"""A follower of the bus that remembers what it heard, and can be waited for."""

import asyncio
from collections.abc import Callable

from clew.sessions.ports.bus import Bus

HEARD_WITHIN_S = 20.0


class Heard:
    """What came, in order; ``None`` stands where it was told that something may be missing."""

    def __init__(self) -> None:
        self.everything: list[tuple[str, bytes] | None] = []
        self._more = asyncio.Event()

    def deliver(self, feed: str, body: bytes) -> None:
        self.everything.append((feed, body))
        self._more.set()

    def broken(self) -> None:
        self.everything.append(None)
        self._more.set()

    @property
    def messages(self) -> list[tuple[str, bytes]]:
        return [entry for entry in self.everything if entry is not None]

    @property
    def breaks(self) -> int:
        return self.everything.count(None)

    async def wait_message(self, feed: str, body: bytes) -> None:
        await self.wait_until(lambda: (feed, body) in self.everything[-1:])

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Raises ``TimeoutError``."""
        async with asyncio.timeout(HEARD_WITHIN_S):
            while not condition():
                self._more.clear()
                await self._more.wait()


async def follow(bus: Bus, channel: str) -> Heard:
    heard = Heard()
    await bus.follow(channel, heard.deliver, heard.broken)
    return heard
