"""What waits to be written to one socket: bounded, and closed rather than late."""

import asyncio
from collections.abc import Callable
from typing import Final

CLOSE_NOT_ALLOWED: Final = 1008
CLOSE_TOO_BIG: Final = 1009
CLOSE_RESTARTING: Final = 1012
CLOSE_TRY_AGAIN: Final = 1013
CLOSE_NOT_SIGNED_IN: Final = 4401
CLOSE_NO_SUCH_GAME: Final = 4404

OUTBOX_MESSAGES_MAX: Final = 256
OUTBOX_CHARS_MAX: Final = 4 * 1024 * 1024


class Outbox:
    """Messages on their way to one client, in order.

    The side that makes messages never waits: when the client is so slow that a bound is reached, what waits is
    dropped and the outbox closes with 1013; the client comes back and resumes by ``seq``, so nothing is lost. One
    reader only: who waits for messages, or who has asked to be called (``attend``) and takes them.
    """

    def __init__(self, messages_max: int = OUTBOX_MESSAGES_MAX, chars_max: int = OUTBOX_CHARS_MAX) -> None:
        self._messages_max = messages_max
        self._chars_max = chars_max
        self._waiting: list[str] = []
        self._chars = 0
        self._reader: asyncio.Future[None] | None = None
        self._ready: Callable[[], None] | None = None
        self._was_called = False
        self.close_code: int | None = None
        self.close_reason = ""

    def put_nowait(self, message: str) -> None:
        """Add a message. Nothing happens if the outbox is closed; reaching a bound closes it."""
        if self.close_code is not None:
            return
        if self._full(message):
            # All of it goes: nothing is held for who does not take it, and it resumes after the last number it has.
            self._waiting.clear()
            self.close_nowait(CLOSE_TRY_AGAIN, "too slow")
            return
        self._waiting.append(message)
        self._chars += len(message)
        if self._ready is None:
            self._wake()
        elif not self._was_called:
            self._call()

    def close_nowait(self, code: int, reason: str = "") -> None:
        """No more messages after those that wait; the first close says why."""
        if self.close_code is None:
            self.close_code = code
            self.close_reason = reason
            self._wake()

    def attend(self, ready: Callable[[], None]) -> None:
        """From now on this is called when there is something to take where there was nothing, and not again before all
        of it was taken. It must be quick, and not raise.
        """
        self._ready = ready
        if self._waiting:
            self._call()

    def take_nowait(self, chars_max: int) -> list[str]:
        """The first messages that wait, so many characters of them or one; none where nothing waits."""
        messages = self._waiting
        if self._chars <= chars_max:
            self._waiting, self._chars, self._was_called = [], 0, False
            return messages
        chars = count = 0
        while not count or (count < len(messages) and chars + len(messages[count]) <= chars_max):
            chars += len(messages[count])
            count += 1
        self._waiting = messages[count:]
        self._chars -= chars
        if not self._waiting:
            self._was_called = False
        return messages[:count]

    async def wait_closed(self) -> None:
        """Until it is closed; messages may wait yet."""
        while self.close_code is None:
            await self._woken()

    async def wait_messages(self) -> list[str]:
        """All messages that wait, at least one; an empty list means closed, see ``close_code``."""
        while not self._waiting and self.close_code is None:
            await self._woken()
        messages, self._waiting = self._waiting, []
        self._chars = 0
        return messages

    async def _woken(self) -> None:
        self._reader = asyncio.get_running_loop().create_future()
        try:
            await self._reader
        finally:
            self._reader = None

    def _full(self, message: str) -> bool:
        return len(self._waiting) >= self._messages_max or (
            bool(self._waiting) and self._chars + len(message) > self._chars_max
        )

    def _call(self) -> None:
        assert self._ready is not None, "somebody attends"
        self._was_called = True
        self._ready()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
