"""Two people in two browsers and two bots play a game from its making to its replay, through the pages only."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

QUICK: Final = {
    "Size of the board": "3",
    "Health of a hero": "6",
    "First ring falls in round": "5",
    "Number of the labyrinth": "7",
}
"""A small board, heroes that fall to two blows, a floor that does not wait, and always the same labyrinth."""
WAITS_FOR_THE_RING: Final = {
    "Size of the board": "3",
    "Health of a hero": "100",
    "The Minotaur is in there": "off",
    "First ring falls in round": "3",
    "Number of the labyrinth": "33",
}
"""Heroes begin one ring from the edge, and nothing but that ring can fell whoever stays there. By this number three
of seven who stumble about live longer."""
THEIR_RING_FALLS: Final = 4
KEY_OF: Final = {"north-west": "q", "north-east": "w", "east": "e", "west": "a", "south-west": "s", "south-east": "d"}


@pytest.mark.every_browser
async def test_two_people_and_two_bots_play_a_game_to_its_end_and_watch_it_again(
    server: Server, browser: Browser
) -> None:
    async with visitor(browser, server.url) as ada, visitor(browser, server.url, motion="no-preference") as bo:
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=4, bots=2, rules=QUICK)
        assert link.startswith(f"{server.url}/g/")
        await bo.take_seat(link, "Bo")
        await expect(ada.page.get_by_role("list", name="Seats").get_by_text("Bo", exact=True)).to_be_visible()
        await ada.page.get_by_role("button", name="Start the game").click()

        rounds = await asyncio.gather(_play(ada, _plan_with_the_mouse), _play(bo, _plan_with_the_keyboard))

        assert rounds[0] == rounds[1] >= 2
        for person in (ada, bo):
            await expect(person.page.locator(".fates").get_by_text("you", exact=True)).to_be_visible()
            await _watch_it_again(person)
            assert person.complaints == []
        await _send_a_moment(ada, browser, server)


async def test_who_falls_is_told_by_what_and_finds_the_doors(server: Server, browser: Browser, axe: str) -> None:
    async with visitor(browser, server.url) as ada:
        await ada.go_home()
        await ada.tell_name("Ada")
        await ada.make_game(seats=8, bots=7, rules=WAITS_FOR_THE_RING)
        await ada.page.get_by_role("button", name="Start the game").click()

        out = ada.page.get_by_role("heading", name="Your torch goes out")
        number = 0
        while not await out.is_visible():
            number = await ada.wait_round_after(number)
            assert not await ada.is_over(), "nobody lives longer: by another number they would"
            if await ada.ready_button.is_visible():
                await expect(ada.page.get_by_text("Your stone falls at the end of this round")).to_have_count(
                    1 if number == THEIR_RING_FALLS else 0
                )
                await ada.page.keyboard.press("Enter")

        await expect(out).to_be_focused()
        fallen = ada.page.get_by_role("region", name="Your torch goes out")
        await expect(fallen).to_contain_text(f"The ring falls at the end of round {THEIR_RING_FALLS}, and you with it.")
        await expect(fallen).to_contain_text("Place 4 of 8")
        assert await ada.broken_for_some(axe) == []
        await fallen.get_by_role("button", name="New game").click()
        await expect(ada.page.get_by_role("heading", level=1, name=re.compile("round 1$"))).to_be_attached()
        await ada.page.go_back()
        await expect(ada.page.get_by_text("You have fallen.")).to_be_visible()
        await expect(out).to_have_count(0)
        assert ada.complaints == []


async def _play(person: Visitor, plan: Callable[[Visitor], Awaitable[None]]) -> int:
    """Plan and be ready, round after round, and watch once fallen; gives the last round."""
    number = 0
    while not await person.is_over():
        number = await person.wait_round_after(number)
        if not await person.is_over() and await person.ready_button.is_visible():
            await plan(person)
            await person.wait_confirmed()
            await person.page.keyboard.press("Enter")
    return number


async def _plan_with_the_mouse(ada: Visitor) -> None:
    """A blow at whoever is here, else a step onto the first hex that the board offers."""
    here = ada.page.get_by_role("group", name="Attack").get_by_role("button", name=re.compile("in your hex$"))
    if await here.count():
        await here.first.click()
    else:
        await ada.click_a_neighbouring_hex()
    await expect(ada.slots).to_have_count(1)


async def _plan_with_the_keyboard(bo: Visitor) -> None:
    """A step the way of the first open key, and a wait that is taken back."""
    await bo.page.keyboard.press(KEY_OF[(await bo.open_ways())[0]])
    await expect(bo.slots).to_have_count(1)
    await bo.page.keyboard.press("x")
    await expect(bo.slots).to_have_count(2)
    await bo.page.keyboard.press("Backspace")
    await expect(bo.slots).to_have_count(1)


async def _watch_it_again(person: Visitor) -> None:
    """The replay opens at its beginning, and the slider leads to the end by hand and by key."""
    page = person.page
    await page.get_by_role("link", name="Watch it again").click()
    slider = page.get_by_role("slider", name="Moment of the game")
    await expect(slider).to_have_attribute("aria-valuetext", "Round 1, the plans")
    for member in ("Ada", "Bo"):
        await expect(page.get_by_role("list", name="Heroes and their plans").get_by_text(member)).to_be_visible()
    await slider.press("End")
    last = await slider.get_attribute("max")
    await expect(slider).to_have_js_property("value", last)
    await slider.fill("1")
    await expect(slider).to_have_attribute("aria-valuetext", "Round 1, step 1")
    await page.get_by_role("button", name="The next round").click()
    await expect(slider).to_have_attribute("aria-valuetext", "Round 2, the plans")
    await expect(page.get_by_role("group", name=re.compile("^The whole labyrinth, round 2"))).to_be_visible()


async def _send_a_moment(ada: Visitor, browser: Browser, server: Server) -> None:
    """Who never signed in opens it and sees that moment through those eyes; the way back leads through it."""
    page = ada.page
    await page.get_by_role("slider", name="Moment of the game").fill("1")
    await expect(page).to_have_url(re.compile(r"\?round=1&step=1$"))
    await page.get_by_label("Through whose eyes").select_option("As Bo saw it")
    own = page.get_by_role("group", name="The labyrinth as Bo saw it, round 1, step 1")
    await expect(own).to_be_visible()
    await expect(page).to_have_url(re.compile(r"\?round=1&step=1&as=p2$"))
    reads_back = browser.browser_type.name == "chromium"  # Firefox lets no page read what it has not pasted
    if reads_back:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy link to this moment").click()
    await expect(page.get_by_text("Copied: whoever opens it sees this moment.")).to_be_visible()
    link = page.url
    if reads_back:
        assert await page.evaluate("navigator.clipboard.readText()") == link

    await page.get_by_role("button", name="The next round").click()
    await expect(page).to_have_url(re.compile(r"\?round=2&step=0&as=p2$"))
    await page.go_back()
    await expect(own).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("group", name="The whole labyrinth, round 1, step 1")).to_be_visible()
    await page.go_forward()
    await expect(own).to_be_visible()

    async with visitor(browser, server.url) as stranger:
        await stranger.page.goto(link)
        seen = stranger.page.get_by_role("group", name="The labyrinth as Bo saw it, round 1, step 1")
        await expect(seen).to_be_visible()
        assert await seen.inner_html() == await own.inner_html()
        last = await page.get_by_role("slider", name="Moment of the game").get_attribute("max")
        await stranger.page.goto(link.replace("round=1&step=1&as=p2", "round=999&step=-3&as=p77"))
        slider = stranger.page.get_by_role("slider", name="Moment of the game")
        await expect(slider).to_have_js_property("value", last)
        await expect(stranger.page.get_by_role("group", name=re.compile("^The whole labyrinth"))).to_be_visible()
        assert stranger.complaints == []
