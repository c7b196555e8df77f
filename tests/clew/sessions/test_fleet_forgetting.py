"""Users whom nobody comes back as are forgotten: by one node for all, page by page, and again after a while."""

from typing import Final

from clew.sessions.bounds import USERS_AGAIN_S, USERS_BATCH, USERS_EVERY_S
from clew.sessions.ids import UserId
from clew.sessions.policy import Forgettable, Policy
from clew.sessions.records import SignIn, UserRecord
from clew.testing.hand_clock import HandClock
from tests.kit.fleet import Fleet

DAY_MS: Final = 86_400_000
YEAR_MS: Final = 365 * DAY_MS
MONTH_MS: Final = 30 * DAY_MS


def policy(fleet: Fleet) -> Policy:
    return Policy(forgettable=Forgettable(fleet.store.users, MONTH_MS, YEAR_MS))


async def add_guests(fleet: Fleet, clock: HandClock, count: int, first: int = 0) -> None:
    now = clock.now()
    for number in range(first, first + count):
        user = UserRecord(UserId(f"u{number:05}"), "Guest", now)
        await fleet.store.users.add_user(user, SignIn(str(number).encode(), user.user_id, now + YEAR_MS))


async def test_guests_who_never_came_back_are_forgotten_page_by_page_and_later_ones_in_a_later_round(
    fleet: Fleet, clock: HandClock
) -> None:
    await add_guests(fleet, clock, USERS_BATCH + 7)
    (node,) = await fleet.begin_all("a", policy=policy(fleet))
    clock.leap(MONTH_MS)

    await fleet.pass_s(USERS_EVERY_S)
    after_one = node.counted("clew_forgotten_total", what="users")
    await fleet.pass_s(USERS_EVERY_S)
    after_two = node.counted("clew_forgotten_total", what="users")
    await add_guests(fleet, clock, 3, 10_000)
    clock.leap(MONTH_MS)
    await fleet.pass_s(USERS_AGAIN_S)

    assert (after_one, after_two) == (USERS_BATCH, USERS_BATCH + 7)
    assert node.counted("clew_forgotten_total", what="users") == USERS_BATCH + 10
    assert await fleet.store.users.user(UserId("u10000")) is None


async def test_of_several_nodes_the_first_by_name_does_it(fleet: Fleet, clock: HandClock) -> None:
    first, second = await fleet.begin_all("a", "b", policy=policy(fleet))
    await add_guests(fleet, clock, 5)
    clock.leap(MONTH_MS)

    await fleet.pass_s(2 * USERS_EVERY_S)

    assert first.counted("clew_forgotten_total", what="users") == 5
    assert second.counted("clew_forgotten_total", what="users") == 0


async def test_without_the_setting_nobody_is_forgotten(fleet: Fleet, clock: HandClock) -> None:
    await fleet.begin_all("a")
    await add_guests(fleet, clock, 1)
    clock.leap(10 * YEAR_MS)

    await fleet.pass_s(10 * USERS_EVERY_S)

    assert await fleet.store.users.user(UserId("u00000")) is not None
