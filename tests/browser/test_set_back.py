"""A database that goes back under an open page: the page says so once, forgets what never was, and play goes on."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.conftest import STATIC
from tests.browser.visitor import Visitor, visitor
from tests.kit.folders import Folders
from tests.kit.forms import first_of

NOTICED_WITHIN_MS: Final = 5_000
"""What is promised, from when the older database is served."""
BUSY_MS: Final = 2_000
"""What a busy machine may add."""
SAVED_ROUND: Final = 3
SET_BACK: Final = f"The game was set back to round {SAVED_ROUND} by the operator."
SET_BACK_TO_LOBBY: Final = "The game was set back to its lobby by the operator."
NOTHING_LOST: Final = "Back: nothing was lost"
CALM: Final = {"The Minotaur is in there": "off", "First ring falls in round": "50", "Number of the labyrinth": "7"}
"""Nobody falls while two people wait."""
LONG_ROUNDS: Final = "2 minutes"
"""Longer than anything is waited for here: what ends a round is Ready."""
NOT_OVER_ANY_MORE: Final = re.compile(r"status of (409|503)")
"""A page that shows an end may ask for its results before it has heard that the game goes on, or while the server that
was started on the backup is not ready yet."""
WIDE: Final = (1440, 900)
NARROW: Final = (390, 844)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    assert STATIC.is_file(), "the UI is not built: run `make setup` first"
    return Folders(tmp_path)


@asynccontextmanager
async def two_people(folders: Folders, browser: Browser) -> AsyncGenerator[tuple[Visitor, Visitor]]:
    """In the lobby of a game; Ada made it."""
    await folders.server.start()
    url = folders.server.url
    try:
        async with visitor(browser, url, *WIDE) as ada, visitor(browser, url, *NARROW) as bo:
            await ada.go_home()
            await ada.tell_name("Ada")
            await bo.take_seat(await ada.make_game(2, 0, CALM, LONG_ROUNDS), "Bo")
            for person in (ada, bo):
                await person.page.evaluate("window.sameDocument = true")
            yield ada, bo
            assert [await person.page.evaluate("window.sameDocument") for person in (ada, bo)] == [True, True]
            complaints = [*ada.complaints, *bo.complaints]
            assert [each for each in complaints if not NOT_OVER_ANY_MORE.search(each)] == []
    finally:
        await folders.server.kill()


def bar_of(person: Visitor) -> Locator:
    return person.page.locator("header").get_by_role("status")


async def start_game(people: Sequence[Visitor]) -> None:
    await people[0].page.get_by_role("button", name="Start the game").click()
    for person in people:
        assert await person.wait_round_after(0) == 1


async def end_rounds(people: Sequence[Visitor], first: int, last: int) -> None:
    """Everybody is done with each."""
    for number in range(first, last + 1):
        for person in people:
            await person.page.keyboard.press("Enter")
        for person in people:
            assert await person.wait_round_after(number) == number + 1


@pytest.mark.parametrize("last_round", first_of(SAVED_ROUND, SAVED_ROUND + 2), ids=["in one round", "two rounds"])
async def test_a_page_whose_game_was_set_back_says_so_once_forgets_its_orders_and_plays_on(
    folders: Folders, browser: Browser, last_round: int
) -> None:
    async with two_people(folders, browser) as (ada, bo):
        people = (ada, bo)
        await start_game(people)
        await end_rounds(people, 1, SAVED_ROUND - 1)
        saved = await ada.log_lines()
        await folders.take_backup()
        await end_rounds(people, SAVED_ROUND, last_round - 1)
        for person in people:
            await person.page.keyboard.press("x")
            await person.wait_confirmed()
            await person.note_banners()
        await ada.page.keyboard.press("Enter")
        await expect(ada.ready_button).to_have_attribute("aria-pressed", "true")

        await folders.lose_and_restore("second")

        for person in people:
            await expect(bar_of(person)).to_have_text(SET_BACK, timeout=NOTICED_WITHIN_MS + BUSY_MS)
            await expect(person.page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"{SAVED_ROUND}$"))
            await expect(person.slots).to_have_count(0)
            await expect(person.ready_button).to_have_attribute("aria-pressed", "false")
            assert await person.plan() == []
        told = await ada.log_lines()
        assert told[: len(saved)] == saved
        assert [line[:24] for line in told[len(saved) :]] == ["The server was away for ", SET_BACK[:24]]

        await end_rounds(people, SAVED_ROUND, SAVED_ROUND)
        for person in people:
            await expect(bar_of(person)).to_have_text("")
            assert await banners(person, NOTHING_LOST) == 0
            assert await banners(person, SET_BACK) == 1
        await folders.server.kill()
        await folders.server.start()
        for person in people:
            await person.wait_banner(NOTHING_LOST)
            told = await person.log_lines()
            assert told.count(SET_BACK) == 1
            assert told.index("Round 3") < told.index(SET_BACK) < told.index("Round 4")
        await end_rounds(people, SAVED_ROUND + 1, SAVED_ROUND + 1)


async def test_a_game_that_is_set_back_to_its_lobby_waits_there_and_can_be_started_again(
    folders: Folders, browser: Browser
) -> None:
    async with two_people(folders, browser) as (ada, bo):
        people = (ada, bo)
        await folders.take_backup()
        await start_game(people)
        await end_rounds(people, 1, 1)

        await folders.lose_and_restore("second")

        for person in people:
            await expect(bar_of(person)).to_have_text(SET_BACK_TO_LOBBY, timeout=NOTICED_WITHIN_MS + BUSY_MS)
        await start_game(people)
        for person in people:
            told = await person.log_lines()
            assert told[1:] == [SET_BACK_TO_LOBBY, "The torches are lit. The game begins.", "Round 1"]
        await end_rounds(people, 1, 1)


async def test_a_game_that_was_over_and_is_set_back_shows_its_result_when_it_is_over_again(
    folders: Folders, browser: Browser
) -> None:
    async with two_people(folders, browser) as (ada, bo):
        await start_game((ada, bo))
        await folders.take_backup()
        await give_up(bo)
        await ada.page.get_by_role("button", name="Look at the board").click()

        await folders.lose_and_restore("second")
        await expect(ada.page.get_by_role("button", name="Show the result")).to_have_count(
            0, timeout=NOTICED_WITHIN_MS + BUSY_MS
        )
        await give_up(bo)

        await expect(ada.page.get_by_role("button", name="Look at the board")).to_be_visible()


async def give_up(person: Visitor) -> None:
    await person.page.get_by_role("button", name="Give up", exact=True).click()
    await person.page.get_by_role("dialog").get_by_role("button", name="Give up").click()


async def banners(person: Visitor, words: str) -> int:
    """How often the bar has said this since its banners are noted."""
    noted = await person.page.evaluate("document.body.dataset.banners ?? ''")
    assert isinstance(noted, str)
    return noted.count(words)
