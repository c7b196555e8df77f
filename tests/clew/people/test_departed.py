"""Who has gone for good is asked of the store, by as few questions as may be, and called the same everywhere."""

import asyncio
from collections.abc import Collection

import pytest

from clew.catalogue.catalogue import Catalogue
from clew.people.departed import SOMEBODY_WHO_LEFT, GoneForGood
from clew.sessions.faults import Busy
from clew.sessions.ids import Millis, UserId
from clew.sessions.records import SignIn, UserRecord
from clew.testing.hand_clock import loop_passes
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.users import MemoryUsers
from clew.wiring.clock import RealClock

ADA, BOB, CY = UserId("ada"), UserId("bob"), UserId("cy")
WORDS = {"en": "Somebody who left", "de": "Jemand von früher", "he": "מי שכבר לא כאן"}


class SlowUsers(MemoryUsers):
    """Answers when it is let; counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(KeptInMemory(RealClock()))
        self.let = asyncio.Event()
        self.asked = list[frozenset[UserId]]()
        self.is_away = False

    async def remembered(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        self.asked.append(frozenset(user_ids))
        await self.let.wait()
        if self.is_away:
            self.is_away = False
            raise Busy("away for a moment")
        return await super().remembered(user_ids)


async def users_with(*user_ids: UserId) -> SlowUsers:
    users = SlowUsers()
    for user_id in user_ids:
        await users.add_user(UserRecord(user_id, user_id, Millis(0)), SignIn(user_id.encode(), user_id, Millis(1)))
    return users


async def test_however_many_wait_the_store_is_asked_once_for_all_of_them() -> None:
    users = await users_with(ADA)
    departed = GoneForGood(users)

    async with asyncio.TaskGroup() as tasks:
        asking = [tasks.create_task(departed.among([each]), name=each) for each in (ADA, BOB, CY, ADA)]
        await loop_passes()
        users.let.set()

    assert [task.result() for task in asking] == [frozenset(), {BOB}, {CY}, frozenset()]
    assert users.asked == [{ADA}, {ADA, BOB, CY}]
    assert await departed.among([]) == frozenset()
    assert len(users.asked) == 2


async def test_who_asks_while_the_store_answers_is_told_what_is_so_after_they_asked() -> None:
    users = await users_with(ADA)
    departed = GoneForGood(users)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(departed.among([ADA]), name="first")
        await loop_passes()
        second = tasks.create_task(departed.among([ADA]), name="second")
        await loop_passes()
        users.let.set()

    assert second.result() == frozenset()
    assert users.asked == [{ADA}, {ADA}]


async def test_a_store_that_does_not_answer_is_asked_again_for_the_next() -> None:
    users = await users_with(ADA)
    users.is_away = True
    users.let.set()
    departed = GoneForGood(users)

    first, second = await asyncio.gather(departed.among([BOB]), departed.among([CY]), return_exceptions=True)

    assert isinstance(first, Busy)
    assert second == {CY}


@pytest.mark.parametrize("language", WORDS)
def test_the_catalogue_says_it_in_every_language_and_knows_who_is_meant(language: str) -> None:
    catalogue = Catalogue()

    assert set(WORDS) == set(catalogue.languages)
    assert catalogue.called(language, SOMEBODY_WHO_LEFT) == WORDS[language]
    assert catalogue.called(language, f"{SOMEBODY_WHO_LEFT} (2)") == f"{WORDS[language]} (2)"
    assert catalogue.called(language, f"{SOMEBODY_WHO_LEFT} us") == f"{SOMEBODY_WHO_LEFT} us"
    assert WORDS[language] in catalogue.say(language, "people-theirs", {"name": SOMEBODY_WHO_LEFT})
    assert WORDS[language] in catalogue.listed(language, ["Ada", SOMEBODY_WHO_LEFT])
