"""Passwords: kept as argon2id hashes, made and compared in threads, a few at a time."""

import asyncio
import os
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from clew.wire.errors import ApiError

T = TypeVar("T")

MEMORY_KIB: Final = 19 * 1024
PASSES: Final = 2
LANES: Final = 1
"""What one hash costs: the least that OWASP asks of argon2id (Password Storage Cheat Sheet). Raised here, it is raised
for everybody as they log in."""
HASHES_AT_ONCE: Final = 2
"""So many threads hash, each with ``MEMORY_KIB`` of its own."""
NICENESS: Final = 15
"""How much more than the rest of the process those threads give way."""
HASHES_WAITING_MAX: Final = 32
"""Who comes while so many wait is told ``busy``. Those wait for half a second or so."""
BUSY_RETRY_S: Final = 2.0


class Passwords:
    """Compares and hashes, off the loop. Raises ``busy`` where too many ask at once.

    Whatever is asked costs one hash: a password compared with nothing as much as with what is kept.
    """

    def __init__(
        self, hasher: PasswordHasher | None = None, at_once: int = HASHES_AT_ONCE, waiting_max: int = HASHES_WAITING_MAX
    ) -> None:
        self._hasher = hasher or PasswordHasher(PASSES, MEMORY_KIB, LANES, type=Type.ID)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="passwords", initializer=_give_way)
        self._asked = 0
        self._asked_max = at_once + waiting_max
        self.hashes = 0
        """How many were made or compared: what an outsider could measure by a clock."""

    async def hash(self, password: str) -> str:
        """What is kept of it: the hash with its parameters and a salt of its own."""
        return await self._aside(lambda: self._hasher.hash(_bytes_of(password)))

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the one that was kept; never, and no sooner, where nothing was."""
        if kept is None:
            await self.hash(password)
            return False
        return await self._aside(lambda: self._compare(kept, password))

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed for less, or otherwise, than today."""
        return self._hasher.check_needs_rehash(kept)

    def _compare(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, _bytes_of(password))
        except (VerificationError, InvalidHashError):
            return False

    async def _aside(self, work: Callable[[], T]) -> T:
        if self._asked >= self._asked_max:
            raise ApiError("busy", retry_after_s=BUSY_RETRY_S)
        self._asked += 1
        self.hashes += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._asked -= 1


def _give_way() -> None:
    """Whoever plays goes first: a flood of log-ins then slows log-ins down, and nothing else.

    Linux gives each thread a niceness of its own. Elsewhere it would be the whole process that gives way, so it stays.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with suppress(PermissionError):  # some sandboxes forbid it; hashing must go on all the same
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICENESS)


def _bytes_of(password: str) -> bytes:
    """One spelling of each letter, however a keyboard writes it; nothing else of a password is changed."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
