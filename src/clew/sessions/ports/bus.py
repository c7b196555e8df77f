"""What carries messages between nodes, and may lose each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol


class Subscription(Protocol):
    """A place on the bus."""

    async def close(self) -> None:
        """Hear no more. Twice is once."""
        ...


class Bus(Protocol):
    """Carries messages between nodes. Lossy: nothing rests on it but speed. Bodies are ``BUS_BODY_BYTES_MAX`` at most.

    Kept by every adapter (tests/clew/contracts/test_bus*.py):

    * a request reaches the one that serves its address, and the answer comes back; ``Nobody``, at once, where none
      does, or where the bus can't be reached; ``Late`` where no answer came in time, or as soon as none can come any
      more: ``answer`` raised, the node has too much to answer, the bus was lost meanwhile;
    * where two serve one address, one of them answers;
    * a feed's messages arrive in the order they were published, each at most once, at everyone who follows its channel
      and at nobody else;
    * a follower that is too slow loses messages, is counted, and is told ``broken``; so is each one after the bus was
      lost and found: it may have missed something, and catches up from the source.
    """

    @property
    def lack(self) -> str | None:
        """Why other nodes can't be reached just now, in a few words; None: they can."""
        ...

    async def serve(self, address: str, answer: Callable[[bytes], Awaitable[bytes]]) -> Subscription:
        """Answer what is asked at this address, requests side by side. What ``answer`` raises is logged: no answer.

        Closed, it gives the answers it has begun.
        """
        ...

    async def request(self, address: str, body: bytes, within_s: float) -> bytes:
        """Raises ``Nobody``, ``Late``."""
        ...

    async def follow(
        self, channel: str, deliver: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> Subscription:
        """Hear every feed of a channel: ``deliver(feed, body)`` is called in the loop and must be quick."""
        ...

    def publish(self, channel: str, feed: str, body: bytes) -> None:
        """Send to whoever follows the channel, or lose it. Never waits and never raises."""
        ...
