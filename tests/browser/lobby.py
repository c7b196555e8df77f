"""What the people around a game do with it on either page: what is said there is the same."""

import re
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from playwright.async_api import Locator, expect

from tests.browser.visitor import Visitor

Look: TypeAlias = Callable[[Visitor, str], Awaitable[None]]
"""Looks at what somebody sees now, which has a name."""
Ready: TypeAlias = Callable[[Visitor], Awaitable[None]]
"""Plans something, and is ready."""
IN: Final = re.compile("^You are in$")
GIVE_UP: Final = "code => fetch(`/api/v1/games/${code}/leave`, { method: 'POST' }).then(answer => answer.status)"


def code_of(person: Visitor) -> str:
    return person.page.url.rstrip("/").rpartition("/")[2]


async def give_up(*people: Visitor) -> None:
    for person in people:
        assert await person.page.evaluate(GIVE_UP, code_of(person)) == 204


def seats(person: Visitor) -> Locator:
    return person.page.get_by_role("list", name="Seats")


def news(person: Visitor) -> Locator:
    """The last that happened."""
    return person.page.get_by_role("log", name="What happened here").locator("p").last


def question(person: Visitor) -> Locator:
    return person.page.get_by_role("dialog")


async def expect_seats(person: Visitor, *names: str) -> None:
    """Who sits where, in the order of the seats; "" where that is of no interest."""
    for at, name in enumerate(names):
        await expect(seats(person).get_by_role("listitem").nth(at)).to_contain_text(name)


async def come(person: Visitor, link: str, name: str | None = None) -> None:
    """As somebody of this name; without one, as who they are already."""
    await person.page.goto(link)
    if name is not None:
        await person.tell_name(name)
    await person.page.get_by_role("button", name="Take a seat").click()
    await expect(person.page.get_by_role("heading", name=IN)).to_be_visible()


async def open_seat(host: Visitor, number: int) -> None:
    await host.page.get_by_role("button", name=re.compile(rf"seat {number}\b")).click()
    await expect(question(host)).to_be_visible()


async def change_seat(host: Visitor, number: int, act: str) -> None:
    """By what its question offers; then the focus is on the seat again."""
    await open_seat(host, number)
    await question(host).get_by_role("button", name=act).click()
    await expect(question(host)).to_be_hidden()
    await expect(host.page.get_by_role("button", name=re.compile(rf"seat {number}\b"))).to_be_focused()


async def answer(person: Visitor, words: str) -> None:
    await question(person).get_by_role("button", name=words, exact=True).click()


async def expect_focus_in_heading(person: Visitor, words: str) -> None:
    """What had the focus is gone, and the keyboard goes on at the top."""
    heading = person.page.get_by_role("heading", level=1, name=words)
    await expect(heading).to_be_visible()
    await expect(heading).to_be_focused()


async def gather(ada: Visitor, bo: Visitor, cy: Visitor, link: str, bot: str, look: Look) -> None:
    """From a table that Ada has just made for four to one that is Bo's, with a bot in it."""
    await look(ada, "alone")
    await come(bo, link, "Bo")
    await come(cy, link, "Bo")
    await expect_seats(ada, "Ada", "Bo", "Bo (2)")
    await change_seat(ada, 4, f"Put {bot} here")
    for person in (ada, bo, cy):
        await expect(news(person)).to_have_text(f"Seat 4: {bot}.")
    await look(bo, "guest")

    await open_seat(ada, 3)
    await look(ada, "a-seat")
    await answer(ada, "Send Bo (2) away")
    await answer(ada, "Keep Bo (2)")
    await answer(ada, "Send Bo (2) away")
    await look(ada, "sending-away")
    await answer(ada, "Send Bo (2) away")
    await expect_focus_in_heading(cy, "The host sent you away")
    await look(cy, "sent-away")
    await expect(news(bo)).to_have_text("Bo (2) was sent away by the host.")
    await cy.page.goto(link)
    await cy.page.get_by_role("button", name="Take a seat").click()
    await expect_focus_in_heading(cy, "The host sent you away")
    await cy.page.get_by_role("link", name="Home", exact=True).last.click()

    await bo.page.get_by_role("button", name="Leave", exact=True).click()
    await expect_focus_in_heading(bo, "You left")
    await look(bo, "left")
    await expect(news(ada)).to_have_text("Bo left.")
    await expect_seats(ada, "Ada", "Free", "Free", "")
    await bo.page.get_by_role("button", name="Look at it again").click()
    await bo.page.get_by_role("button", name="Take a seat").click()
    await expect_focus_in_heading(bo, "You are in")
    await expect(news(ada)).to_have_text("Bo takes seat 2.")


async def pass_on(ada: Visitor, bo: Visitor, look: Look) -> None:
    """Ada gives the game to Bo and gets it back, then leaves it to him."""
    await open_seat(ada, 2)
    await answer(ada, "Make Bo the host")
    await expect_focus_in_heading(ada, "You are in")
    await expect(news(bo)).to_have_text("You are the host now.")
    await open_seat(bo, 1)
    await answer(bo, "Make Ada the host")
    await expect(news(ada)).to_have_text("You are the host now.")

    await ada.page.get_by_role("button", name="Leave", exact=True).click()
    await look(ada, "leaving-it")
    await answer(ada, "Leave it to them")
    await expect_focus_in_heading(ada, "You left")
    await expect(news(bo)).to_have_text("Ada left.")
    await expect(bo.page.get_by_text("You are the host now.")).to_be_visible()
    await expect_seats(bo, "Free", "Bo", "Free", "")
    await look(bo, "host-now")


async def come_and_go(ada: Visitor, bo: Visitor, players: Locator, link: str, ready: Ready, look: Look) -> None:
    """Two who have begun a game: one is ready, the other vanishes and is back, and the round waits for them by name.
    ``players`` is the list of them as Ada sees it.
    """
    bos = players.get_by_role("listitem").filter(has=ada.page.get_by_text("Bo", exact=True))
    await expect(bos).to_contain_text("planning")
    await ready(ada)
    await expect(ada.page.get_by_text("Waiting for Bo")).to_be_visible()
    await expect(bo.page.get_by_text("The round waits for you")).to_be_visible()
    await bo.page.goto("about:blank")
    await expect(bos).to_contain_text("away")
    await expect(bos).not_to_contain_text("planning")
    await look(ada, "waiting-for-one-who-is-away")
    await bo.page.goto(link)
    await expect(bos).to_contain_text("planning")
    await expect(bos).not_to_contain_text("away")
