"""Passwords are kept as OWASP asks, cost one hash whatever is asked, and are hashed a few at a time."""

import asyncio
import os
import sys
import threading
from threading import Event

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from clew.people.passwords import Passwords
from clew.wire.errors import ApiError

CHEAP = PasswordHasher(1, 8, 1)


async def test_what_is_kept_costs_at_least_what_owasp_asks_of_argon2id() -> None:
    kept = extract_parameters(await Passwords().hash("correct horse"))

    assert kept.type is Type.ID
    assert kept.memory_cost >= 19 * 1024 and kept.time_cost >= 2 and kept.parallelism >= 1
    assert kept.salt_len >= 16 and kept.hash_len >= 32


@pytest.mark.parametrize(
    "password",
    ["correct horse", "nul\0in it", "\0" * 8, "\ud800 alone", "𝕡𝕒𝕤𝕤🐂", " " * 8, "x" * 256, "'; DROP TABLE users; --"],
)
async def test_any_password_fits_itself_and_nothing_close_to_it(password: str) -> None:
    passwords = Passwords(CHEAP)
    kept = await passwords.hash(password)

    assert await passwords.matches(kept, password)
    for close in (password[:-1], password + "\0", password + "x", password.swapcase() + "!", ""):
        assert not await passwords.matches(kept, close)


async def test_one_password_typed_on_two_keyboards_is_one() -> None:
    passwords = Passwords(CHEAP)

    assert await passwords.matches(await passwords.hash("Zo\u00eb's bull"), "Zoe\u0308's bull")


async def test_two_hashes_of_one_password_have_nothing_in_common() -> None:
    passwords = Passwords(CHEAP)

    assert await passwords.hash("correct horse") != await passwords.hash("correct horse")


async def test_a_password_is_compared_with_nothing_for_the_price_of_one_hash() -> None:
    passwords = Passwords(CHEAP)
    kept = await passwords.hash("correct horse")
    before = passwords.hashes

    assert not await passwords.matches(None, "correct horse")
    with_nothing = passwords.hashes - before
    assert not await passwords.matches(kept, "wrong horse")

    assert (with_nothing, passwords.hashes - before - with_nothing) == (1, 1)


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=8,t=1,p=1$broken", "$2b$12$abc"])
async def test_what_is_no_hash_fits_nothing(kept: str) -> None:
    assert not await Passwords(CHEAP).matches(kept, "")


async def test_what_was_hashed_for_less_is_outdated() -> None:
    kept = await Passwords(CHEAP).hash("correct horse")

    assert not Passwords(CHEAP).is_outdated(kept)
    assert Passwords().is_outdated(kept)


class Placed(PasswordHasher):
    """Notes how much the thread that hashes gives way."""

    niceness = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.niceness = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        return super().hash(password, salt=salt)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a niceness of its own")
async def test_hashing_gives_way_to_the_loop() -> None:
    placed = Placed(1, 8, 1)
    before = os.getpriority(os.PRIO_PROCESS, 0)

    await Passwords(placed).hash("correct horse")

    assert placed.niceness >= min(19, before + 10)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


class Slow(PasswordHasher):
    """Hashes only once it is let."""

    def __init__(self) -> None:
        super().__init__(1, 8, 1)
        self.let = Event()
        self.two_begun = Event()
        self.begun = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.begun += 1
        if self.begun == 2:
            self.two_begun.set()
        self.let.wait(20)
        return super().hash(password, salt=salt)


async def test_so_many_are_hashed_at_once_so_many_wait_and_the_rest_are_told_busy() -> None:
    slow = Slow()
    passwords = Passwords(slow, at_once=2, waiting_max=3)
    async with asyncio.TaskGroup() as tasks:
        admitted = [tasks.create_task(passwords.hash("correct horse"), name=f"hash {number}") for number in range(5)]
        await asyncio.to_thread(slow.two_begun.wait)

        with pytest.raises(ApiError) as refused:
            await passwords.hash("one more")
        begun = slow.begun
        slow.let.set()

    assert (refused.value.code, begun, len({task.result() for task in admitted})) == ("busy", 2, 5)
    assert refused.value.retry_after_s is not None
    assert await passwords.hash("there is room again")
