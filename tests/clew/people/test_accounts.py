"""A token that is used lasts; one that is not runs out."""

import random
from typing import Final

from clew.people.accounts import DAY_MS, TOKEN_DAYS, Accounts
from clew.people.ids import IdSource
from clew.sessions.faults import Busy
from clew.sessions.ids import Millis
from clew.testing.hand_clock import HandClock
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.users import MemoryUsers

NAME: Final = "Ada"


class Counted(MemoryUsers):
    """Counts how often a way in was prolonged; can be too busy to."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(KeptInMemory(clock))
        self.prolonged = 0
        self.is_busy = False

    async def prolong(self, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        if self.is_busy:
            raise Busy("the disk is full")
        self.prolonged += 1
        await super().prolong(token_hash, expires_at, at_least_ms)


def office(clock: HandClock) -> tuple[Counted, Accounts]:
    users = Counted(clock)
    return users, Accounts(users, clock, IdSource(random.Random(1).randrange), b"k" * 32)


async def test_whoever_comes_back_within_the_year_stays_signed_in_for_ever() -> None:
    clock = HandClock()
    _, accounts = office(clock)
    user, token = await accounts.create_guest(NAME)

    for _ in range(10):
        clock.leap((TOKEN_DAYS - 1) * DAY_MS)
        found = await accounts.recognize(token)

        assert found is not None and found.user == user and found.renewed


async def test_whoever_stays_away_for_longer_is_a_stranger() -> None:
    clock = HandClock()
    _, accounts = office(clock)
    _, token = await accounts.create_guest(NAME)
    clock.leap(TOKEN_DAYS * DAY_MS)

    assert await accounts.recognize(token) is None


async def test_however_often_it_is_used_it_is_written_once_a_day() -> None:
    clock = HandClock()
    users, accounts = office(clock)
    _, token = await accounts.create_guest(NAME)

    for _ in range(72):
        clock.leap(DAY_MS // 24)
        await accounts.recognize(token)

    assert users.prolonged == 3


async def test_a_store_that_is_too_busy_to_renew_keeps_nobody_out() -> None:
    clock = HandClock()
    users, accounts = office(clock)
    user, token = await accounts.create_guest(NAME)
    clock.leap(3 * DAY_MS)
    users.is_busy = True

    found = await accounts.recognize(token)
    users.is_busy = False
    later = await accounts.recognize(token)

    assert found is not None and (found.user, found.renewed) == (user, False)
    assert later is not None and later.renewed
